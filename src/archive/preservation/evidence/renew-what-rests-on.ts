import { ArchiveError, type DigestAlgorithm } from '../../../base/index.ts';
import { batchPages, type EvidenceBatch, eachBatch, findBatch } from '../../data-management/index.ts';
import { strongAlgorithm } from './digest-policy.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { renewHashTree } from './renew-hash-tree.ts';
import { type RenewalReport, renewTimestamps } from './renew-timestamps.ts';
import { tellBroken } from './tell-broken.ts';

const batchesAtOnce = 5000;

/**
 * Renews at once whatever rests on an authority or a digest algorithm that fell overnight, by other authorities and another
 * algorithm. A fallen authority's token is passed over where the one before it holds still; where it is the only one, it is
 * covered as long as it is not known to be revoked. What an independent time-stamp covers already needs nothing.
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE when no other authority answers, STATE_CONFLICT when no other algorithm is left
 */
export async function renewWhatRestsOn(
  context: EvidenceContext,
  fallen: { readonly authority: string } | { readonly digest: DigestAlgorithm },
): Promise<RenewalReport> {
  const total = { renewed: [] as string[], broken: [] as { batch: string; reason: string }[] };
  const add = (report: RenewalReport) => {
    total.renewed.push(...report.renewed);
    total.broken.push(...report.broken);
  };
  if ('digest' in fallen)
    for await (const batch of eachBatch(context.catalog, fallen)) add(await replaceTree(context, batch, fallen.digest));
  else
    for (const digest of ['sha256', 'sha384', 'sha512']) add(await replaceAuthority(context, fallen.authority, digest));
  for (const { batch, reason } of total.broken) await tellBroken(context, batch, reason);
  return total;
}

async function replaceTree(
  context: EvidenceContext,
  batch: EvidenceBatch,
  fallen: DigestAlgorithm,
): Promise<RenewalReport> {
  const sunsets = { ...context.evidencePolicy.sunsets, [fallen]: '0000-01-01' };
  const digest = strongAlgorithm({ ...context.evidencePolicy, sunsets }, context.clock());
  return asReport(batch.id, renewHashTree(context, batch, { digest }));
}

async function replaceAuthority(context: EvidenceContext, authority: string, digest: string): Promise<RenewalReport> {
  const [renewed, broken]: [string[], { batch: string; reason: string }[]] = [[], []];
  for await (const batches of batchPages(context.catalog, { authority, digest, limit: batchesAtOnce })) {
    const report = await renewTimestamps(context, batches, [authority]);
    renewed.push(...report.renewed);
    for (const one of report.broken) {
      const again = await withoutNewestChain(context, one, authority);
      renewed.push(...again.renewed);
      broken.push(...again.broken);
    }
  }
  return { renewed, broken };
}

/** Where the whole newest chain rests on the authority, the one before it may hold still: another is begun upon that. */
async function withoutNewestChain(
  context: EvidenceContext,
  broken: RenewalReport['broken'][number],
  authority: string,
): Promise<RenewalReport> {
  const batch = await findBatch(context.catalog, broken.batch);
  if (!batch || batch.chains === 1) return { renewed: [], broken: [broken] };
  const digest = batch.digest as DigestAlgorithm;
  return asReport(batch.id, renewHashTree(context, batch, { digest, except: [authority] }));
}

async function asReport(batch: string, renewal: Promise<EvidenceBatch>): Promise<RenewalReport> {
  try {
    await renewal;
    return { renewed: [batch], broken: [] };
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'STATE_CONFLICT') throw error;
    return { renewed: [], broken: [{ batch, reason: error.message }] };
  }
}
