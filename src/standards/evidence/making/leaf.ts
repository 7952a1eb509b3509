import type { DigestAlgorithm } from '../../../base/index.ts';
import { rootOfHashTree } from '../hash-tree.ts';
import { digestLength, digestName } from './digest-algorithm.ts';

/** What stands at one leaf of a hash tree: a data object or, with several digests, a data-object group (RFC 4998 4.2). */
export interface Leaf {
  readonly digests: readonly Uint8Array[];
  /**
   * A random value of its own, as long as a digest: with it the node tells nothing of the object, even to who guesses
   * what it says. It is the second list of the reduced hash tree, so that the first holds the objects alone and a reader
   * that counts them (RFC 4998 4.3, data groups) finds none too many.
   */
  readonly blinding?: Uint8Array;
}

/** The lists of a reduced hash tree (RFC 4998 4.1): each in binary ascending order. */
export type ReducedHashTree = readonly (readonly Uint8Array[])[];

/**
 * The lists with which the reduced hash tree of a leaf begins.
 * @throws RangeError for a leaf of nothing, and a value of another length than the algorithm's
 */
export function leafLists(algorithm: DigestAlgorithm, { digests, blinding }: Leaf): ReducedHashTree {
  if (digests.length === 0) throw new RangeError('a leaf is of one object at least');
  const values = blinding ? [...digests, blinding] : digests;
  if (values.some(({ length }) => length !== digestLength(algorithm)))
    throw new RangeError(`a value of a leaf is no ${algorithm} digest`);
  const group = [...digests].sort(Buffer.compare);
  // readers differ on whether a value that occurs twice is hashed twice
  const distinct = group.filter(
    (value, index) => index === 0 || Buffer.compare(value, group[index - 1] ?? value) !== 0,
  );
  return blinding ? [distinct, [blinding]] : [distinct];
}

/**
 * The node of a leaf: the digest of one object itself, or the hash of what is joined in it (RFC 4998 4.2 steps 2 and 3).
 * @throws RangeError as {@link leafLists}
 */
export function leafNode(algorithm: DigestAlgorithm, leaf: Leaf): Uint8Array {
  return rootOf(algorithm, leafLists(algorithm, leaf));
}

/** What the lists lead to (RFC 4998 4.3 step 3). */
export function rootOf(algorithm: DigestAlgorithm, lists: ReducedHashTree): Uint8Array {
  const root = rootOfHashTree(lists, digestName(algorithm));
  if (!root) throw new RangeError('a hash tree without values has no root');
  return root;
}
