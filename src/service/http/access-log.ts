import { randomUUID } from 'node:crypto';
import type { Context, Next } from 'koa';
import { isOurFault } from './failures.ts';
import type { RequestCounter } from './metrics.ts';
import type { Service } from './service.ts';

/** The status in the log when the client went away before it had an answer, as proxies write it. */
const leftBeforeAnswer = 499;

/**
 * Gives every request an id and writes one line about it when it is answered: the route's pattern, never the address,
 * so that no name, title or search stands in a log.
 */
export function accessLog({ log }: Pick<Service, 'log'>, counter: RequestCounter) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const started = performance.now();
    ctx.state.requestId = randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    ctx.res.once('close', () => {
      const milliseconds = Math.round((performance.now() - started) * 10) / 10;
      const route = ctx.state.route ?? 'none';
      const status = ctx.res.headersSent ? ctx.res.statusCode : leftBeforeAnswer;
      const line = {
        request: ctx.state.requestId,
        method: ctx.method,
        route,
        status,
        milliseconds,
        ...(ctx.res.writableFinished ? {} : { aborted: true }),
      };
      counter.count(ctx.method, route, status, milliseconds / 1000);
      if (isQuiet(route) && status < 400) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    await next();
  };
}

/** Writes what went wrong here; refusals are the callers' affair and stand in the access log by their status. */
export function logFailure({ log }: Pick<Service, 'log'>, requestId: string, error: unknown): void {
  if (isOurFault(error)) log.error({ request: requestId, failure: describeFailure(error) }, 'request failed');
}

/** The names, codes and places of an error and its causes. Messages may hold names of files and stay out. */
export function describeFailure(error: unknown): object[] {
  const told: object[] = [];
  for (let cause = error; cause instanceof Error && told.length < 5; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const places = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    told.push({ name: cause.name, ...(code ? { code } : {}), at: places.slice(0, 6).map((line) => line.trim()) });
  }
  return told;
}

function isQuiet(route: string): boolean {
  return ['/healthz', '/readyz', '/metrics', '/assets/:file'].includes(route);
}
