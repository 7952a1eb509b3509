import { findJob, listJobs } from '../../../archive/data-management/index.ts';
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

export const jobRoutes: readonly Route[] = [listAll, readOne];
