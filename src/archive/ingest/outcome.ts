import { ArchiveError, utcSeconds } from '../../base/index.ts';
import type { RecordDescription } from '../../standards/packages/index.ts';
import {
  type CatalogRecord,
  findRecord,
  postponeIntake,
  putRecords,
  removeIntakes,
  setIntakeState,
  setRecordState,
} from '../data-management/index.ts';
import { journal, packagedRecord } from '../packaging/index.ts';
import type { IngestContext, Submission } from './submission.ts';

/** Refusals that are the world's fault, not the record's: the upload stays staged and is tried again. */
const passing = [
  'DISK_FULL',
  'LOCATION_UNAVAILABLE',
  'LOCATION_CORRUPT',
  'CATALOG_BUSY',
  'CATALOG_UNAVAILABLE',
  'JOURNAL_BROKEN',
  'SCANNER_UNAVAILABLE',
];

/** Tells whether trying again later may help. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ArchiveError) || passing.includes(error.code);
}

/** Where a refusal of a submission leaves it: what is only unknown waits for a person. */
export function stateAfter(error: unknown): 'quarantined' | 'rejected' {
  return error instanceof ArchiveError && error.code === 'FILE_NOT_SCANNED' ? 'quarantined' : 'rejected';
}

/**
 * Parks a submission for a person: its files stay in staging, its state and the reason are an entry of the journal.
 * Of an infected one nothing stays but that entry.
 * @param found what was found of its formats and signatures, for whoever decides
 * @returns the record as the catalog now shows it
 */
export async function park(
  context: IngestContext,
  submission: Submission,
  state: 'quarantined' | 'rejected',
  error: ArchiveError,
  found?: RecordDescription,
): Promise<CatalogRecord> {
  const isInfected = error.code === 'FILE_INFECTED';
  await journal(
    context,
    {
      time: utcSeconds(context.clock()),
      institution: submission.institution,
      type: state === 'rejected' ? 'record.rejected' : 'record.quarantined',
      subject: submission.id,
      actor: submission.actor,
      detail: { code: error.code, ...(isInfected ? { found: error.places.map(({ detail }) => detail) } : {}) },
    },
    async (transaction) => {
      const received = found && (await findRecord(transaction, submission.institution, submission.id));
      if (received)
        await putRecords(transaction, [
          { ...received, ...packagedRecord(found), ...filesAsSent(submission, received) },
        ]);
      await setRecordState(transaction, submission.id, state, { code: error.code, detail: error.message });
      if (isInfected) await removeIntakes(transaction, [submission.id]);
      else await setIntakeState(transaction, submission.id, 'parked');
    },
  );
  if (isInfected) await context.storage.dropStaged(submission.id);
  const record = await findRecord(context.catalog, submission.institution, submission.id);
  if (!record) throw new Error('a parked record is not in the catalog');
  return record;
}

/** A package is parked as it was sent: its files are taken out of it anew when a person has decided. */
function filesAsSent(submission: Submission, received: CatalogRecord): Partial<CatalogRecord> {
  return submission.package ? { files: received.files } : {};
}

/** Leaves a submission to be tried again, with the reason shown. */
export async function release(context: IngestContext, submission: Submission, error: unknown): Promise<void> {
  const reason =
    error instanceof ArchiveError ? { code: error.code, detail: error.message } : { code: 'FAULT', detail: '' };
  await setRecordState(context.catalog, submission.id, 'failed', reason);
  await postponeIntake(context.catalog, context.clock, submission.id);
}
