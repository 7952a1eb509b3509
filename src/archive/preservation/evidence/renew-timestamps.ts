import type { DigestAlgorithm } from '../../../base/index.ts';
import { utcSeconds } from '../../../base/index.ts';
import {
  enrichTimestampToken,
  hashTree,
  leafNode,
  reducedHashTree,
  storedHashTree,
  timestampRenewalLeaf,
} from '../../../standards/evidence/index.ts';
import type { EvidenceBatch } from '../../data-management/index.ts';
import { storeObject } from '../../packaging/index.ts';
import { collectTimestampMaterial, type ObtainedTimestamp } from '../../trust-services/index.ts';
import {
  type BatchTimestamp,
  batchPaths,
  jsonLine,
  nextBatchFiles,
  openBatch,
  type StoredBatch,
} from './batch-object.ts';
import { digestNames } from './digest-policy.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { recordRenewal } from './record-renewal.ts';

/** What a renewal did. */
export interface RenewalReport {
  readonly renewed: readonly string[];
  /** Batches whose newest time-stamp did not hold any more when it was to be renewed, and why: their proof is broken. */
  readonly broken: readonly { readonly batch: string; readonly reason: string }[];
}

/** A batch whose newest token is ready to be covered. */
interface ReadyBatch {
  readonly batch: EvidenceBatch;
  readonly stored: StoredBatch;
  readonly token: Uint8Array;
}

/**
 * Timestamp renewal (RFC 4998 5.2): one new time-stamp for all these batches, through one tree over their newest tokens,
 * into each of which the validation material of now goes first. What a batch holds is not read.
 * @param batches with one digest algorithm
 * @param except authorities that are not to be asked
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE; the batches stay as they are
 */
export async function renewTimestamps(
  context: EvidenceContext,
  batches: readonly EvidenceBatch[],
  except: readonly string[] = [],
): Promise<RenewalReport> {
  const broken: { batch: string; reason: string }[] = [];
  const ready: ReadyBatch[] = [];
  for (const batch of batches) {
    const prepared = await prepare(context, batch);
    if ('reason' in prepared) broken.push({ batch: batch.id, reason: prepared.reason });
    else ready.push(prepared);
  }
  const [first] = ready;
  if (!first) return { renewed: [], broken };
  const algorithm = first.batch.digest as DigestAlgorithm;
  const leaves = ready.map(({ token }) => timestampRenewalLeaf(algorithm, token));
  const tree = hashTree({ algorithm, leaves: Buffer.concat(leaves.map((leaf) => leafNode(algorithm, leaf))) });
  const value = tree.levels.at(-1) ?? new Uint8Array();
  const obtained = await context.authorities.stamp({ algorithm: digestNames[algorithm], value }, except);
  for (const [index, one] of ready.entries()) {
    const lists = await reducedHashTree(storedHashTree(tree), index, leaves[index] as (typeof leaves)[number]);
    await storeRenewal(context, one, obtained, lists);
  }
  return { renewed: ready.map(({ batch }) => batch.id), broken };
}

/** The newest token with the material of now in it, or why it does not hold. */
async function prepare(context: EvidenceContext, batch: EvidenceBatch): Promise<ReadyBatch | { reason: string }> {
  const stored = await openBatch(context, batch.id, batch.version);
  const { token, reason } = await tokenToRenew(context, stored);
  return token ? { batch, stored, token } : { reason };
}

/** Nothing later can prove what these say of a token that is the newest: the renewal comes too late. */
const lost = /^(REVOKED|OUT_OF_BOUNDS|CRYPTO_CONSTRAINTS)/;

/**
 * The newest token of a batch as it is to be covered by what renews it. One that certainly fails by now is not covered.
 * What cannot be settled now, because an authority's list is not to be had, does not stop a renewal: later is worse.
 */
export async function tokenToRenew(
  context: EvidenceContext,
  stored: StoredBatch,
): Promise<{ readonly token?: Uint8Array; readonly reason: string }> {
  const { chains } = stored.description;
  const token = await stored.read(batchPaths.token(chains.length, chains.at(-1)?.timestamps.length ?? 1));
  const known = await context.knownTimestampMaterial?.();
  const { indication, subIndication, reason, material } = await collectTimestampMaterial(
    token,
    await context.timestampAnchors(),
    context.clock(),
    context.materialSource,
    known,
  );
  const isLost = indication === 'FAILED' || (indication !== 'PASSED' && lost.test(subIndication ?? ''));
  return isLost ? { reason } : { token: enrichTimestampToken(token, material), reason };
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

export const timestampOf = (obtained: ObtainedTimestamp): BatchTimestamp => ({
  authority: obtained.authority,
  isTest: obtained.isTest,
  producedAt: utcSeconds(obtained.productionTime),
  expiresAt: utcSeconds(obtained.expiresAt),
});
