import { utcSeconds } from '../../base/index.ts';
import { findRecord, type Intake, leaseIntakes } from '../data-management/index.ts';
import { followLocationStates, submissionFile } from '../packaging/index.ts';
import { release } from './outcome.ts';
import type { IngestContext, ProcessSubmission, Submission } from './submission.ts';

const atOnce = 64;

/** How submissions are gone on with. */
export interface ResumeOptions {
  /** Leaves those alone that failed a moment ago and are to wait. */
  readonly dueOnly?: boolean;
  /** Told of each that fails again; its reason is shown with the record too. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Goes on with submissions that are staged and that nobody works on: their process was killed, or their location was
 * away.
 * @returns how many reached a state of rest
 */
export async function resumeIntakes(
  context: IngestContext,
  ingest: { readonly process: ProcessSubmission },
  isAlive: (owner: string) => Promise<boolean>,
  { dueOnly = false, onFailure = () => {} }: ResumeOptions = {},
): Promise<number> {
  await followLocationStates(context);
  const dueBy = dueOnly ? utcSeconds(context.clock()) : undefined;
  const intakes = await leaseIntakes(context.catalog, context.owner, isAlive, atOnce, dueBy);
  const outcomes = await Promise.allSettled(intakes.map((intake) => goOn(context, ingest, intake)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') onFailure(outcome.reason);
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

async function goOn(
  context: IngestContext,
  ingest: { readonly process: ProcessSubmission },
  intake: Intake,
): Promise<void> {
  const record = await findRecord(context.catalog, intake.institution, intake.id);
  if (!record) throw new Error(`intake ${intake.id} has no record`);
  const submission: Submission = JSON.parse(intake.submission);
  try {
    const made = (submission.renditions ?? []).map(({ file }) => file);
    const names = [...submission.files, ...made].map(({ staged }) => staged);
    await context.storage.completeStaging(submission.id, [submissionFile, ...names]);
  } catch (error) {
    await release(context, submission, error);
    throw error;
  }
  const { number, duplicateOf } = record;
  await ingest.process(submission, { number, ...(duplicateOf ? { duplicateOf } : {}) });
}
