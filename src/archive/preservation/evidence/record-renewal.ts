import { utcSeconds } from '../../../base/index.ts';
import { batchDetail, type EvidenceBatch, putBatch } from '../../data-management/index.ts';
import { commitToJournal } from '../../packaging/index.ts';
import type { BatchDescription } from './batch-object.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { renewalTime } from './renewal-time.ts';

/** Makes a renewed batch binding: in the journal, and in the catalog. */
export async function recordRenewal(
  context: EvidenceContext,
  batch: EvidenceBatch,
  { chains }: BatchDescription,
): Promise<EvidenceBatch> {
  const chain = chains.at(-1);
  const newest = chain?.timestamps.at(-1);
  if (!chain || !newest) throw new Error(`${batch.id} has no time-stamp`);
  const renewed: EvidenceBatch = {
    ...batch,
    version: batch.version + 1,
    digest: chain.digest,
    chains: chains.length,
    timestamps: chain.timestamps.length,
    authority: newest.authority,
    isTest: newest.isTest,
    stampedAt: newest.producedAt,
    expiresAt: newest.expiresAt,
    renewAt: renewalTime(new Date(newest.producedAt), new Date(newest.expiresAt), context.evidencePolicy),
  };
  await commitToJournal(context, {
    entries: async () => [
      {
        time: utcSeconds(context.clock()),
        institution: context.institution.id,
        type: 'evidence.renewed',
        subject: batch.id,
        actor: 'archive',
        detail: batchDetail(renewed),
      },
    ],
    project: (transaction) => putBatch(transaction, renewed),
  });
  return renewed;
}
