import Koa from 'koa';
import { accessLog } from './access-log.ts';
import { apiRouter, unanswered } from './api-router.ts';
import { actorOf, authenticate } from './authenticate.ts';
import { healthRouter, metricsRouter } from './health.ts';
import { requestCounter } from './metrics.ts';
import { problemTexts } from './problem-texts.ts';
import { securityHeaders } from './security-headers.ts';
import type { Service } from './service.ts';
import { tellProblems } from './tell-problems.ts';
import { uploadsPath } from './uploads/uploads.ts';

/** What the application serves besides the API. */
export interface AppParts {
  /** The pages for people: answers whatever is not the API's. */
  readonly pages?: (service: Service) => Koa.Middleware;
  /** The text of `docs/problems.md`. */
  readonly problems: string;
}

/** The list of middleware, in the order in which a request meets it. */
export function createApp(service: Service, { pages, problems }: AppParts): Koa {
  const app = new Koa({ proxy: service.publicOrigin !== undefined, maxIpsCount: 1 }); // the proxy's own word, not the client's
  const counter = requestCounter();
  const api = apiRouter(service);
  app.use(accessLog(service, counter));
  app.use(securityHeaders);
  if (pages) app.use(pages(service));
  app.use(tellProblems(service));
  app.use(healthRouter(service, problemTexts(problems)).routes());
  app.use(authenticate(service));
  app.use(metricsRouter(service, counter).routes());
  app.use(resumableUploads(service));
  app.use(api.routes());
  app.use(unanswered(api));
  app.on('error', () => undefined); // told of by tellProblems and the access log
  return app;
}

/** The tus protocol has methods and headers of its own, which no route describes. */
function resumableUploads({ uploads }: Service): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.path !== uploadsPath && !ctx.path.startsWith(`${uploadsPath}/`)) return next();
    ctx.state.route = `${uploadsPath}/:upload`;
    await uploads.handle(ctx, actorOf(ctx));
  };
}
