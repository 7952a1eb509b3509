import { Router } from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { authenticate, rateLimit, requireSameOrigin, type Service } from '../http/index.ts';
import { accessPages } from './access/route.tsx';
import { accountPages } from './account/route.tsx';
import { auditPages } from './audit/route.tsx';
import { checkPages } from './check/route.tsx';
import { confirmPages } from './confirm/route.tsx';
import { copyPages } from './copies/route.tsx';
import { errorPages } from './error-pages.tsx';
import { findPages } from './find/route.tsx';
import { installPages } from './install/route.tsx';
import { officePages } from './office/route.ts';
import { operationsPages } from './operations/route.tsx';
import { admit, type PageRoute, queryOf } from './page-route.ts';
import { viewFor } from './page-view.ts';
import { peoplePages } from './people/route.tsx';
import { profilePages } from './profiles/route.tsx';
import { receiptPages } from './receipt/route.tsx';
import { recordPages } from './record/route.tsx';
import { sessionPages } from './session/route.tsx';
import { staticFiles } from './static-files.ts';
import { taskPages } from './tasks/route.tsx';
import { tokenPages } from './tokens/route.tsx';
import { uploadPages } from './upload/route.tsx';
import { verifyPages } from './verify/route.tsx';

/** Every page. */
export const pageRoutes: readonly PageRoute[] = [
  ...uploadPages,
  ...findPages,
  ...recordPages,
  ...accessPages,
  ...copyPages,
  ...receiptPages,
  ...taskPages,
  ...officePages,
  ...auditPages,
  ...operationsPages,
  ...checkPages,
  ...verifyPages,
  ...sessionPages,
  ...confirmPages,
  ...accountPages,
  ...peoplePages,
  ...profilePages,
  ...tokenPages,
  ...installPages,
  ...staticFiles,
];

/** The pages people use: answers every address that is not a machine's. */
export function pages(service: Service): Middleware {
  const router = new Router();
  const limit = rateLimit(service.context.clock);
  for (const route of pageRoutes)
    router[route.method](route.path, async (ctx: Context & { params: Record<string, string> }) => {
      ctx.state.route = route.path;
      if (route.isLimited) limit(ctx);
      if (route.method === 'post' && ctx.state.proof !== 'token') requireSameOrigin(ctx, service.publicOrigin);
      admit(ctx, route.action, service.context.clock());
      const view = await viewFor(ctx, service.context.institution.name);
      await route.answer({ ctx, service, view, params: ctx.params, query: queryOf(ctx) });
    });
  const [tellFailures, know, answer] = [errorPages(service, router), authenticate(service), router.routes()];
  const nothing = async () => {};
  return async (ctx: Context, next: Next) => {
    if (isForMachines(ctx.path)) await next();
    else await tellFailures(ctx, () => know(ctx, () => answer(ctx as never, nothing) as Promise<void>));
  };
}

function isForMachines(path: string): boolean {
  return path === '/api' || path.startsWith('/api/') || ['/healthz', '/readyz', '/metrics'].includes(path);
}
