import {
  extendPeriod,
  findCandidates,
  retentionOf,
  type StartOfPeriod,
  startPeriod,
} from '../../../archive/administration/index.ts';
import { type CatalogRecord, countRetention } from '../../../archive/data-management/index.ts';
import { explainRetention } from '../../messages/index.ts';
import { presentHold } from '../holds/presenter.ts';
import { json, type Route, recordFor } from '../route.ts';
import type { Service } from '../service.ts';
import { candidateQuery, eventBody, extensionBody } from './schema.ts';

const read: Route = {
  method: 'get',
  path: '/records/:record/retention',
  operation: 'readRetention',
  summary: 'How long a record is kept and why: category, regime, period, holds, in sentences',
  action: 'record.read',
  answers: { 200: json('The retention', 'Retention') },
  handle: async (service, { ctx, params }) => {
    ctx.body = await present(service, await recordFor(service, ctx, params.record ?? '', 'record.read'));
  },
};

const extend: Route = {
  method: 'post',
  path: '/records/:record/extensions',
  operation: 'extendRetention',
  summary: 'Put the end of a record’s period off, in a review and with a reason',
  action: 'office.change',
  body: { type: 'application/json', schema: extensionBody },
  answers: { 200: json('The retention', 'Retention') },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'office.change');
    const { until, reason } = body as { until: string; reason: string };
    await extendPeriod(service.context, { record: record.id, until, reason, actor: actor.name });
    ctx.body = await present(service, record);
  },
};

const enterEvent: Route = {
  method: 'post',
  path: '/retention/events',
  operation: 'startRetention',
  summary: 'Enter the event from which a record’s, or a case’s, period runs',
  action: 'office.change',
  body: { type: 'application/json', schema: eventBody },
  answers: { 201: json('The event', 'RetentionEvent') },
  handle: async ({ context }, { ctx, actor, body }) => {
    await startPeriod(context, { ...(body as Omit<StartOfPeriod, 'actor'>), actor: actor.name });
    ctx.status = 201;
    ctx.body = body;
  },
};

const candidates: Route = {
  method: 'get',
  path: '/retention/candidates',
  operation: 'listCandidates',
  summary: 'Records whose period has ended, by when they are to be set aside, and what still keeps them',
  action: 'office.read',
  query: candidateQuery,
  answers: { 200: json('The candidates, soonest ended first', 'CandidateList') },
  handle: async ({ context }, { ctx, query }) => {
    const { creator, cursor, limit } = query as { creator?: string; cursor?: string; limit: number };
    ctx.body = await findCandidates(context, {
      limit,
      ...(creator ? { creator } : {}),
      ...(cursor ? { after: cursor } : {}),
    });
  },
};

const counts: Route = {
  method: 'get',
  path: '/retention',
  operation: 'countRetention',
  summary: 'How many records there are by regime, how many wait for an event, how many have no category of a list',
  action: 'office.read',
  answers: { 200: json('The counts', 'RetentionCounts') },
  handle: async ({ context }, { ctx, actor }) => {
    ctx.body = await countRetention(context.catalog, actor.institution);
  },
};

async function present({ context }: Pick<Service, 'context'>, record: CatalogRecord): Promise<object> {
  const known = await retentionOf(context, record);
  const { classification, regime, retention, holds, disposal } = known;
  return {
    record: record.id,
    number: record.number,
    ...(regime ? { regime } : {}),
    ...(classification ? { classification } : {}),
    ...(retention?.startedOn ? { startedOn: retention.startedOn } : {}),
    ...(retention?.expiresOn ? { expiresOn: retention.expiresOn } : {}),
    ...(retention?.extendedTo ? { extendedTo: retention.extendedTo } : {}),
    holds: holds.map(presentHold),
    ...(disposal ? { disposal } : {}),
    explanation: {
      'sr-Cyrl': explainRetention(known, 'sr-Cyrl'),
      'sr-Latn': explainRetention(known, 'sr-Latn'),
      en: explainRetention(known, 'en'),
    },
  };
}

export const retentionRoutes: readonly Route[] = [read, extend, enterEvent, candidates, counts];
