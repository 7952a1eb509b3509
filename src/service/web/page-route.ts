import type { Context } from 'koa';
import {
  type Action,
  actionsWithFreshProof,
  authorize,
  requireFreshProof,
} from '../../archive/administration/index.ts';
import { actorOf, type Service } from '../http/index.ts';
import type { PageView } from './page-view.ts';

/** A request for a page whose visitor is known and allowed. */
export interface PageRequest {
  readonly ctx: Context;
  readonly service: Service;
  readonly view: PageView;
  readonly params: Readonly<Record<string, string>>;
  /** The query's first values. */
  readonly query: Readonly<Record<string, string>>;
}

/** A page, or what a form on it does. */
export interface PageRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** What the visitor must be allowed to do; left out where nobody need be known. */
  readonly action?: Action;
  /** Anybody may ask, so many times a minute from one address. */
  readonly isLimited?: true;
  readonly answer: (request: PageRequest) => Promise<void> | void;
}

/** @throws ArchiveError NOT_AUTHENTICATED | NOT_AUTHORIZED | FRESH_PROOF_REQUIRED */
export function admit(ctx: Context, action: Action | undefined, now: Date): void {
  if (!action) return;
  authorize(actorOf(ctx), action);
  if (actionsWithFreshProof.includes(action)) requireFreshProof(actorOf(ctx), now);
}

export function queryOf(ctx: Context): Record<string, string> {
  const entries = Object.entries(ctx.query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}
