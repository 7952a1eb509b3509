import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import { sendStream } from '../send-stream.ts';
import type { Service } from '../service.ts';
import { rangeIn } from './byte-range.ts';

/** Bytes that can be had by range. */
export interface RangedBytes {
  /** Names the bytes: others have another tag. */
  readonly tag: string;
  readonly size: number;
  /** @param end exclusive */
  stream(start: number, end: number): Readable;
}

/**
 * Answers with bytes, whole or one range of them, or tells that the asker has them (RFC 9110, 13 and 14).
 * @throws ArchiveError RANGE_NOT_SATISFIABLE
 */
export function sendRanged(
  service: Pick<Service, 'log'>,
  ctx: Context,
  { tag: name, size, stream }: RangedBytes,
): void {
  const tag = `"${name}"`;
  ctx.set({ ETag: tag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' });
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
  ctx.set('Content-Range', `bytes */${size}`); // stands when the range cannot be satisfied
  const range = isSame ? rangeIn(ctx.get('Range'), size) : undefined;
  ctx.remove('Content-Range');
  const { start, end } = range ?? { start: 0, end: size };
  if (range) ctx.set('Content-Range', `bytes ${start}-${end - 1}/${size}`);
  if (ctx.method === 'HEAD') ctx.body = null;
  else sendStream(service, ctx, stream(start, end));
  ctx.status = range ? 206 : 200;
  ctx.length = end - start;
}
