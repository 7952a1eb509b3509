import type { Context } from 'koa';
import { closeSession, openSession } from '../../../archive/administration/index.ts';
import { actorOf, sessionCookie } from '../../http/index.ts';
import { isLanguage } from '../../messages/index.ts';
import { answerWith, goTo, ownAddress } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { languageCookie } from '../page-view.ts';
import { SignInPage } from './page.tsx';

const year = 365 * 86_400_000;

/** Coming in by a link that works once, going out, and the language, which needs no one to be known. */
export const sessionPages: readonly PageRoute[] = [
  { method: 'get', path: '/sign-in', answer: signIn },
  { method: 'post', path: '/sign-out', action: 'record.find', answer: signOut },
  {
    method: 'get',
    path: '/language/:language',
    answer: ({ ctx, params, query }) => {
      if (isLanguage(params.language))
        ctx.cookies.set(languageCookie, params.language, { ...cookie(ctx), maxAge: year, httpOnly: true });
      goTo(ctx, ownAddress(query.to));
    },
  },
];

/** A link is spent by opening it, not by asking what it is: HEAD leaves it be. */
async function signIn({ ctx, service, view, query }: PageRequest): Promise<void> {
  const { link } = query;
  if (link && ctx.method === 'GET') {
    const secret = await openSession(service.context, link);
    if (secret) {
      ctx.cookies.set(sessionCookie, secret, { ...cookie(ctx), httpOnly: true });
      return goTo(ctx, '/');
    }
  }
  if (view.actor) return goTo(ctx, '/');
  answerWith(ctx, <SignInPage view={view} isSpent={link !== undefined} />, link === undefined ? 200 : 401);
}

async function signOut({ ctx, service }: PageRequest): Promise<void> {
  actorOf(ctx);
  const secret = ctx.cookies.get(sessionCookie);
  if (secret) await closeSession(service.context, secret);
  ctx.cookies.set(sessionCookie, '', { ...cookie(ctx), httpOnly: true, maxAge: 0 });
  goTo(ctx, '/sign-in');
}

/** Lax, so that a link from a mail opens the archive, while another site's form does nothing here. */
function cookie(ctx: Context) {
  return { sameSite: 'lax' as const, secure: ctx.secure, overwrite: true, path: '/' };
}
