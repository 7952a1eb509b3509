import { findRecord, leaseIntakes } from '../data-management/index.ts';
import { followLocationStates, submissionFile } from '../packaging/index.ts';
import type { IngestContext, ProcessSubmission, Submission } from './submission.ts';

/**
 * Goes on with submissions that are staged and that nobody works on: their process was killed, or their location was
 * away.
 * @returns how many reached a state of rest
 */
export async function resumeIntakes(
  context: IngestContext,
  ingest: { readonly process: ProcessSubmission },
  isAlive: (owner: string) => Promise<boolean>,
  limit = 64,
): Promise<number> {
  await followLocationStates(context);
  const intakes = await leaseIntakes(context.catalog, context.owner, isAlive, limit);
  const outcomes = await Promise.allSettled(
    intakes.map(async (intake) => {
      const record = await findRecord(context.catalog, intake.institution, intake.id);
      if (!record) throw new Error(`intake ${intake.id} has no record`);
      const facts = { number: record.number, ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}) };
      const submission: Submission = JSON.parse(intake.submission);
      const names = submission.files.map(({ staged }) => staged);
      await context.storage.completeStaging(submission.id, [submissionFile, ...names]);
      await ingest.process(submission, facts);
    }),
  );
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}
