import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { type DipOrder, packageZip } from '../../../archive/access/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { sendRanged } from '../files/send-ranged.ts';
import { json, type Route, recordFor } from '../route.ts';
import { readRedactions } from './read-redactions.ts';
import { dipRequest, redactedDipBody } from './schema.ts';

const zip = { 'application/zip': { type: 'string', contentMediaType: 'application/zip' } };

const orderDip: Route = {
  method: 'post',
  path: '/dips',
  operation: 'orderDips',
  summary:
    'Dissemination packages (E-ARK DIP) of records, or of some files of one; to be fetched as one ZIP within a week',
  action: 'record.export',
  body: { type: 'application/json', schema: dipRequest },
  answers: { 201: json('What was ordered, and where it is', 'DipOrder', ['Location']) },
  handle: async (service, { ctx, actor, body }) => {
    const { records, files } = body as { records: string[]; files?: number[] };
    if (files && records.length > 1)
      throw new ArchiveError('REQUEST_MALFORMED', 'Files are numbered in one record: name that one alone.');
    for (const record of records) await recordFor(service, ctx, record, 'record.export');
    const order = await service.dips.place(
      records.map((record) => ({ record, actor: actor.name, ...(files ? { files } : {}) })),
    );
    answerOrder(ctx, order);
  },
};

function answerOrder(ctx: Context, { id, records, expiresAt }: DipOrder): void {
  const address = `/api/v1/dips/${id}/package`;
  ctx.set('Location', address);
  ctx.status = 201;
  ctx.body = { id, records, expiresAt, package: address };
}

const redact: Route = {
  method: 'post',
  path: '/records/:record/redacted-dips',
  operation: 'orderRedactedDip',
  summary:
    'A dissemination package with redacted files in the place of originals; sealed metadata and reports stay behind',
  action: 'record.export',
  body: { type: 'multipart/form-data', schema: redactedDipBody },
  answers: { 201: json('What was ordered, and where it is', 'DipOrder', ['Location']) },
  handle: async (service, { ctx, actor, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.export');
    const redactions = await readRedactions(ctx.req);
    if (redactions.length === 0) throw new ArchiveError('SUBMISSION_EMPTY', 'Send at least one redacted file.');
    answerOrder(ctx, await service.dips.place([{ record: record.id, actor: actor.name, redactions }]));
  },
};

const readDip: Route = {
  method: 'get',
  path: '/dips/:dip/package',
  operation: 'readDips',
  summary:
    'The packages that were ordered, as one ZIP, made while it is sent; by range as well, so that a download goes on',
  action: 'record.export',
  answers: {
    200: { description: 'The whole ZIP', content: zip, headers: ['ETag', 'Accept-Ranges', 'Content-Disposition'] },
    206: { description: 'The range that was asked for', content: zip, headers: ['Content-Range'] },
    304: { description: 'It is as `If-None-Match` says' },
  },
  handle: async (service, { ctx, actor, params }) => {
    const { order, packages } = await service.dips.open(params.dip ?? '', actor.institution);
    for (const record of order.records) await recordFor(service, ctx, record, 'record.export');
    const { size, tag, read } = packageZip(packages);
    ctx.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': contentDisposition('attachment', `dip-${order.id}.zip`),
    });
    const stream = (start: number, end: number) => Readable.from(read(start, end), { objectMode: false });
    sendRanged(service, ctx, { tag, size, stream });
  },
};

export const dipRoutes: readonly Route[] = [orderDip, redact, readDip];
