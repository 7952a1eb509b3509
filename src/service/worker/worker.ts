import { type Ingest, resumeIntakes } from '../../archive/ingest/index.ts';
import { closeJournalSegment } from '../../archive/packaging/index.ts';
import { noteDiskSpace, tellWitnesses, type Witness } from '../../archive/preservation/index.ts';
import { type AlertSettings, alertChannels, sendAlerts } from './alerts/index.ts';
import { type JobContext, type JobWork, jobWorks } from './job-work.ts';
import { runNextJob } from './run-jobs.ts';

/** What a worker needs. */
export interface WorkerContext extends JobContext {
  readonly ingest: Ingest;
  readonly witnesses: readonly Witness[];
  /** Who is told of what should be heard of; nobody when left out. */
  readonly alerts?: AlertSettings;
  readonly isAlive: (owner: string) => Promise<boolean>;
  /** Told of every failure that nobody waits for. */
  readonly onFailure: (what: string, error: unknown) => void;
  /** The jobs that it runs; tests add their own. */
  readonly works?: Readonly<Record<string, JobWork>>;
}

/** A running worker. */
export interface RunningWorker {
  /** Looks for work now instead of at the next turn. */
  wake(): void;
  /** Takes nothing more and lets what runs end; a job that goes on for longer is given back. */
  stop(): Promise<void>;
}

const idleMilliseconds = 2000;
const witnessMilliseconds = 15_000;
/** How long a job may go on after the worker was told to stop. */
const graceMilliseconds = 10_000;

/** Leases intakes and jobs and calls the archive; no logic of its own. A long job keeps no intake waiting. */
export function startWorker(worker: WorkerContext): RunningWorker {
  const { context, ingest, isAlive, onFailure, works = jobWorks } = worker;
  const stopped = new AbortController();
  const loops = [
    repeat(async () => {
      const resumed = await resumeIntakes(context, ingest, isAlive, {
        dueOnly: true,
        onFailure: (error) => onFailure('intake', error),
      });
      return (await closeJournalSegment(context)) !== undefined || resumed > 0;
    }, onFailure),
    repeat(() => runNextJob({ ...worker, works, stopped: stopped.signal, onFailure }), onFailure),
  ];
  const channels = alertChannels(worker.alerts ?? {});
  const tell = async () => {
    await tellWitnesses(context, worker.witnesses).catch((error) => onFailure('witness', error));
    await noteDiskSpace(context).catch((error) => onFailure('disk space', error));
    await sendAlerts(context, channels, onFailure).catch((error) => onFailure('alerts', error));
  };
  const telling = setInterval(tell, witnessMilliseconds);
  return {
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    stop: async () => {
      const grace = setTimeout(() => stopped.abort(), graceMilliseconds);
      await Promise.all(loops.map((loop) => loop.stop()));
      clearTimeout(grace);
      clearInterval(telling);
      await tell();
    },
  };
}

/** Takes turns for as long as they find something to do, and then every now and again. */
function repeat(turn: () => Promise<boolean>, onFailure: WorkerContext['onFailure']): RunningWorker {
  let stopping = false;
  let woken = false;
  let endWait = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idleMilliseconds);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!stopping) {
      woken = false;
      const found = await turn().catch((error) => {
        onFailure('worker', error);
        return false;
      });
      if (!found && !stopping && !woken) await rest();
    }
  };
  const running = loop();
  const wake = () => {
    woken = true;
    endWait();
  };
  return {
    wake,
    stop: async () => {
      stopping = true;
      wake();
      await running;
    },
  };
}
