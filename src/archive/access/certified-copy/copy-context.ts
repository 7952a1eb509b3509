import type { CatalogRecord } from '../../data-management/index.ts';
import type { RevalidationContext } from '../../preservation/index.ts';
import type { UserSignatures } from '../../trust-services/index.ts';
import type { Drawing } from './drawing.ts';
import type { IssuedCopies } from './issued-copies.ts';
import type { Issuer, SealingKey } from './issuer.ts';
import type { PreparedCopies } from './prepared-copies.ts';
import type { Registrar } from './registrar.ts';

/** What certified copies are made with. */
export interface CopyContext extends RevalidationContext {
  readonly issuer: Issuer;
  /** Asked for anew each time: certificates end. */
  readonly sealingKey: () => Promise<SealingKey>;
  readonly drawing: Drawing;
  readonly registrar: Registrar;
  /** Copies whose certificates wait for the authorised person's own signature. */
  readonly prepared: PreparedCopies;
  /** Copies that were just issued, for who asks again. */
  readonly issued: IssuedCopies;
  /** Whether the record's profile asks for that signature. */
  readonly asksPersonSignature: (record: CatalogRecord) => Promise<boolean>;
  /** Signing in the cloud, where a service is configured. */
  readonly userSignatures?: UserSignatures;
  /** Where people reach the archive: what QR codes lead to. Without one the code is printed alone. */
  readonly publicUrl?: string;
}
