import { Router } from '@koa/router';
import type { Context } from 'koa';
import { actionsWithFreshProof, authorize, requireFreshProof } from '../../archive/administration/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { actorOf } from './authenticate.ts';
import { openApiDocument } from './openapi.ts';
import { readJson } from './request-body.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import type { Service } from './service.ts';
import { bodyCheck, queryCheck } from './validation.ts';

export const apiPrefix = '/api/v1';

/** The router of the API: each route asks who it is, whether they may, and whether what came fits, before it does anything. */
export function apiRouter(service: Service): Router {
  const router = new Router();
  for (const route of routes) router[route.method](`${apiPrefix}${route.path}`, endpoint(service, route));
  const document = JSON.stringify(openApiDocument(routes, service.context.software.version));
  router.get('/api/openapi.json', (ctx) => {
    ctx.state.route = '/api/openapi.json';
    actorOf(ctx);
    ctx.type = 'application/json';
    ctx.body = document;
  });
  return router;
}

function endpoint(service: Service, route: Route) {
  const checkQuery = queryCheck(route.query ?? { type: 'object', additionalProperties: false });
  const checkBody = route.body && route.body.type !== 'multipart/form-data' ? bodyCheck(route.body.schema) : undefined;
  const types = route.body ? bodyTypes(route.body.type) : [];
  return async (ctx: Context & { params: Record<string, string> }): Promise<void> => {
    ctx.state.route = `${apiPrefix}${route.path}`;
    const actor = actorOf(ctx);
    authorize(actor, route.action);
    if (actionsWithFreshProof.includes(route.action)) requireFreshProof(actor, service.context.clock());
    const query = { ...ctx.query };
    checkQuery(query);
    const body = checkBody ? await readJson(ctx.req, types) : undefined;
    checkBody?.(body);
    await route.handle(service, { ctx, actor, params: ctx.params, query, body });
  };
}

/** A merge patch is JSON too, and most programs send it as that. */
function bodyTypes(type: string): string[] {
  return type === 'application/merge-patch+json' ? [type, 'application/json'] : [type];
}

/** Whatever no route answered. @throws ArchiveError ADDRESS_UNKNOWN | METHOD_NOT_ALLOWED with `Allow` */
export function unanswered(router: Router) {
  return async (ctx: Context): Promise<void> => {
    const methods = new Set(router.stack.filter((layer) => layer.match(ctx.path)).flatMap((layer) => layer.methods));
    if (methods.size === 0) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
    ctx.set('Allow', [...methods].join(', '));
    throw new ArchiveError('METHOD_NOT_ALLOWED', `Only ${[...methods].join(', ')} can be done here.`);
  };
}
