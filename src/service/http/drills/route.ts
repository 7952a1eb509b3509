import { drillJob } from '../../../archive/administration/index.ts';
import { enqueueJob, listEntries } from '../../../archive/data-management/index.ts';
import { answerWithJob } from '../jobs/answer-with-job.ts';
import { json, type Route } from '../route.ts';

const mostShown = 100;

const list: Route = {
  method: 'get',
  path: '/drills',
  operation: 'listDrills',
  summary: 'Drills that were held, newest first: backup restored, catalog rebuilt, a sample exported and verified',
  action: 'audit.read',
  answers: { 200: json('The drills', 'DrillList') },
  handle: async ({ context }, { ctx, actor }) => {
    const entries = await listEntries(context.catalog, {
      institution: actor.institution,
      type: 'drill.finished',
      limit: mostShown,
    });
    ctx.body = { drills: entries.map(({ time, actor: by, detail }) => ({ time, actor: by, ...detail })) };
  },
};

const start: Route = {
  method: 'post',
  path: '/drills',
  operation: 'startDrill',
  summary: 'Hold a drill now: a job',
  action: 'audit.start',
  answers: { 202: json('The job that does it', 'Job', ['Location']) },
  handle: async (service, { ctx, actor }) => {
    const { context, wakeWorker } = service;
    const id = await enqueueJob(context.catalog, context.clock, {
      institution: actor.institution,
      name: drillJob,
      payload: { actor: actor.name },
    });
    wakeWorker();
    await answerWithJob(service, ctx, actor, id);
  },
};

export const drillRoutes: readonly Route[] = [list, start];
