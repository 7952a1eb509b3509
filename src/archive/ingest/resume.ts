import { findRecord, leaseIntakes } from '../data-management/index.ts';
import type { IngestContext, ProcessSubmission, Submission } from './submission.ts';

/**
 * Goes on with submissions that are staged and that nobody works on: their process was killed, or their location was
 * away. Staging without a submission in the catalog was never acknowledged, and is cleared.
 * @returns how many reached a state of rest
 */
export async function resumeIntakes(
  context: IngestContext,
  ingest: { readonly process: ProcessSubmission },
  isAlive: (owner: string) => Promise<boolean>,
  limit = 64,
): Promise<number> {
  const intakes = await leaseIntakes(context.catalog, context.owner, isAlive, limit);
  const outcomes = await Promise.allSettled(
    intakes.map(async (intake) => {
      const record = await findRecord(context.catalog, intake.institution, intake.id);
      if (!record) throw new Error(`intake ${intake.id} has no record`);
      const facts = { number: record.number, ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}) };
      await ingest.process(JSON.parse(intake.submission) as Submission, facts);
    }),
  );
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}
