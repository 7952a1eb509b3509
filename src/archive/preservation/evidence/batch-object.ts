import { type ByteReader, type DigestAlgorithm, FormatError, readWhole, utcSeconds } from '../../../base/index.ts';
import { digestLength } from '../../../standards/evidence/index.ts';
import { type Inventory, stateOf } from '../../../standards/ocfl/index.ts';
import type { Holdings, StoreObjectFile } from '../../packaging/index.ts';
import type { ObtainedTimestamp } from '../../trust-services/index.ts';

/**
 * How a batch lies in the store: `urn:trajno:evidence:…`, an object of its own that gets a version with each renewal.
 *
 * - `batch.json`: this description, but for what follows.
 * - `objects.jsonl`: what it covers, a line a version of an object: id, version, first leaf, number of leaves. The leaves of a
 *   version are its files, in the order of their paths (by UTF-16 code units).
 * - `chains/N/tree.bin`: the nodes of the hash tree of chain N, level after level from the leaves to the root.
 * - `chains/N/digests.bin`: the files' digests by the chain's algorithm, in the order of the leaves; the first chain has none
 *   where that is SHA-512, by which the store has them.
 * - `chains/N/M.tst`: the M-th time-stamp of chain N, with its validation material inside.
 * - `chains/N/M.json`: for M > 1 the reduced hash tree from that time-stamp to the one before.
 */
export interface BatchDescription {
  /** By which rule the trees are made. */
  readonly hashTree: string;
  readonly created: string;
  readonly leaves: number;
  readonly chains: readonly BatchChain[];
}

export interface BatchChain {
  readonly digest: DigestAlgorithm;
  readonly timestamps: readonly BatchTimestamp[];
}

export interface BatchTimestamp {
  readonly authority: string;
  readonly isTest: boolean;
  readonly producedAt: string;
  readonly expiresAt: string;
}

/** A time-stamp that was just obtained. */
export const timestampOf = (obtained: ObtainedTimestamp): BatchTimestamp => ({
  authority: obtained.authority,
  isTest: obtained.isTest,
  producedAt: utcSeconds(obtained.productionTime),
  expiresAt: utcSeconds(obtained.expiresAt),
});

export const batchPaths = {
  description: 'batch.json',
  objects: 'objects.jsonl',
  tree: (chain: number) => `chains/${chain}/tree.bin`,
  digests: (chain: number) => `chains/${chain}/digests.bin`,
  token: (chain: number, timestamp: number) => `chains/${chain}/${timestamp}.tst`,
  lists: (chain: number, timestamp: number) => `chains/${chain}/${timestamp}.json`,
} as const;

/** The random values of a batch lie apart: at a disposal the object is replaced by one that lacks some, and removed. */
export const blindingPath = 'blinding.bin';

/** The value of one leaf in a part that has one for each leaf, as long as a digest: nodes, digests, random values. */
export function valueOfLeaf(values: Uint8Array, digest: DigestAlgorithm, index: number): Uint8Array {
  const length = digestLength(digest);
  return values.subarray(index * length, (index + 1) * length);
}

/** A stored version of a batch. */
export interface StoredBatch {
  readonly id: string;
  readonly inventory: Inventory;
  readonly description: BatchDescription;
  /** A part that is read here and there; undefined where the batch has none of that path. */
  open(path: string): Promise<ByteReader | undefined>;
  read(path: string): Promise<Uint8Array>;
}

const largestPart = 1 << 30;

/**
 * Opens the version of a batch that the catalog knows.
 * @throws ArchiveError LOCATION_CORRUPT, FormatError when it is none
 */
export async function openBatch({ storage }: Holdings, id: string, version: number): Promise<StoredBatch> {
  const inventory = await storage.readInventory(id, version);
  if (!inventory) throw new FormatError('evidence batch', `${id} has no version ${version}`);
  const state = stateOf(inventory);
  const open = async (path: string) => {
    const file = state.get(path);
    return file && storage.openStored(id, file);
  };
  const read = async (path: string) => {
    const part = await open(path);
    if (!part) throw new FormatError('evidence batch', `${id} has no ${path}`);
    return readWhole(part, largestPart);
  };
  const description = JSON.parse(Buffer.from(await read(batchPaths.description)).toString('utf8'));
  return { id, inventory, description, open, read };
}

/** The files of the batch's next version: those given, and all that it holds already. */
export function nextBatchFiles(
  batch: StoredBatch,
  description: BatchDescription,
  changed: readonly { readonly path: string; readonly content: Uint8Array }[],
): StoreObjectFile[] {
  const written = [{ path: batchPaths.description, content: jsonLine(description) }, ...changed];
  const paths = new Set(['type.json', ...written.map(({ path }) => path)]);
  const kept = [...stateOf(batch.inventory).values()].filter(({ path }) => !paths.has(path));
  return [...written, ...kept.map(({ path, sha512 }) => ({ path, sha512 }))];
}

export const jsonLine = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);
