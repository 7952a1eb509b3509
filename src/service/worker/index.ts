export type { AlertSettings } from './alerts/index.ts';
export { type RunningWorker, startWorker, type WorkerContext } from './run-jobs.ts';
