import type { Context } from 'koa';
import { type Service, sessionCookie } from '../../http/index.ts';

/** What stands in a cookie between two steps of signing in: the first factor's proof, or what a provider must answer to. */
const stepCookie = 'trajno_step';

/** Gives the browser a session. It is a new one, whatever the browser had before: nobody is handed a session to use. */
export function setSession(ctx: Context, secret: string): void {
  ctx.cookies.set(sessionCookie(ctx), secret, { ...ownCookie(ctx), httpOnly: true });
}

export function sessionSecret(ctx: Context): string | undefined {
  return ctx.cookies.get(sessionCookie(ctx));
}

export function dropSession(ctx: Context): void {
  ctx.cookies.set(sessionCookie(ctx), '', { ...ownCookie(ctx), httpOnly: true, maxAge: 0 });
}

export function setStep(ctx: Context, secret: string): void {
  ctx.cookies.set(stepCookie, secret, { ...ownCookie(ctx), httpOnly: true, maxAge: 600_000 });
}

/** Read once: whatever comes of the step, the next one has its own. */
export function takeStep(ctx: Context): string | undefined {
  const secret = ctx.cookies.get(stepCookie);
  if (secret) ctx.cookies.set(stepCookie, '', { ...ownCookie(ctx), httpOnly: true, maxAge: 0 });
  return secret;
}

/** Lax, so that a link from a mail opens the archive, while another site's form does nothing here. */
export function ownCookie(ctx: Context) {
  return { sameSite: 'lax' as const, secure: ctx.secure, overwrite: true, path: '/' };
}

/** The origin that the browser sees: passkeys are bound to it, and a provider sends people back to it. */
export function ownOrigin({ publicOrigin }: Pick<Service, 'publicOrigin'>, ctx: Context): string {
  return publicOrigin ?? `${ctx.protocol}://${ctx.host}`;
}

export function callerOf(ctx: Context): { address: string } {
  return { address: ctx.ip };
}
