import type { Context, Next } from 'koa';
import { type Actor, authenticate as holderOf } from '../../archive/administration/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Service } from './service.ts';

/**
 * The name of the cookie that carries a session: over TLS with the prefix by which browsers keep other hosts and plain
 * HTTP from setting it (RFC 6265bis 4.1.3.2).
 */
export function sessionCookie(ctx: Context): string {
  return ctx.secure ? '__Host-trajno_session' : 'trajno_session';
}

const reading: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Finds out who asks: by bearer token (RFC 6750), else by the session's cookie. A cookie is sent by the browser whoever
 * wrote the page, so what it changes must come from a page of ours.
 * @throws ArchiveError NOT_AUTHENTICATED for a token that is worth nothing | CROSS_SITE_REQUEST
 */
export function authenticate(service: Pick<Service, 'accounts' | 'context' | 'publicOrigin'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const [, token] = /^bearer +(\S+) *$/i.exec(ctx.get('Authorization')) ?? [];
    if (token !== undefined) {
      const actor = await holderOf(service.context, token, 'api');
      if (!actor) throw new ArchiveError('NOT_AUTHENTICATED', 'This token is not valid. Ask for a new one.');
      Object.assign(ctx.state, { actor, proof: 'token' });
    } else {
      const secret = ctx.cookies.get(sessionCookie(ctx));
      const actor = secret && (await holderOf(service.context, secret, 'session', service.accounts.policy));
      if (actor) {
        if (!reading.includes(ctx.method)) requireSameOrigin(ctx, service.publicOrigin);
        Object.assign(ctx.state, { actor, proof: 'cookie' });
      }
    }
    await next();
  };
}

/**
 * Who asks.
 * @throws ArchiveError NOT_AUTHENTICATED when nobody has said
 */
export function actorOf(ctx: Context): Actor {
  const { actor } = ctx.state as { actor?: Actor };
  if (!actor) throw new ArchiveError('NOT_AUTHENTICATED', 'Send an API token as bearer, or sign in by a link.');
  return actor;
}

/**
 * Where a phone's own menu shares documents with the installed archive. The browser itself sends them, no page does: it
 * says `Sec-Fetch-Site: none`, which no other site can have it say (Fetch Metadata 2.3).
 */
const sharedTo = '/share';

/** @throws ArchiveError CROSS_SITE_REQUEST unless the browser says that a page of this origin sent it */
export function requireSameOrigin(ctx: Context, publicOrigin: string | undefined): void {
  const site = ctx.get('Sec-Fetch-Site');
  const origin = ctx.get('Origin');
  const own = publicOrigin ?? `${ctx.protocol}://${ctx.host}`;
  if (site === 'none' && ctx.path === sharedTo && ctx.method === 'POST') return;
  if (site ? site !== 'same-origin' : origin !== own)
    throw new ArchiveError(
      'CROSS_SITE_REQUEST',
      'This was sent from another site. Open the page of the archive itself.',
    );
}
