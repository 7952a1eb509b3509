import type { Context } from 'koa';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Answers with a page. */
export function answerWith(ctx: Context, page: VNode, status = 200): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!DOCTYPE html>${renderToString(page)}`;
}

/** Sends the browser on after something was done, so that loading again does not do it twice. */
export function goTo(ctx: Context, address: string): void {
  ctx.status = 303;
  ctx.set('Location', address);
  ctx.body = '';
}

/** An address of our own to come back to, or the first page: never another site. */
export function ownAddress(address: unknown): string {
  if (typeof address !== 'string' || address.length > 2000) return '/';
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(address) && !address.includes('\\') ? address : '/';
}
