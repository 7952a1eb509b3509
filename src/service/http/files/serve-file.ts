import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { OriginalFile } from '../../../archive/access/index.ts';
import { sendStream } from '../send-stream.ts';
import type { Service } from '../service.ts';
import { rangeIn } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';

/** What a browser may show by itself; everything else is only ever downloaded. */
const shown: readonly string[] = [
  'application/pdf',
  'text/plain',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/tiff',
];

/**
 * Answers with the bytes of an original: whole or one range (RFC 9110, 14), never changed on the way, never trusted.
 * @param display whether to show it in the browser where that is safe
 * @throws ArchiveError RANGE_NOT_SATISFIABLE
 */
export function serveFile(
  service: Pick<Service, 'log'>,
  ctx: Context,
  { description, content }: OriginalFile,
  display: boolean,
): void {
  const tag = `"${description.sha256}"`;
  const isShown = display && shown.includes(description.mimeType);
  ctx.set({
    ETag: tag,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    'Content-Type': isShown ? shownType(description.mimeType) : 'application/octet-stream',
    'Content-Disposition': contentDisposition(isShown ? 'inline' : 'attachment', description.originalName),
    'Content-Security-Policy': policyFor(description.mimeType),
    'Repr-Digest': `sha-256=:${Buffer.from(description.sha256, 'hex').toString('base64')}:`,
  });
  if (
    ctx
      .get('If-None-Match')
      .split(/\s*,\s*/)
      .includes(tag)
  ) {
    ctx.status = 304;
    return;
  }
  const condition = ctx.get('If-Range');
  const isSame = condition === '' || condition === tag;
  ctx.set('Content-Range', `bytes */${content.size}`); // stands when the range cannot be satisfied
  const range = isSame ? rangeIn(ctx.get('Range'), content.size) : undefined;
  ctx.remove('Content-Range');
  const { start, end } = range ?? { start: 0, end: content.size };
  if (range) ctx.set('Content-Range', `bytes ${start}-${end - 1}/${content.size}`);
  if (ctx.method === 'HEAD') ctx.body = null;
  else sendStream(service, ctx, content.stream(start, end) as Readable);
  ctx.status = range ? 206 : 200;
  ctx.length = end - start;
}

function shownType(mimeType: string): string {
  return mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType;
}

/** No script, nothing from elsewhere, an origin of its own. A browser's PDF reader does not start inside a sandbox. */
function policyFor(mimeType: string): string {
  const nothing = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";
  return mimeType === 'application/pdf' ? nothing : `${nothing}; sandbox`;
}
