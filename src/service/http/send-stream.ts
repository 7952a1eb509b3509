import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import { logFailure } from './access-log.ts';
import type { Service } from './service.ts';

/**
 * Answers with a stream. When it fails in the middle the connection is broken off: half a file must never look whole.
 * When the client goes away the stream is let go.
 */
export function sendStream({ log }: Pick<Service, 'log'>, ctx: Context, stream: Readable): void {
  const { res } = ctx;
  stream.once('error', (error) => {
    logFailure({ log }, ctx.state.requestId, error);
    res.destroy();
  });
  res.once('close', () => stream.destroy());
  ctx.body = stream;
}
