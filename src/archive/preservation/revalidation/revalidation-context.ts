import type { TrustedListsInUse } from '../../trust-services/index.ts';
import type { EvidenceContext } from '../evidence/index.ts';

/** What re-validation works with. */
export interface RevalidationContext extends EvidenceContext {
  /** DER certificates that a certification path may end in. */
  readonly anchors: () => Promise<readonly Uint8Array[]>;
  readonly trustedLists?: TrustedListsInUse;
}
