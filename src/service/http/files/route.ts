import { isSafeToShow, openOriginal } from '../../../archive/access/index.ts';
import { numberIn, type Route, recordFor } from '../route.ts';
import { serveFile } from './serve-file.ts';

const bytes = { 'application/octet-stream': { type: 'string', contentMediaType: 'application/octet-stream' } };

/** `GET /records/{record}/files/{file}`: an original, byte for byte as it came. */
const readFile: Route = {
  method: 'get',
  path: '/records/:record/files/:file',
  operation: 'readFile',
  summary: 'An original file, whole or by range',
  action: 'record.read',
  query: {
    type: 'object',
    properties: { display: { enum: ['inline'], description: 'Show it in the browser where that is safe' } },
    additionalProperties: false,
  },
  answers: {
    200: { description: 'The whole file', content: bytes, headers: ['ETag', 'Accept-Ranges', 'Content-Disposition'] },
    206: { description: 'The range that was asked for', content: bytes, headers: ['Content-Range'] },
    304: { description: 'It is as `If-None-Match` says' },
  },
  handle: async (service, { ctx, params, query }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    const original = await openOriginal(service.context, record, numberIn(params.file));
    serveFile(service, ctx, original, query.display === 'inline' && (await isSafeToShow(original)));
  },
};

export const fileRoutes: readonly Route[] = [readFile];
