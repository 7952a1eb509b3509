import { cancelJob, findJob, listJobs } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { presentJob } from './presenter.ts';

const mostShown = 100;

const listAll: Route = {
  method: 'get',
  path: '/jobs',
  operation: 'listJobs',
  summary: 'The latest jobs, newest first',
  action: 'job.read',
  answers: { 200: json('The jobs', 'JobList') },
  handle: async ({ context }, { ctx, actor }) => {
    ctx.body = { jobs: (await listJobs(context.catalog, actor.institution, mostShown)).map(presentJob) };
  },
};

const readOne: Route = {
  method: 'get',
  path: '/jobs/:job',
  operation: 'readJob',
  summary: 'A job with its progress and outcome',
  action: 'job.read',
  answers: { 200: json('The job', 'Job') },
  handle: async ({ context }, { ctx, actor, params }) => {
    const job = await findJob(context.catalog, actor.institution, params.job ?? '');
    if (!job) throw new ArchiveError('JOB_UNKNOWN', 'There is no such job.');
    ctx.body = presentJob(job);
  },
};

const cancel: Route = {
  method: 'post',
  path: '/jobs/:job/cancellation',
  operation: 'cancelJob',
  summary: 'End a job: at once when it waits, and as soon as its worker hears of it when it runs',
  action: 'job.cancel',
  answers: { 202: json('The job', 'Job') },
  handle: async ({ context }, { ctx, actor, params }) => {
    const id = params.job ?? '';
    const state = await cancelJob(context.catalog, context.clock, actor.institution, id);
    const job = await findJob(context.catalog, actor.institution, id);
    if (!job) throw new ArchiveError('JOB_UNKNOWN', 'There is no such job.');
    if (!state) throw new ArchiveError('STATE_CONFLICT', 'This job is over.');
    ctx.status = 202;
    ctx.body = presentJob(job);
  },
};

export const jobRoutes: readonly Route[] = [listAll, readOne, cancel];
