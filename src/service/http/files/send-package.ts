import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { type AipContents, packageZip } from '../../../archive/access/index.ts';
import type { Service } from '../service.ts';
import { contentDisposition } from './content-disposition.ts';
import { sendRanged } from './send-ranged.ts';

/** How OpenAPI tells of it. */
export const zipContent = { 'application/zip': { type: 'string', contentMediaType: 'application/zip' } };

/** Streams a package as one ZIP, by range as well. */
export function sendPackage(service: Service, ctx: Context, name: string, contents: AipContents): void {
  const { size, tag, read } = packageZip([contents]);
  ctx.set({ 'Content-Type': 'application/zip', 'Content-Disposition': contentDisposition('attachment', name) });
  const stream = (start: number, end: number) => Readable.from(read(start, end), { objectMode: false });
  sendRanged(service, ctx, { tag, size, stream });
}
