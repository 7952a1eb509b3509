import type { Context, Next } from 'koa';
import { logFailure } from './access-log.ts';
import { isAborted } from './failures.ts';
import { problemOf } from './problem.ts';
import type { Service } from './service.ts';

/** How much more of a refused upload is let in, so that the client hears why, and for how long. */
const readOnBytes = 64 << 20;
const readOnMilliseconds = 20_000;

/** Every failure of the API becomes a problem document (RFC 9457); the cause stays here, in the log. */
export function tellProblems(service: Pick<Service, 'log'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
    } catch (error) {
      const { requestId } = ctx.state;
      logFailure(service, requestId, error);
      if (isAborted(error) && ctx.req.destroyed) return;
      const problem = problemOf(error, requestId);
      ctx.status = problem.status;
      if (problem.code === 'NOT_AUTHENTICATED') ctx.set('WWW-Authenticate', 'Bearer realm="Trajno"');
      if (problem.status === 503) ctx.set('Retry-After', '5');
      ctx.set('Cache-Control', 'no-store');
      ctx.remove('Content-Disposition');
      ctx.remove('ETag');
      ctx.type = 'application/problem+json';
      ctx.body = JSON.stringify(problem);
      readOn(ctx);
    }
  };
}

/** Lets what is left of a refused request flow by for a while: who still sends does not yet listen. */
export function readOn({ req, res }: Pick<Context, 'req' | 'res'>): void {
  if (req.complete || req.destroyed) return;
  res.setHeader('Connection', 'close');
  const end = () => req.socket.destroy();
  const timer = setTimeout(end, readOnMilliseconds);
  timer.unref();
  let size = 0;
  req.unpipe();
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > readOnBytes) end();
  });
  req.once('close', () => clearTimeout(timer));
  req.resume();
}
