import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { OriginalFile } from '../../../archive/access/index.ts';
import type { Service } from '../service.ts';
import { contentDisposition } from './content-disposition.ts';
import { sendRanged } from './send-ranged.ts';

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
  const isShown = display && shown.includes(description.mimeType);
  ctx.set({
    'Content-Type': isShown ? shownType(description.mimeType) : 'application/octet-stream',
    'Content-Disposition': contentDisposition(isShown ? 'inline' : 'attachment', description.originalName),
    'Content-Security-Policy': policyFor(description.mimeType),
    'Repr-Digest': `sha-256=:${Buffer.from(description.sha256, 'hex').toString('base64')}:`,
  });
  const stream = (start: number, end: number) => content.stream(start, end) as Readable;
  sendRanged(service, ctx, { tag: description.sha256, size: content.size, stream });
}

function shownType(mimeType: string): string {
  return mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType;
}

/** No script, nothing from elsewhere, an origin of its own. A browser's PDF reader does not start inside a sandbox. */
function policyFor(mimeType: string): string {
  const nothing = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";
  return mimeType === 'application/pdf' ? nothing : `${nothing}; sandbox`;
}
