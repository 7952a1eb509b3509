import type { TrustedList } from '../../../standards/trusted-lists/index.ts';
import { type ListRefusal, verifyTrustedList } from './verify-list.ts';

/** Far above what the Commission publishes between two announcements in the Official Journal. */
const mostPivots = 32;

/** A pivot that ends the chain, and why. */
export interface RefusedPivot {
  readonly source: string;
  readonly refusal: ListRefusal;
}

/** What the pivots of a list of lists come to. */
export interface FollowedPivots {
  /** DER of the certificates that may sign the list by now; undefined where the chain does not hold or begin. */
  readonly signers?: readonly Uint8Array[];
  /** The pivot that was verified last: the list may be that one itself. */
  readonly last?: TrustedList;
  /** Those that were verified. */
  readonly taken: readonly { readonly address: string; readonly bytes: Uint8Array }[];
  readonly refused: readonly RefusedPivot[];
}

/** Where a list of lists says that its pivots are, the oldest first: it names the newest first, and pages beside them. */
export function pivotsOf({ schemeInformation }: TrustedList): string[] {
  return schemeInformation.filter((uri) => /^https?:\/\/[^?#]+\.xml$/i.test(uri)).reverse();
}

/**
 * Follows the pivots of a list of lists (TS 119 612 5.3.7; the Commission's pivot mechanism): instances kept from each change
 * of the certificates that may sign it. The first is signed by one of those that are configured, each further one by one
 * that the pivot before it names in its pointer to the list of lists itself. Pivots older than what is configured may be of
 * signers that are known no more, or be gone: the chain begins with the first one that a configured certificate signed, and
 * from there on holds throughout or not at all.
 * @param list not yet verified: only where it says that its pivots are is read from it
 * @param signers DER of those that are configured
 * @param read what stands at an address; undefined where it is not to be had
 */
export async function followPivots(
  list: TrustedList,
  signers: readonly Uint8Array[],
  now: Date,
  read: (address: string) => Promise<Uint8Array | undefined>,
): Promise<FollowedPivots> {
  const addresses = pivotsOf(list);
  const refused: RefusedPivot[] = [];
  if (addresses.length > mostPivots)
    return { taken: [], refused: [{ source: addresses[0] ?? '', refusal: 'TOO_MANY_PIVOTS' }] };
  const taken: { readonly address: string; readonly bytes: Uint8Array }[] = [];
  let last: TrustedList | undefined;
  for (const address of addresses) {
    const bytes = await read(address);
    const pivot = bytes ? await verifyTrustedList(bytes, last ? selfSigners(last) : signers, now) : 'UNREACHABLE';
    const refusal = typeof pivot === 'string' ? pivot : misplaced(pivot, list, last);
    if (refusal) {
      refused.push({ source: address, refusal });
      if (last) return { taken, refused };
    } else if (bytes && typeof pivot !== 'string') {
      last = pivot;
      taken.push({ address, bytes });
    }
  }
  return last ? { signers: selfSigners(last), last, taken, refused: [] } : { taken, refused };
}

/** A pivot is an earlier instance of the same list, and later than the one before it: so none comes twice. */
function misplaced(pivot: TrustedList, list: TrustedList, before: TrustedList | undefined): ListRefusal | undefined {
  if (pivot.territory !== list.territory || pivot.type !== list.type) return 'WRONG_TERRITORY';
  const isInOrder =
    (before?.sequenceNumber ?? -1) < pivot.sequenceNumber && pivot.sequenceNumber <= list.sequenceNumber;
  return isInOrder ? undefined : 'OLDER_THAN_BEFORE';
}

/** Who may sign the list of lists, by its own pointer to itself (TS 119 612 5.3.13). */
function selfSigners({ pointers, territory }: TrustedList): Uint8Array[] {
  return pointers.filter((pointer) => pointer.territory === territory).flatMap(({ signers }) => signers);
}
