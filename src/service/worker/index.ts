export type { AlertSettings } from './alerts/index.ts';
export type { JobContext, JobControl, JobWork } from './job-work.ts';
export { type RunningWorker, startWorker, type WorkerContext } from './worker.ts';
