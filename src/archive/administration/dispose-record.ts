import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { applyEntries, findRecord } from '../data-management/index.ts';
import { type Holdings, journal, storeObject, storeReader } from '../packaging/index.ts';

/** Who decided that a record is destroyed, and by what act. */
export interface DisposalDecision {
  readonly record: string;
  readonly actor: string;
  /** Number and date of the decision. */
  readonly decision: string;
}

/**
 * Destroys a record in every active location and leaves a tombstone. The tombstone and the journal entry come first: from
 * then on a copy that turns up again is removed, not repaired from. A location that is away is cleared when it is back.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT
 */
export async function disposeRecord(
  holdings: Holdings,
  { record: wanted, actor, decision }: DisposalDecision,
): Promise<void> {
  const { catalog, storage, clock, institution } = holdings;
  const record = await findRecord(catalog, institution.id, wanted);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${wanted}.`);
  if (!['archived', 'awaiting'].includes(record.state))
    throw new ArchiveError('STATE_CONFLICT', 'Only a stored record can be destroyed.');
  const time = clock();
  const digests = record.files.map(({ sha256, sha512, size }) => ({ sha256, sha512, size }));
  const tombstone = {
    record: record.id,
    number: record.number,
    decision,
    actor,
    time: utcSeconds(time),
    files: digests,
  };
  await storeObject(holdings, {
    id: `urn:trajno:tombstone:${record.id.slice('urn:uuid:'.length)}`,
    type: 'tombstone',
    files: [{ path: 'tombstone.json', content: Buffer.from(`${JSON.stringify(tombstone)}\n`) }],
    created: time,
  });
  await journal(
    holdings,
    {
      time: utcSeconds(time),
      institution: institution.id,
      type: 'record.disposed',
      subject: record.id,
      actor,
      detail: { number: record.number, decision },
    },
    (transaction, entries) => applyEntries(transaction, entries, storeReader(holdings), []),
  );
  await storage.removeObject(record.id);
}
