import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { aipContents, packageTar, packageZip } from '../../../archive/access/index.ts';
import { type CatalogRecord, versionsOf } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { sendRanged } from '../files/send-ranged.ts';
import { json, numberIn, type Route, recordFor } from '../route.ts';
import { sendStream } from '../send-stream.ts';
import type { Service } from '../service.ts';
import { presentVersion } from './presenter.ts';

const listVersions: Route = {
  method: 'get',
  path: '/records/:record/versions',
  operation: 'listVersions',
  summary: 'The versions of a record’s package, oldest first',
  action: 'record.read',
  answers: { 200: json('The versions', 'VersionList') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    ctx.body = { versions: (await versionsOf(service.context.catalog, record.id)).map(presentVersion) };
  },
};

const forms = { zip: 'application/zip', tar: 'application/x-tar' } as const;
type Form = keyof typeof forms;

const readPackage: Route = {
  method: 'get',
  path: '/records/:record/versions/:version/package',
  operation: 'readPackage',
  summary:
    'The whole archival package of a version, made while it is sent; the same bytes each time, a ZIP by range as well',
  action: 'record.export',
  query: {
    type: 'object',
    properties: { form: { enum: Object.keys(forms), default: 'zip' } },
    additionalProperties: false,
  },
  answers: {
    200: {
      description: 'The package',
      content: Object.fromEntries(
        Object.values(forms).map((type) => [type, { type: 'string', contentMediaType: type }]),
      ),
      headers: ['Content-Disposition'],
    },
    206: {
      description: 'The range of a ZIP that was asked for',
      content: { 'application/zip': { type: 'string', contentMediaType: 'application/zip' } },
      headers: ['Content-Range'],
    },
    304: { description: 'It is as `If-None-Match` says' },
  },
  handle: async (service, { ctx, params, query }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.export');
    await servePackage(service, ctx, record, numberIn(params.version), query.form as Form);
  },
};

/**
 * Answers with a package as one file. Nothing is written to disk; a failure in the middle breaks the connection off, so
 * that half a package never looks whole.
 * @throws ArchiveError RECORD_UNKNOWN when there is no such version
 */
export async function servePackage(
  { context, log }: Pick<Service, 'context' | 'log'>,
  ctx: Context,
  record: CatalogRecord,
  version: number,
  form: Form,
): Promise<void> {
  if (version > record.version || record.state === 'disposed')
    throw new ArchiveError('RECORD_UNKNOWN', `There is no version ${version} of this record.`);
  const contents = await aipContents(context.storage, record.id, version);
  ctx.set({
    'Content-Type': forms[form],
    'Content-Disposition': contentDisposition('attachment', `${record.number}-v${version}.${form}`),
  });
  if (form === 'zip') {
    const { size, tag, read } = packageZip([contents]);
    sendRanged({ log }, ctx, {
      tag,
      size,
      stream: (start, end) => Readable.from(read(start, end), { objectMode: false }),
    });
    return;
  }
  if (ctx.method === 'HEAD') ctx.body = null;
  else sendStream({ log }, ctx, packageTar([contents]));
  ctx.status = 200;
}

export const versionRoutes: readonly Route[] = [listVersions, readPackage];
