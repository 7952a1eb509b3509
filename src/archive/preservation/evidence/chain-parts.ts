import type { ByteReader } from '../../../base/index.ts';
import {
  type ChainParts,
  hashTreeRenewalLeaf,
  type Leaf,
  type ReducedHashTree,
  reducedHashTree,
} from '../../../standards/evidence/index.ts';
import { stateOf } from '../../../standards/ocfl/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { batchPaths, type StoredBatch } from './batch-object.ts';

/** Opens the parts of a batch that the evidence of one leaf needs; the same for all its leaves. */
export interface BatchChains {
  /**
   * The chains of one leaf, as many of them as `until` says.
   * @param leaf of the first chain: the file's digest with its random value
   */
  of(index: number, leaf: Leaf, until?: number): Promise<ChainParts[]>;
}

/** A chain's parts that do not depend on the leaf. */
interface SharedParts {
  readonly tree: ByteReader;
  readonly digests?: ByteReader;
  readonly tokens: readonly Uint8Array[];
  /** From the second time-stamp on: the way from its root to the time-stamp before. */
  readonly lists: readonly ReducedHashTree[];
}

const digestLengths = { sha256: 32, sha384: 48, sha512: 64 } as const;

/**
 * The chains of a batch, read once.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function batchChains({ storage }: Holdings, batch: StoredBatch): Promise<BatchChains> {
  const { chains, leaves } = batch.description;
  const state = stateOf(batch.inventory);
  const opened = async (path: string): Promise<ByteReader | undefined> => {
    const file = state.get(path);
    return file && storage.openStored(batch.id, file);
  };
  const shared = await Promise.all(
    chains.map(async ({ timestamps }, index): Promise<SharedParts> => {
      const number = index + 1;
      const tree = await opened(batchPaths.tree(number));
      const digests = await opened(batchPaths.digests(number));
      if (!tree) throw new Error(`${batch.id} lacks the tree of chain ${number}`);
      const numbers = timestamps.map((_, at) => at + 1);
      const tokens = await Promise.all(numbers.map((at) => batch.read(batchPaths.token(number, at))));
      const lists = await Promise.all(numbers.slice(1).map(async (at) => listsIn(batch, number, at)));
      return { tree, ...(digests ? { digests } : {}), tokens, lists };
    }),
  );
  const of: BatchChains['of'] = async (index, leaf, until = chains.length) => {
    const parts: ChainParts[] = [];
    for (const [at, { digest }] of chains.slice(0, until).entries()) {
      const { tree, digests, tokens, lists } = shared[at] as SharedParts;
      const own = digests
        ? hashTreeRenewalLeaf(digest, [await digests.read(index * digestLengths[digest], digestLengths[digest])], parts)
        : leaf;
      const first = await reducedHashTree({ algorithm: digest, leafCount: leaves, nodes: tree }, index, own);
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
  return { of };
}

async function listsIn(batch: StoredBatch, chain: number, timestamp: number): Promise<ReducedHashTree> {
  const text = Buffer.from(await batch.read(batchPaths.lists(chain, timestamp))).toString('utf8');
  const lists: string[][] = JSON.parse(text);
  return lists.map((list) => list.map((value) => Buffer.from(value, 'hex')));
}
