export { type JobControl, type JobWork, jobWorks } from './job-work.ts';
export { type RunningWorker, startWorker, type WorkerContext } from './worker.ts';
