import { hash } from 'node:crypto';
import type { ByteReader, Digest, DigestAlgorithm } from '../../../base/index.ts';
import { digestLength } from './digest-algorithm.ts';
import { type Leaf, leafLists, type ReducedHashTree, rootOf } from './leaf.ts';

/**
 * How hash trees are made (RFC 4998 4.2 leaves their form open). Version 1: binary, the leaves in the order given; a node is
 * the hash of its two children in binary ascending order; the last node of a level of odd length is carried up as it is.
 * What was made by a version has to come out the same for as long as records are kept: golden files hold it.
 */
export const hashTreeAlgorithm = 'trajno-hash-tree-1';

/** A whole tree in memory. */
export interface HashTree {
  readonly algorithm: DigestAlgorithm;
  readonly leafCount: number;
  /** From the leaf nodes to the root, the nodes of a level one after another. Stored, they follow each other. */
  readonly levels: readonly Uint8Array[];
  /** What is time-stamped. */
  readonly root: Digest;
}

/** A tree as it lies in a file: its levels one after another. */
export interface StoredHashTree {
  readonly algorithm: DigestAlgorithm;
  readonly leafCount: number;
  readonly nodes: ByteReader;
}

/**
 * Makes the tree over leaf nodes: one buffer a level, nothing held per leaf.
 * @param leaves the nodes that `leafNode` gives, one after another; the tree keeps this very buffer as its lowest level
 * @throws RangeError when there is no leaf, the length is no whole number of nodes, or two nodes beside each other are the
 *   same: readers differ on whether such a pair is hashed as one value
 */
export function hashTree({ algorithm, leaves }: { algorithm: DigestAlgorithm; leaves: Uint8Array }): HashTree {
  const length = digestLength(algorithm);
  const leafCount = leaves.length / length;
  if (leafCount === 0 || !Number.isInteger(leafCount)) throw new RangeError('no whole number of leaf nodes');
  const levels = [leaves];
  for (let level = leaves; level.length > length; levels.push(level)) level = levelAbove(level, algorithm, length);
  const root = levels.at(-1) ?? leaves;
  return { algorithm, leafCount, levels, root: { algorithm, value: Buffer.from(root).toString('hex') } };
}

function levelAbove(level: Uint8Array, algorithm: DigestAlgorithm, length: number): Uint8Array {
  const count = level.length / length;
  const above = Buffer.allocUnsafe(Math.ceil(count / 2) * length);
  const below = Buffer.from(level.buffer, level.byteOffset, level.byteLength);
  const pair = Buffer.allocUnsafe(2 * length);
  for (let at = 0; at + 2 * length <= below.length; at += 2 * length) {
    const order = below.compare(below, at, at + length, at + length, at + 2 * length);
    if (order === 0) throw new RangeError('two nodes beside each other are the same');
    below.copy(pair, order > 0 ? 0 : length, at, at + length);
    below.copy(pair, order > 0 ? length : 0, at + length, at + 2 * length);
    above.set(hash(algorithm, pair, 'buffer'), at / 2);
  }
  if (count % 2 === 1) below.copy(above, above.length - length, below.length - length);
  return above;
}

/** The tree in memory, read as a stored one is. */
export function storedHashTree({ algorithm, leafCount, levels }: HashTree): StoredHashTree {
  const starts = levelStarts(leafCount, digestLength(algorithm));
  const size = levels.reduce((sum, level) => sum + level.length, 0);
  const read = async (offset: number, length: number) => {
    const within = levels.map((level, index) => {
      const from = offset - (starts[index] ?? 0);
      return level.subarray(Math.max(0, from), Math.max(0, from + length));
    });
    return Buffer.concat(within);
  };
  return { algorithm, leafCount, nodes: { size, read } };
}

/** Where each level starts among the nodes. */
function levelStarts(leafCount: number, length: number): number[] {
  const starts = [0];
  let start = 0;
  for (let count = leafCount; count > 1; count = Math.ceil(count / 2)) {
    start += count * length;
    starts.push(start);
  }
  return starts;
}

/**
 * The reduced hash tree of one leaf (RFC 4998 4.2): its own lists, then the neighbour at each level. Reads a node a level
 * of the stored tree, and gives nothing that does not lead to the root.
 * @throws RangeError when the leaf is not the one at this index; Error when the stored nodes do not lead to their root
 */
export async function reducedHashTree(
  { algorithm, leafCount, nodes }: StoredHashTree,
  index: number,
  leaf: Leaf,
): Promise<ReducedHashTree> {
  if (!Number.isInteger(index) || index < 0 || index >= leafCount) throw new RangeError(`there is no leaf ${index}`);
  const length = digestLength(algorithm);
  const starts = levelStarts(leafCount, length);
  const places = [index * length, ...neighboursOf(index, leafCount, starts, length), starts.at(-1) ?? 0];
  const [own, ...others] = await Promise.all(places.map((place) => nodes.read(place, length)));
  const root = others.pop();
  const lists = leafLists(algorithm, leaf);
  if (!own || Buffer.compare(rootOf(algorithm, lists), own) !== 0)
    throw new RangeError(`leaf ${index} of the hash tree is another one`);
  const reduced = [...lists, ...others.map((neighbour) => [neighbour])];
  if (!root || Buffer.compare(rootOf(algorithm, reduced), root) !== 0)
    throw new Error('the stored hash tree does not lead to its root: it is damaged');
  return reduced;
}

/** Where the neighbours on the way to the root lie; a node that is carried up has none. */
function neighboursOf(index: number, leafCount: number, starts: readonly number[], length: number): number[] {
  const places: number[] = [];
  for (let level = 0, at = index, count = leafCount; count > 1; level++, at >>= 1, count = Math.ceil(count / 2)) {
    const neighbour = at ^ 1;
    if (neighbour < count) places.push((starts[level] ?? 0) + neighbour * length);
  }
  return places;
}
