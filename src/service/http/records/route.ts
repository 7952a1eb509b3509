import type { Route } from '../route.ts';
import { addTo } from './additions.ts';
import { actOn } from './corrections.ts';
import { find, read } from './finding.ts';
import { readReport } from './ingest-reports.ts';
import { readReceipt } from './receipts.ts';
import { submit } from './submissions.ts';

/** `/records`: to hand over, find, read, correct and decide. */
export const recordRoutes: readonly Route[] = [submit, find, read, ...actOn, addTo, readReceipt, readReport];
