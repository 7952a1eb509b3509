import { finishJob, type Job, leaseJob, retryJob, setJobProgress } from '../../archive/data-management/index.ts';
import { type Ingest, type IngestContext, resumeIntakes } from '../../archive/ingest/index.ts';
import { closeJournalSegment } from '../../archive/packaging/index.ts';
import {
  audit,
  checkFixity,
  type FixityPolicy,
  fixityJob,
  integrityReportJob,
  keepEvidence,
  keepEvidenceJob,
  keepIntegrityReport,
  queueEvidence,
  queueFixity,
  queueIntegrityReport,
  queueRevalidation,
  type RevalidationContext,
  refreshTrustedLists,
  reidentify,
  reidentifyJob,
  revalidateDue,
  revalidateJob,
  tellWitnesses,
  trustedListsJob,
  type Witness,
} from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { type AlertSettings, alertChannels, sendAlerts } from './alerts/index.ts';
import { isClockSound } from './watch-clock.ts';

/** What a worker needs. */
export interface WorkerContext {
  readonly context: IngestContext;
  readonly ingest: Ingest;
  readonly evidence: RevalidationContext;
  readonly fixity: FixityPolicy;
  readonly witnesses: readonly Witness[];
  /** Who is told of what should be heard of; nobody when left out. */
  readonly alerts?: AlertSettings;
  readonly isAlive: (owner: string) => Promise<boolean>;
  /** Told of every failure that nobody waits for. */
  readonly onFailure: (what: string, error: unknown) => void;
}

/** A running worker. */
export interface RunningWorker {
  /** Looks for work now instead of at the next turn. */
  wake(): void;
  /** Finishes what runs and takes nothing more. */
  stop(): Promise<void>;
}

const idleMilliseconds = 2000;
const witnessMilliseconds = 15_000;
const mostAttempts = 8;

/** Leases intakes and jobs and calls the archive; no logic of its own. */
export function startWorker(worker: WorkerContext): RunningWorker {
  let stopping = false;
  let wake = () => {};
  const loop = async () => {
    while (!stopping) {
      const found = await turn(worker).catch((error) => {
        worker.onFailure('worker', error);
        return false;
      });
      if (!found && !stopping)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, idleMilliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  };
  const running = loop();
  const channels = alertChannels(worker.alerts ?? {});
  const tell = async () => {
    await tellWitnesses(worker.context, worker.witnesses).catch((error) => worker.onFailure('witness', error));
    await sendAlerts(worker.context, channels, worker.onFailure).catch((error) => worker.onFailure('alerts', error));
  };
  const witnessing = setInterval(tell, witnessMilliseconds);
  return {
    wake: () => wake(),
    stop: async () => {
      stopping = true;
      wake();
      clearInterval(witnessing);
      await running;
      await tell();
    },
  };
}

/** @returns whether there was something to do */
async function turn(worker: WorkerContext): Promise<boolean> {
  const { context, ingest, isAlive } = worker;
  const resumed = await resumeIntakes(context, ingest, isAlive, {
    dueOnly: true,
    onFailure: (error) => worker.onFailure('intake', error),
  });
  const segment = await closeJournalSegment(context);
  if (await isClockSound(context)) {
    await queueEvidence(worker.evidence);
    await queueRevalidation(worker.evidence);
    await queueFixity(context, worker.fixity);
    await queueIntegrityReport(context);
  }
  const job = await leaseJob(context.catalog, context.clock, context.owner, isAlive);
  if (job) await runJob(worker, job);
  return resumed > 0 || segment !== undefined || job !== undefined;
}

async function runJob(worker: WorkerContext, job: Job): Promise<void> {
  const { context, onFailure } = worker;
  const { catalog, clock } = context;
  try {
    await finishJob(catalog, clock, job.id, 'done', await work(worker, job));
  } catch (error) {
    onFailure(job.name, error);
    const code = error instanceof ArchiveError ? error.code : 'FAULT';
    if (job.attempts >= mostAttempts) await finishJob(catalog, clock, job.id, 'failed', { code });
    else await retryJob(catalog, clock, job.id, job.attempts);
  }
}

async function work({ context, evidence, fixity }: WorkerContext, job: Job): Promise<object> {
  if (job.name === reidentifyJob)
    return reidentify(context, context.formatSignatures, {
      actor: String(job.payload.actor),
      onProgress: progressOf(context, job),
    });
  if (job.name === keepEvidenceJob) return keepEvidence(evidence, progressOf(context, job));
  if (job.name === fixityJob) return checkFixity(context, fixity);
  if (job.name === integrityReportJob) return keepIntegrityReport(context);
  if (job.name === revalidateJob) return revalidateDue(evidence, progressOf(context, job));
  if (job.name === trustedListsJob) return refreshTrustedLists(context, context.trustedLists);
  if (job.name !== 'audit') throw new Error(`there is no work named ${job.name}`);
  const { location, actor } = job.payload;
  const report = await audit(evidence, {
    actor: String(actor),
    onProgress: progressOf(context, job),
    ...(location ? { location: String(location) } : {}),
  });
  const { id, copies, bytes, damaged, missing, extra, journal, catalog, evidence: findings } = report;
  return {
    report: id,
    copies,
    bytes,
    damaged: damaged.length,
    missing: missing.length,
    extra: extra.length,
    catalog: catalog.length,
    evidence: findings.length,
    journal,
  };
}

/** Writes progress where people see it, twice a second. */
function progressOf({ catalog, clock }: IngestContext, job: Job) {
  let shown = 0;
  return (progress: { done: number; total: number }) => {
    if (clock().getTime() - shown < 500) return;
    shown = clock().getTime();
    void setJobProgress(catalog, clock, job.id, progress).catch(() => undefined); // the next one tells more
  };
}
