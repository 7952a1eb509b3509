import type { PageRoute } from '../page-route.ts';
import { bookPages } from './book.tsx';
import { categoryPages } from './categories.tsx';
import { compliancePages } from './compliance.tsx';
import { creatorPages } from './creators.tsx';
import { holdPages } from './holds.tsx';
import { hubPages } from './hub.tsx';
import { notePages } from './notes.tsx';
import { procedurePages } from './procedure-route.tsx';
import { registerPages } from './register.tsx';
import { retentionPages } from './retention.tsx';

/** Every page of records management (канцеларијско и архивско пословање). */
export const officePages: readonly PageRoute[] = [
  ...hubPages,
  ...bookPages,
  ...registerPages,
  ...categoryPages,
  ...retentionPages,
  ...holdPages,
  ...procedurePages('destruction'),
  ...procedurePages('hand-over'),
  ...creatorPages,
  ...notePages,
  ...compliancePages,
];
