import {
  type AccessRuling,
  accessLog,
  answerErasure,
  type ErasureRequest,
  ruleAccess,
} from '../../../archive/administration/index.ts';
import { accessRulesOf, listErasureAnswers } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { json, type Route, recordFor } from '../route.ts';
import { accessLogCsv } from './access-log-csv.ts';
import { accessLogQuery, erasureBody, rulingBody } from './schema.ts';

const readRules: Route = {
  method: 'get',
  path: '/records/:record/access',
  operation: 'readAccessRules',
  summary: 'What stands in the way of reading a record: an embargo, personal data',
  action: 'record.find',
  answers: { 200: json('The rules', 'AccessRules') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.find');
    ctx.body = await accessRulesOf(service.context.catalog, record);
  },
};

const rule: Route = {
  method: 'post',
  path: '/records/:record/access-rulings',
  operation: 'ruleAccess',
  summary: 'Rule an embargo on a record, or that it holds personal data, for a reason; replaces what was ruled before',
  action: 'access.rule',
  body: { type: 'application/json', schema: rulingBody },
  answers: { 201: json('The rules', 'AccessRules') },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'access.rule');
    ctx.status = 201;
    ctx.body = await ruleAccess(service.context, record, {
      ...(body as Omit<AccessRuling, 'actor'>),
      actor: actor.name,
    });
  },
};

const readLog: Route = {
  method: 'get',
  path: '/access-log',
  operation: 'readAccessLog',
  summary: 'Who was given a record, or every record in which a person is found, and for what reason; as JSON or CSV',
  action: 'access.log',
  query: accessLogQuery,
  answers: {
    200: {
      description: 'The times, newest first',
      content: { 'application/json': { $ref: '#/components/schemas/AccessLog' }, 'text/csv': { type: 'string' } },
    },
  },
  handle: async ({ context }, { ctx, query }) => {
    const { record, text } = query as { record?: string; text?: string };
    if ((record === undefined) === (text === undefined))
      throw new ArchiveError('REQUEST_MALFORMED', 'Name one record, or a text to be found in records.');
    const log = await accessLog(context, record === undefined ? { text: text ?? '' } : { record });
    if (ctx.accepts('json', 'csv') === 'csv') {
      ctx.type = 'text/csv';
      ctx.set('Content-Disposition', contentDisposition('attachment', 'access-log.csv'));
      ctx.body = accessLogCsv(log.lines);
    } else ctx.body = log;
  },
};

const answer: Route = {
  method: 'post',
  path: '/erasure-requests',
  operation: 'answerErasure',
  summary: 'Answer a request that personal data be erased, record by record, with reasons; nothing is erased by this',
  action: 'office.change',
  body: { type: 'application/json', schema: erasureBody },
  answers: { 201: json('The answer', 'ErasureAnswer') },
  handle: async ({ context }, { ctx, actor, body }) => {
    ctx.status = 201;
    ctx.body = await answerErasure(context, { ...(body as Omit<ErasureRequest, 'actor'>), actor: actor.name });
  },
};

const listAnswers: Route = {
  method: 'get',
  path: '/erasure-requests',
  operation: 'listErasureAnswers',
  summary: 'Requests for erasure and their answers, newest first',
  action: 'office.read',
  answers: { 200: json('The answers', 'ErasureAnswerList') },
  handle: async ({ context }, { ctx, actor }) => {
    ctx.body = { answers: await listErasureAnswers(context.catalog, actor.institution) };
  },
};

export const accessRuleRoutes: readonly Route[] = [readRules, rule, readLog, answer, listAnswers];
