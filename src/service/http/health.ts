import { Router } from '@koa/router';
import type { Context } from 'koa';
import { authorize } from '../../archive/administration/index.ts';
import { readHead } from '../../archive/data-management/index.ts';
import { actorOf } from './authenticate.ts';
import { metricsText, type RequestCounter } from './metrics.ts';
import type { ProblemTexts } from './problem-texts.ts';
import { scannerAnswers } from './scanner-answers.ts';
import type { Service } from './service.ts';

type Answer = (ctx: Context & { params: Record<string, string> }) => Promise<void> | void;

function at(router: Router, path: string, answer: Answer): void {
  router.get(path, async (ctx) => {
    ctx.state.route = path;
    ctx.type = 'text/plain; charset=utf-8';
    await answer(ctx);
  });
}

/** What anyone may ask: does it live, is it ready, and what does a problem's type mean. */
export function healthRouter(service: Service, problems: ProblemTexts): Router {
  const router = new Router();
  at(router, '/healthz', (ctx) => {
    ctx.body = 'ok\n';
  });
  at(router, '/readyz', async (ctx) => {
    const isReady = !service.isStopping() && (await canWork(service));
    ctx.status = isReady ? 200 : 503;
    ctx.body = isReady ? `ready\n${(await scannerAnswers(service)) === false ? waitsForScanner : ''}` : 'not ready\n';
  });
  at(router, '/api/problems/:code', (ctx) => {
    ctx.body = problems.find(ctx.params.code ?? '');
  });
  return router;
}

/** How the service is doing, for those who may see its jobs. */
export function metricsRouter(service: Service, counter: RequestCounter): Router {
  const router = new Router();
  at(router, '/metrics', async (ctx) => {
    authorize(actorOf(ctx), 'job.read');
    ctx.type = 'text/plain; version=0.0.4; charset=utf-8';
    ctx.body = await metricsText(service, counter);
  });
  return router;
}

/** The service takes records all the same: they are safe, and wait. */
const waitsForScanner = 'the malware scanner does not answer: what is received waits for it\n';

/** The catalog answers and every active location can be asked. */
async function canWork({ context, log }: Service): Promise<boolean> {
  try {
    await readHead(context.catalog);
    await Promise.all(context.storage.active().map((driver) => driver.facts()));
    return true;
  } catch (error) {
    log.warn({ failure: (error as Error).name }, 'not ready');
    return false;
  }
}
