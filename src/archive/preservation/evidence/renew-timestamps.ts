import type { DigestAlgorithm } from '../../../base/index.ts';
import { ArchiveError, FormatError } from '../../../base/index.ts';
import {
  digestName,
  enrichTimestampToken,
  hashTree,
  leafNode,
  reducedHashTree,
  storedHashTree,
  timestampRenewalLeaf,
} from '../../../standards/evidence/index.ts';
import type { EvidenceBatch } from '../../data-management/index.ts';
import { storeObject } from '../../packaging/index.ts';
import type { ObtainedTimestamp } from '../../trust-services/index.ts';
import { batchPaths, jsonLine, nextBatchFiles, openBatch, timestampOf } from './batch-object.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { obtainTimestamp } from './obtain-timestamp.ts';
import { recordRenewal } from './record-renewal.ts';
import { type RenewableBatch, tokenToRenew } from './token-to-renew.ts';

/** What a renewal did. */
export interface RenewalReport {
  readonly renewed: readonly string[];
  /** Batches that were not renewed, and why: no time-stamp holds any more and their proof is broken, or no copy is whole. */
  readonly broken: readonly { readonly batch: string; readonly reason: string }[];
}

/** A batch with a token that is ready to be covered. */
interface ReadyBatch extends RenewableBatch {
  readonly batch: EvidenceBatch;
}

/**
 * Timestamp renewal (RFC 4998 5.2): one new time-stamp for all these batches, through one tree over their newest tokens,
 * into each of which the validation material of now goes first. What a batch holds is not read.
 * @param batches with one digest algorithm
 * @param except authorities that are not to be asked, and whose tokens are passed over where an older one holds
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE; the batches stay as they are
 */
export async function renewTimestamps(
  context: EvidenceContext,
  batches: readonly EvidenceBatch[],
  except: readonly string[] = [],
): Promise<RenewalReport> {
  const renewed: string[] = [];
  const broken: { batch: string; reason: string }[] = [];
  const ready: ReadyBatch[] = [];
  for (const batch of batches) {
    const prepared = await prepare(context, batch, except);
    if ('reason' in prepared) broken.push({ batch: batch.id, reason: prepared.reason });
    else ready.push(prepared);
  }
  const [first] = ready;
  if (!first) return { renewed, broken };
  const algorithm = first.batch.digest as DigestAlgorithm;
  const leaves = ready.map(({ token }) => timestampRenewalLeaf(algorithm, token));
  const nodes = leaves.map((leaf) => Buffer.from(leafNode(algorithm, leaf)));
  // batches that were renewed together have one token, and with the same revocation data one leaf
  const places = new Map([...new Set(nodes.map((node) => node.toString('hex')))].map((node, place) => [node, place]));
  const placeOf = (index: number) => places.get(nodes[index]?.toString('hex') ?? '') ?? 0;
  const tree = hashTree({
    algorithm,
    leaves: Buffer.concat([...places.keys()].map((node) => Buffer.from(node, 'hex'))),
  });
  const value = tree.levels.at(-1) ?? new Uint8Array();
  const obtained = await obtainTimestamp(context, { algorithm: digestName(algorithm), value }, except);
  for (const [index, one] of ready.entries()) {
    const lists = await reducedHashTree(storedHashTree(tree), placeOf(index), leaves[index] as (typeof leaves)[number]);
    try {
      await storeRenewal(context, one, obtained, lists);
      renewed.push(one.batch.id);
    } catch (error) {
      broken.push({ batch: one.batch.id, reason: unreadable(error) });
    }
  }
  return { renewed, broken };
}

/** One batch whose copies are damaged does not keep the others from being renewed; an audit repairs it, and it is tried again. */
function unreadable(error: unknown): string {
  if (error instanceof FormatError || (error instanceof ArchiveError && error.code === 'LOCATION_CORRUPT'))
    return error.message;
  throw error;
}

async function prepare(
  context: EvidenceContext,
  batch: EvidenceBatch,
  distrusted: readonly string[],
): Promise<ReadyBatch | { reason: string }> {
  try {
    const found = await tokenToRenew(context, await openBatch(context, batch.id, batch.version), { distrusted });
    return 'token' in found ? { batch, ...found } : found;
  } catch (error) {
    return { reason: unreadable(error) };
  }
}

async function storeRenewal(
  context: EvidenceContext,
  { batch, stored, token }: ReadyBatch,
  obtained: ObtainedTimestamp,
  lists: readonly (readonly Uint8Array[])[],
): Promise<void> {
  const { description } = stored;
  const chain = description.chains.length;
  const last = description.chains.at(-1);
  if (!last) throw new Error(`${batch.id} has no chain`);
  const number = last.timestamps.length + 1;
  const renewed = { ...last, timestamps: [...last.timestamps, timestampOf(obtained)] };
  const next = { ...description, chains: [...description.chains.slice(0, -1), renewed] };
  const hexLists = lists.map((list) => list.map((value) => Buffer.from(value).toString('hex')));
  const files = nextBatchFiles(stored, next, [
    { path: batchPaths.token(chain, number - 1), content: token },
    { path: batchPaths.token(chain, number), content: enrichTimestampToken(obtained.token, obtained.material) },
    { path: batchPaths.lists(chain, number), content: jsonLine(hexLists) },
  ]);
  const created = context.clock();
  await storeObject(context, { id: batch.id, type: 'evidence-batch', files, created, previous: stored.inventory });
  await recordRenewal(context, batch, next);
}
