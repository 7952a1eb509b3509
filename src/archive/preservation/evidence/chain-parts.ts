import type { ByteReader, DigestAlgorithm } from '../../../base/index.ts';
import {
  type ChainParts,
  digestLength,
  hashTreeRenewalLeaf,
  type Leaf,
  type ReducedHashTree,
  reducedHashTree,
} from '../../../standards/evidence/index.ts';
import { batchPaths, type StoredBatch } from './batch-object.ts';

/** Opens the parts of a batch that the evidence of one leaf needs; the same for all its leaves. */
export interface BatchChains {
  /**
   * The chains of one leaf.
   * @param file its digest as the store has it, and the random value of its leaf
   */
  of(index: number, file: { readonly sha512: string; readonly blinding: Uint8Array }): Promise<ChainParts[]>;
  /** The algorithm of the first chain: random values are as long as its digests. */
  readonly first: DigestAlgorithm;
}

/** A chain's parts that do not depend on the leaf. */
interface SharedParts {
  readonly tree: ByteReader;
  readonly digests?: ByteReader;
  readonly tokens: readonly Uint8Array[];
  /** From the second time-stamp on: the way from its root to the time-stamp before. */
  readonly lists: readonly ReducedHashTree[];
}

/**
 * The chains of a batch, read once.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function batchChains(batch: StoredBatch): Promise<BatchChains> {
  const { chains, leaves } = batch.description;
  const shared = await Promise.all(
    chains.map(async ({ timestamps }, index): Promise<SharedParts> => {
      const number = index + 1;
      const tree = await batch.open(batchPaths.tree(number));
      const digests = await batch.open(batchPaths.digests(number));
      if (!tree) throw new Error(`${batch.id} lacks the tree of chain ${number}`);
      const numbers = timestamps.map((_, at) => at + 1);
      const tokens = await Promise.all(numbers.map((at) => batch.read(batchPaths.token(number, at))));
      const lists = await Promise.all(numbers.slice(1).map(async (at) => listsIn(batch, number, at)));
      return { tree, ...(digests ? { digests } : {}), tokens, lists };
    }),
  );
  const of: BatchChains['of'] = async (index, file) => {
    const parts: ChainParts[] = [];
    for (const [at, { digest }] of chains.entries()) {
      const { tree, digests, tokens, lists } = shared[at] as SharedParts;
      const length = digestLength(digest);
      const value = digests ? await digests.read(index * length, length) : Buffer.from(file.sha512, 'hex');
      const leaf: Leaf =
        at === 0 ? { digests: [value], blinding: file.blinding } : hashTreeRenewalLeaf(digest, [value], parts);
      const first = await reducedHashTree({ algorithm: digest, leafCount: leaves, nodes: tree }, index, leaf);
      parts.push(
        tokens.map((token, number) => ({
          algorithm: digest,
          reducedHashTree: number === 0 ? first : (lists[number - 1] ?? []),
          token,
        })),
      );
    }
    return parts;
  };
  return { of, first: chains[0]?.digest ?? 'sha512' };
}

async function listsIn(batch: StoredBatch, chain: number, timestamp: number): Promise<ReducedHashTree> {
  const text = Buffer.from(await batch.read(batchPaths.lists(chain, timestamp))).toString('utf8');
  const lists: string[][] = JSON.parse(text);
  return lists.map((list) => list.map((value) => Buffer.from(value, 'hex')));
}
