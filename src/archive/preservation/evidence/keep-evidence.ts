import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  batchPages,
  countBatches,
  type EvidenceBatch,
  eachBatch,
  listBatches,
  pendingState,
  queueOnce,
} from '../../data-management/index.ts';
import { closeBatch } from './close-batch.ts';
import { strongAlgorithm, weakAlgorithms } from './digest-policy.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { areRenewalsSet, setRenewals } from './foresee-lapse.ts';
import { forgetDisposed } from './forget-blinding.ts';
import { removeAbandoned } from './remove-abandoned.ts';
import { renewHashTree } from './renew-hash-tree.ts';
import { type RenewalReport, renewTimestamps } from './renew-timestamps.ts';
import { tellBroken } from './tell-broken.ts';
import { secondsForQuota } from './timestamp-use.ts';

/** The name of the job that runs `keepEvidence`. */
export const keepEvidenceJob = 'evidence';

/** What was done. */
export interface EvidenceReport {
  readonly closed: number;
  readonly renewed: number;
  readonly rebuilt: number;
  readonly broken: number;
}

const batchesAtOnce = 5000;

/** Whether what waits is to be put under evidence now. */
export async function isBatchDue(context: EvidenceContext): Promise<boolean> {
  const { objects, oldest } = await pendingState(context.catalog);
  if (objects === 0) return false;
  const { closeAfterSeconds, mostLeaves } = context.evidencePolicy;
  const waited = oldest ? (context.clock().getTime() - Date.parse(oldest)) / 1000 : Number.POSITIVE_INFINITY;
  return objects >= mostLeaves || waited >= Math.max(closeAfterSeconds, await secondsForQuota(context));
}

/** Whether there is anything to close or to renew. */
export async function isEvidenceDue(context: EvidenceContext): Promise<boolean> {
  if ((await isBatchDue(context)) || !(await areRenewalsSet(context))) return true;
  const queries = [
    { dueBy: utcSeconds(context.clock()) },
    ...weakAlgorithms(context.evidencePolicy, context.clock()).map((digest) => ({ digest })),
  ];
  for (const query of queries) if ((await listBatches(context.catalog, { ...query, limit: 1 })).length > 0) return true;
  return false;
}

/**
 * Queues the keeping of evidence where something is due and none is queued.
 * @returns the job's id
 */
export async function queueEvidence(context: EvidenceContext): Promise<string | undefined> {
  const { catalog, clock, institution } = context;
  if (!(await isEvidenceDue(context))) return undefined;
  return queueOnce(catalog, clock, { institution: institution.id, name: keepEvidenceJob, payload: {} });
}

/**
 * Keeps the archive's evidence: closes batches that are due, begins new chains where a digest algorithm lapses, and renews
 * time-stamps before their authorities' certificates end or their algorithms lapse. Repeating it is harmless.
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE when no authority answers
 */
export async function keepEvidence(
  context: EvidenceContext,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<EvidenceReport> {
  let [closed, renewed, rebuilt, broken] = [0, 0, 0, 0];
  await forgetDisposed(context);
  await removeAbandoned(context);
  while (await isBatchDue(context)) {
    if (!(await closeBatch(context))) break;
    closed += 1;
  }
  await setRenewals(context);
  for (const digest of weakAlgorithms(context.evidencePolicy, context.clock())) {
    const { batches: total } = await countBatches(context.catalog, { digest });
    for await (const batch of eachBatch(context.catalog, { digest })) {
      if (await rebuildTree(context, batch)) rebuilt += 1;
      else broken += 1;
      onProgress?.({ done: rebuilt + broken, total });
    }
  }
  for (const report of await renewDue(context)) {
    renewed += report.renewed.length;
    broken += report.broken.length;
    for (const { batch, reason } of report.broken) await tellBroken(context, batch, reason);
  }
  return { closed, renewed, rebuilt, broken };
}

async function rebuildTree(context: EvidenceContext, batch: EvidenceBatch): Promise<boolean> {
  try {
    await renewHashTree(context, batch, { digest: strongAlgorithm(context.evidencePolicy, context.clock()) });
    return true;
  } catch (error) {
    if (!(error instanceof ArchiveError) || !['STATE_CONFLICT', 'LOCATION_CORRUPT'].includes(error.code)) throw error;
    await tellBroken(context, batch.id, error.message);
    return false;
  }
}

/** Batches whose authority's certificate ends soon, by algorithm, so many at once that one time-stamp covers them. */
async function renewDue(context: EvidenceContext): Promise<RenewalReport[]> {
  const reports: RenewalReport[] = [];
  const dueBy = utcSeconds(context.clock());
  for (const digest of ['sha256', 'sha384', 'sha512'])
    for await (const due of batchPages(context.catalog, { dueBy, digest, limit: batchesAtOnce }))
      reports.push(await renewTimestamps(context, due));
  return reports;
}
