import { createHash } from 'node:crypto';
import type { Digest, DigestAlgorithm } from '../../src/base/index.ts';
import {
  type ArchiveTimestampParts,
  type ChainParts,
  evidenceRecord,
  type HashTree,
  hashTree,
  hashTreeRenewalLeaf,
  type Leaf,
  leafNode,
  reducedHashTree,
  storedHashTree,
  timestampRenewalLeaf,
} from '../../src/standards/evidence/index.ts';

/** Asks for a token over a root. */
export type BatchTimestamp = (root: Digest) => Promise<Uint8Array>;

/** One archive time-stamp of a batch. */
export interface BatchStep {
  readonly renews: 'nothing' | 'time-stamp' | 'hash-tree';
  readonly stamp: BatchTimestamp;
  /** Of a new chain. */
  readonly algorithm?: DigestAlgorithm;
  /** What happens to the token before it is renewed. */
  readonly enrich?: (token: Uint8Array) => Promise<Uint8Array>;
}

const digest = (algorithm: DigestAlgorithm, octets: Uint8Array | string) =>
  createHash(algorithm).update(octets).digest();

/**
 * The records of a batch as the archive makes them, by the product's own functions: a leaf for each group of objects, one
 * archive time-stamp for all, and renewals, those of time-stamps in one tree with four other batches. Everything but the
 * tokens follows from what is given.
 */
export async function evidenceBatch(
  groups: readonly (readonly Uint8Array[])[],
  steps: readonly BatchStep[],
): Promise<ChainParts[][]> {
  let records: ChainParts[][] = groups.map(() => []);
  for (const step of steps) {
    const before = step.enrich ? await enrichNewest(records, step.enrich) : records;
    records =
      step.renews === 'time-stamp' ? await renewTimestamp(before, step) : await startChain(groups, before, step);
  }
  return records;
}

/** The records with something put into their newest token. */
export async function enrichNewest(
  records: readonly (readonly ChainParts[])[],
  enrich: NonNullable<BatchStep['enrich']>,
): Promise<ChainParts[][]> {
  const newest = records[0]?.at(-1)?.at(-1) as ArchiveTimestampParts;
  const token = await enrich(newest.token);
  return records.map((chains) => withNewest(chains, (chain, last) => [...chain, { ...last, token }]));
}

/** The chains of one record with another end of the last. */
function withNewest(
  chains: readonly ChainParts[],
  end: (before: ChainParts, last: ArchiveTimestampParts) => ChainParts,
): ChainParts[] {
  const chain = chains.at(-1) ?? [];
  return [...chains.slice(0, -1), end(chain.slice(0, -1), chain.at(-1) as ArchiveTimestampParts)];
}

/** The first chain, or a hash-tree renewal. */
async function startChain(
  groups: readonly (readonly Uint8Array[])[],
  records: readonly (readonly ChainParts[])[],
  { stamp, algorithm = 'sha512', renews }: BatchStep,
): Promise<ChainParts[][]> {
  const leaves = groups.map((group, index): Leaf => {
    const digests = group.map((octets) => digest(algorithm, octets));
    if (renews === 'hash-tree') return hashTreeRenewalLeaf(algorithm, digests, records[index] ?? []);
    return { digests, blinding: digest(algorithm, `skriveno ${index}`) };
  });
  const tree = treeOver(algorithm, leaves);
  const token = await stamp(tree.root);
  const next: ChainParts[][] = [];
  for (const [index, leaf] of leaves.entries()) {
    const parts = { algorithm, reducedHashTree: await reduced(tree, index, leaf), token };
    next.push([...(records[index] ?? []), [parts]]);
  }
  return next;
}

async function renewTimestamp(
  records: readonly (readonly ChainParts[])[],
  { stamp }: BatchStep,
): Promise<ChainParts[][]> {
  const newest = records[0]?.at(-1)?.at(-1) as ArchiveTimestampParts;
  const { algorithm, token } = newest;
  const own = timestampRenewalLeaf(algorithm, token);
  const others = [0, 1, 3, 4].map((index): Leaf => ({ digests: [digest(algorithm, `drugi žig ${index}`)] }));
  const tree = treeOver(algorithm, [...others.slice(0, 2), own, ...others.slice(2)]);
  const parts = { algorithm, reducedHashTree: await reduced(tree, 2, own), token: await stamp(tree.root) };
  return records.map((chains) => withNewest(chains, (chain, last) => [...chain, last, parts]));
}

function treeOver(algorithm: DigestAlgorithm, leaves: readonly Leaf[]): HashTree {
  return hashTree({ algorithm, leaves: Buffer.concat(leaves.map((leaf) => leafNode(algorithm, leaf))) });
}

const reduced = (tree: HashTree, index: number, leaf: Leaf) => reducedHashTree(storedHashTree(tree), index, leaf);

/** The record of one group of a batch. */
export function recordOf(batch: readonly (readonly ChainParts[])[], index = 0): Uint8Array {
  return evidenceRecord({ chains: batch[index] ?? [] });
}
