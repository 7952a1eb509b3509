export { type RunningWorker, startWorker, type WorkerContext } from './run-jobs.ts';
