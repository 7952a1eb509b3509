import { utcSeconds } from '../../../base/index.ts';
import { findBatch, putBatch } from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { EvidenceContext } from './evidence-context.ts';

const day = 86_400_000;

/** Says that a proof is lost, and again each month until somebody has dealt with it. */
export async function tellBroken(context: EvidenceContext, batch: string, reason: string): Promise<void> {
  const known = await findBatch(context.catalog, batch);
  const again = utcSeconds(new Date(context.clock().getTime() + 30 * day));
  if (known) await putBatch(context.catalog, { ...known, renewAt: again });
  await journal(context, {
    time: utcSeconds(context.clock()),
    institution: context.institution.id,
    type: 'evidence.failed',
    subject: batch,
    actor: 'archive',
    detail: { reason },
  });
}
