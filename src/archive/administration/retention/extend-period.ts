import { ArchiveError } from '../../../base/index.ts';
import { findRecord, findRetention } from '../../data-management/index.ts';
import { type ActContext, commitAct, requireDay } from '../acts.ts';

/**
 * Puts the end of one record's period off, in a review and with a reason (MOR-02); it is never brought forward this way.
 * @throws ArchiveError RECORD_UNKNOWN | METADATA_INVALID; STATE_CONFLICT for what has no end that could be put off
 */
export async function extendPeriod(
  context: ActContext,
  review: { readonly record: string; readonly until: string; readonly reason: string; readonly actor: string },
): Promise<void> {
  const { record: wanted, until, reason, actor } = review;
  requireDay(until, '/until');
  if (reason.trim() === '')
    throw new ArchiveError('METADATA_INVALID', 'Say why: the reason is kept.', {
      places: [{ pointer: '/reason', detail: 'is missing' }],
    });
  await commitAct(context, actor, async (transaction) => {
    const record = await findRecord(transaction, context.institution.id, wanted);
    if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${wanted}.`);
    const retention = await findRetention(transaction, record.id);
    if (!retention?.expiresOn)
      throw new ArchiveError('STATE_CONFLICT', 'The period of this record has no end that could be put off.');
    const end = [retention.expiresOn, retention.extendedTo ?? ''].sort().at(-1) ?? '';
    if (until <= end)
      throw new ArchiveError('METADATA_INVALID', `The period ends on ${end}; name a later day.`, {
        places: [{ pointer: '/until', detail: `must be later than ${end}` }],
      });
    return { type: 'retention.reviewed', subject: record.id, detail: { extendedTo: until, reason } };
  });
}
