export type { AlertSettings } from './alerts/index.ts';
export { type JobContext, type JobControl, type JobWork, jobWorks } from './job-work.ts';
export { type RunningWorker, startWorker, type WorkerContext } from './worker.ts';
