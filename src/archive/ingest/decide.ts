import { ArchiveError, utcSeconds } from '../../base/index.ts';
import {
  type CatalogRecord,
  findIntake,
  findRecord,
  removeIntakes,
  setIntakeState,
  setRecordState,
} from '../data-management/index.ts';
import { journal } from '../packaging/index.ts';
import { fourEyes } from './people-asked.ts';
import type { IngestContext, ProcessSubmission, Submission } from './submission.ts';

/** `accept`: keep it with the verdict it has. `retry`: check it again. `return`: give it back to its producer and forget the files. */
export type Decision = 'accept' | 'retry' | 'return';

/** What a person decides of a record that was parked. */
export interface DecisionRequest {
  readonly record: string;
  readonly decision: Decision;
  /** Why; kept in the journal. */
  readonly reason: string;
  readonly actor: string;
}

/**
 * Carries out what a person decided of a quarantined, rejected or failed submission. The decision is in the journal
 * before it has any effect.
 * @returns the record as it then stands
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT when nothing is there to decide
 */
export async function decide(
  context: IngestContext,
  ingest: { readonly process: ProcessSubmission },
  request: DecisionRequest,
): Promise<CatalogRecord> {
  const { catalog, institution } = context;
  const record = await findRecord(catalog, institution.id, request.record);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${request.record}.`);
  const intake = await findIntake(catalog, record.id);
  if (!intake || !['quarantined', 'rejected', 'failed'].includes(record.state))
    throw new ArchiveError('STATE_CONFLICT', 'This record waits for no decision.');
  if (request.decision === 'accept' && record.state !== 'quarantined')
    throw new ArchiveError(
      'STATE_CONFLICT',
      'Only a quarantined record can be accepted as it is. Try it again or return it.',
    );
  requireAcceptable(record.reason?.code ?? '', request, intake.submission);
  const returned = request.decision === 'return';
  await journal(
    context,
    {
      time: utcSeconds(context.clock()),
      institution: record.institution,
      type: 'record.decided',
      subject: record.id,
      actor: request.actor,
      detail: {
        decision: request.decision,
        reason: request.reason,
        ...(request.decision === 'accept' && record.reason ? { code: record.reason.code } : {}),
      },
    },
    async (transaction) => {
      await setRecordState(
        transaction,
        record.id,
        returned ? 'rejected' : 'received',
        returned ? { code: 'RETURNED', detail: request.reason } : undefined,
      );
      if (returned) await removeIntakes(transaction, [record.id]);
      else await setIntakeState(transaction, record.id, 'staged');
    },
  );
  if (returned) await context.storage.dropStaged(record.id);
  else await ingest.process(JSON.parse(intake.submission) as Submission, factsOf(record, request.decision));
  return (await findRecord(catalog, institution.id, record.id)) ?? record;
}

/** @throws ArchiveError FOUR_EYES_REQUIRED; STATE_CONFLICT for what nobody can accept as it is */
function requireAcceptable(code: string, { decision, actor }: DecisionRequest, submission: string): void {
  if (decision !== 'accept') return;
  if (code === 'RENDITION_NEEDED')
    throw new ArchiveError(
      'STATE_CONFLICT',
      'It cannot be kept without a PDF/A. Return it and send both files together, or try again when conversion is configured.',
    );
  if (fourEyes.includes(code) && (JSON.parse(submission) as Submission).actor === actor)
    throw new ArchiveError(
      'FOUR_EYES_REQUIRED',
      'Who handed the record over cannot be the one who checks it. Another person has to.',
    );
}

function factsOf(record: CatalogRecord, decision: Decision) {
  return {
    number: record.number,
    ...(decision === 'accept' && record.reason ? { accepted: record.reason.code } : {}),
    ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}),
  };
}
