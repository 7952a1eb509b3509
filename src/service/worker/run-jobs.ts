import {
  finishJob,
  type Job,
  type JobProgress,
  leaseJob,
  leaseMilliseconds,
  queueDueJobs,
  releaseJob,
  renewLease,
  retryJob,
} from '../../archive/data-management/index.ts';
import type { IngestContext } from '../../archive/ingest/index.ts';
import {
  queueEvidence,
  queueFixity,
  queueIntegrityReport,
  queueRevalidation,
} from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { JobContext, JobWork } from './job-work.ts';
import { isClockSound } from './watch-clock.ts';

/** What running jobs needs. */
export interface JobRunner extends JobContext {
  readonly works: Readonly<Record<string, JobWork>>;
  /** Aborted when the process is to stop and has waited long enough. */
  readonly stopped: AbortSignal;
  /** Told of every failure that nobody waits for. */
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Queues what is due, and runs the next job. @returns whether there was one */
export async function runNextJob(runner: JobRunner): Promise<boolean> {
  const { catalog, clock, owner } = runner.context;
  await queueWhatIsDue(runner);
  const job = await leaseJob(catalog, clock, owner);
  if (job) await runJob(runner, job);
  return job !== undefined;
}

async function queueWhatIsDue({ context, evidence, fixity }: JobRunner): Promise<void> {
  if (!(await isClockSound(context))) return;
  await queueDueJobs(context.catalog, context.clock);
  await queueEvidence(evidence);
  await queueRevalidation(evidence);
  await queueFixity(context, fixity);
  await queueIntegrityReport(context);
}

/** Why a job ends before its work is done. */
class JobEnds extends Error {
  override readonly name = 'JobEnds';
  readonly why: 'cancelled' | 'lost' | 'stopped';
  constructor(why: JobEnds['why']) {
    super(`the job ends: ${why}`);
    this.why = why;
  }
}

async function runJob(runner: JobRunner, job: Job): Promise<void> {
  const { context, works, stopped, onFailure } = runner;
  const { catalog, clock } = context;
  const held = holdLease(context, job, stopped, onFailure);
  try {
    const work = works[job.name];
    if (!work) throw new Error(`there is no work named ${job.name}`);
    const outcome = await work(runner, job.payload, held);
    await held.letGo();
    if (!(await finishJob(catalog, clock, job, 'done', outcome))) onFailure(job.name, new JobEnds('lost'));
  } catch (error) {
    await held.letGo();
    // Work may wrap what it was ended by: the signal knows.
    const ends: unknown = held.signal.reason;
    if (!(ends instanceof JobEnds)) await giveBack(context, job, error, onFailure);
    else if (ends.why === 'cancelled') await finishJob(catalog, clock, job, 'cancelled', {});
    else if (ends.why === 'stopped') await releaseJob(catalog, clock, job);
    else onFailure(job.name, ends);
  }
}

async function giveBack(
  { catalog, clock }: IngestContext,
  job: Job,
  error: unknown,
  onFailure: JobRunner['onFailure'],
): Promise<void> {
  onFailure(job.name, error);
  await retryJob(catalog, clock, job, { code: error instanceof ArchiveError ? error.code : 'FAULT' });
}

/** Between two renewals with progress, in real time: what people see moves twice a second. */
const shownEveryMilliseconds = 500;

/** Renews a job's lease until it is let go, and ends the work when the job was cancelled or is another's. */
function holdLease(
  { catalog, clock }: IngestContext,
  job: Job,
  stopped: AbortSignal,
  onFailure: JobRunner['onFailure'],
) {
  const ending = new AbortController();
  const stop = () => ending.abort(new JobEnds('stopped'));
  stopped.addEventListener('abort', stop, { once: true });
  if (stopped.aborted) stop();
  let progress: JobProgress | undefined;
  let renewed = performance.now();
  let renewing: Promise<void> | undefined;
  const renewOnce = async () => {
    try {
      const standing = await renewLease(catalog, clock, job, progress);
      if (standing !== 'held') ending.abort(new JobEnds(standing));
    } catch (error) {
      onFailure('lease', error); // the next renewal may succeed before the lease lapses
    }
  };
  const renew = () => {
    renewed = performance.now();
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
  };
  const timer = setInterval(renew, leaseMilliseconds / 3);
  return {
    signal: ending.signal,
    onProgress: (latest: JobProgress) => {
      ending.signal.throwIfAborted();
      progress = latest;
      if (performance.now() - renewed >= shownEveryMilliseconds) renew();
    },
    letGo: async () => {
      clearInterval(timer);
      stopped.removeEventListener('abort', stop);
      await renewing;
    },
  };
}
