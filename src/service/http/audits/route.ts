import { coverage, listEntries } from '../../../archive/data-management/index.ts';
import { readAuditReport } from '../../../archive/preservation/index.ts';
import { answerWithJob } from '../jobs/answer-with-job.ts';
import { json, type Route } from '../route.ts';
import { auditPrefix, finishedAudit } from './presenter.ts';
import { auditBody, auditQuery } from './schema.ts';
import { startAudit } from './start-audit.ts';

const listAudits: Route = {
  method: 'get',
  path: '/audits',
  operation: 'listAudits',
  summary: 'Finished audits, newest first, and how much of each location was found whole',
  action: 'audit.read',
  query: auditQuery,
  answers: { 200: json('The audits and the coverage', 'AuditList') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const limit = Number(query.limit);
    const entries = await listEntries(context.catalog, {
      institution: actor.institution,
      type: 'audit.finished',
      limit: limit + 1,
      ...(query.cursor ? { before: Number(query.cursor) } : {}),
    });
    const last = entries[limit - 1];
    ctx.body = {
      audits: entries.slice(0, limit).map(finishedAudit),
      coverage: await coverage(context.catalog),
      ...(entries.length > limit && last ? { next: String(last.sequence) } : {}),
    };
  },
};

const begin: Route = {
  method: 'post',
  path: '/audits',
  operation: 'startAudit',
  summary: 'Read every copy now, compare, repair: a job',
  action: 'audit.start',
  body: { type: 'application/json', schema: auditBody },
  answers: { 202: json('The job that does it', 'Job', ['Location']) },
  handle: async (service, { ctx, actor, body }) => {
    const id = await startAudit(service, actor, (body as { location?: string }).location);
    await answerWithJob(service, ctx, actor, id);
  },
};

const readAudit: Route = {
  method: 'get',
  path: '/audits/:audit',
  operation: 'readAudit',
  summary: 'The report of an audit with every finding',
  action: 'audit.read',
  answers: { 200: json('The report', 'Audit') },
  handle: async ({ context }, { ctx, params }) => {
    const report = await readAuditReport(context, `${auditPrefix}${params.audit}`);
    ctx.body = { ...report, id: report.id.replace(auditPrefix, '') };
  },
};

export const auditRoutes: readonly Route[] = [listAudits, begin, readAudit];
