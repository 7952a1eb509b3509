import type { Router } from '@koa/router';
import type { Context, Next } from 'koa';
import { ArchiveError } from '../../base/index.ts';
import { isAborted, logFailure, type Problem, problemOf, readOn, type Service } from '../http/index.ts';
import { answerWith, ownAddress } from './answer.ts';
import { sharePath } from './install/manifest.ts';
import { Layout } from './layout.tsx';
import { type PageView, viewFor } from './page-view.ts';
import { SignInPage } from './session/page.tsx';

/** Every failure becomes a page in the visitor's language; its cause stays in the log. */
export function errorPages(service: Service, router: Router) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
      if (!ctx.state.route) throw nothingThere(ctx, router);
    } catch (error) {
      const { requestId } = ctx.state;
      logFailure(service, requestId, error);
      if (isAborted(error) && ctx.req.destroyed) return;
      const view = await viewFor(ctx, service.context.institution.name);
      for (const name of ['Content-Disposition', 'ETag', 'Content-Range']) ctx.remove(name);
      const problem = problemOf(error, requestId);
      ctx.set('Cache-Control', 'no-store');
      if (problem.code === 'NOT_AUTHENTICATED')
        answerWith(
          ctx,
          <SignInPage
            view={view}
            to={ownAddress(view.here)}
            hasProvider={service.identityProvider !== undefined}
            {...(ctx.path === sharePath ? { notice: view.t.say('share.signIn') } : {})}
          />,
          problem.status,
        );
      else {
        const place = reasonPlace(ctx);
        const page = (
          <ProblemPage
            view={view}
            problem={problem}
            requestId={requestId}
            cameFrom={cameFrom(ctx)}
            {...(place ? { reasonAt: place } : {})}
          />
        );
        answerWith(ctx, page, problem.status);
      }
      readOn(ctx);
    }
  };
}

function nothingThere(ctx: Context, router: Router): ArchiveError {
  const methods = router.stack.filter((layer) => layer.match(ctx.path)).flatMap((layer) => layer.methods);
  if (methods.length === 0) return new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
  ctx.set('Allow', [...new Set(methods)].join(', '));
  return new ArchiveError('METHOD_NOT_ALLOWED', 'This cannot be done here.');
}

interface ProblemProps {
  readonly view: PageView;
  readonly problem: Problem;
  readonly requestId: string;
  /** The page that the visitor goes on with once they proved who they are. */
  readonly cameFrom: string;
  /** Where the reason for reading a record is sent to, and where the visitor was. */
  readonly reasonAt?: ReasonPlace;
}

interface ReasonPlace {
  readonly action: string;
  readonly next: string;
}

function ProblemPage({ view, problem, requestId, cameFrom, reasonAt }: ProblemProps) {
  const { t } = view;
  const title = t.say(problem.code === 'FRESH_PROOF_REQUIRED' ? 'confirm.title' : 'problem.title');
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <p class="lead">{t.problem(problem.code)}</p>
      {t.language === 'en' && problem.detail ? <p>{problem.detail}</p> : null}
      {problem.errors ? (
        <ul>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer}>
              <code>{pointer}</code> {t.fault(detail)}
            </li>
          ))}
        </ul>
      ) : null}
      <p class="muted">
        {t.say('problem.request')} <code>{requestId}</code>
      </p>
      {problem.code === 'REASON_REQUIRED' && reasonAt ? <ReasonForm view={view} {...reasonAt} /> : null}
      {problem.code === 'FRESH_PROOF_REQUIRED' ? (
        <p>
          <a class="button" href={`/confirm?to=${encodeURIComponent(cameFrom)}`}>
            {t.say('confirm.title')}
          </a>
        </p>
      ) : null}
      <p>
        <a href="/">{t.say('problem.home')}</a>
      </p>
    </Layout>
  );
}

function ReasonForm({ view: { t }, action, next }: ReasonPlace & { readonly view: PageView }) {
  return (
    <form method="post" action={action} class="narrow">
      <input type="hidden" name="next" value={next} />
      <div class="field">
        <label for="reason">{t.say('access.reason')}</label>
        <textarea id="reason" name="reason" required minLength={3} maxLength={500} rows={2} />
      </div>
      <p class="actions">
        <button type="submit" class="primary">
          {t.say('access.goOn')}
        </button>
      </p>
    </form>
  );
}

/** The page itself, or the one whose form was sent: what was sent is not kept, and is filled in again. */
function cameFrom({ method, url, host, headers: { referer = '' } }: Context): string {
  if (method === 'GET') return ownAddress(url);
  if (!URL.canParse(referer)) return '/';
  const page = new URL(referer);
  return page.host === host ? ownAddress(page.pathname + page.search) : '/';
}

/** A page of a record is opened again when the reason was given; a form is filled in again. */
function reasonPlace({ path, method, url }: Context): ReasonPlace | undefined {
  const [, record] = /^\/records\/([^/]+)/.exec(path) ?? [];
  if (!record) return undefined;
  return { action: `/records/${record}/reason`, next: method === 'GET' ? url : `/records/${record}` };
}
