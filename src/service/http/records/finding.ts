import { findRecords, type RecordQuery, type RecordState } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { isNotModified } from './entity-tag.ts';
import { presentListed, presentRecord } from './presenter.ts';
import { findQuery, recordStates } from './schema.ts';

/** `GET /records`: newest first, in pages. */
export const find: Route = {
  method: 'get',
  path: '/records',
  operation: 'findRecords',
  summary: 'Find records by text in either alphabet, field, signer, state and days of receipt',
  action: 'record.find',
  query: findQuery,
  answers: { 200: json('A page of records, newest first', 'RecordList') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const { records, next } = await findRecords(context.catalog, recordQuery(query, actor.institution));
    ctx.body = {
      records: records.map(presentListed),
      ...(next === undefined ? {} : { next: String(next) }),
    };
  },
};

/** `GET /records/{record}`: by id or number. */
export const read: Route = {
  method: 'get',
  path: '/records/:record',
  operation: 'readRecord',
  summary: 'One record with its files and verdicts',
  action: 'record.read',
  answers: {
    200: json('The record', 'Record', ['ETag']),
    304: { description: 'It is as `If-None-Match` says' },
  },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    if (!isNotModified(ctx, record)) ctx.body = presentRecord(record);
  },
};

/** What was asked for, as the catalog is asked. @throws ArchiveError REQUEST_MALFORMED */
function recordQuery(query: Readonly<Record<string, unknown>>, institution: string): RecordQuery {
  const { text, field, signer, state, from, to, cursor, limit } = query as Record<string, string | undefined>;
  const [name = '', words = ''] = field?.split(/:(.*)/s) ?? [];
  return {
    institution,
    limit: Number(limit ?? 50),
    ...(text ? { text } : {}),
    ...(signer ? { signer } : {}),
    ...(field ? { field: { name, text: words } } : {}),
    ...(state ? { states: statesIn(state) } : {}),
    ...(from ? { receivedFrom: from } : {}),
    ...(to ? { receivedTo: to } : {}),
    ...(cursor ? { before: Number(cursor) } : {}),
  };
}

function statesIn(text: string): RecordState[] {
  const states = text.split(',').map((state) => state.trim());
  const unknown = states.find((state) => !recordStates.includes(state));
  if (unknown !== undefined)
    throw new ArchiveError('REQUEST_MALFORMED', `There is no such state. Use ${recordStates.join(', ')}.`);
  return states as RecordState[];
}
