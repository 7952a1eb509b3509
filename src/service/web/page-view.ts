import type { Context } from 'koa';
import { type Action, type Actor, authorize } from '../../archive/administration/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { isLanguage, languageFor, type Speaker, speaker } from '../messages/index.ts';
import { type Assets, assetsOf } from './assets.ts';

/** What every page is made with besides its own facts. */
export interface PageView {
  readonly t: Speaker;
  /** Addresses of style and scripts, changed whenever they change. */
  readonly assets: Assets;
  /** The path with its query: where the language switch comes back to. */
  readonly here: string;
  readonly actor?: Actor;
  readonly institution: string;
  /** What the visitor's role allows: pages offer nothing that would be refused. */
  may(action: Action): boolean;
}

export const languageCookie = 'trajno_language';

/** The view for a request: the language of its cookie, else of the browser. */
export async function viewFor(ctx: Context, institution: string): Promise<PageView> {
  const chosen = ctx.cookies.get(languageCookie);
  const language = isLanguage(chosen) ? chosen : languageFor(ctx.get('Accept-Language'));
  const { actor } = ctx.state as { actor?: Actor };
  return {
    t: speaker(language),
    assets: await assetsOf(),
    here: ctx.method === 'GET' ? ctx.url : '/',
    institution,
    ...(actor ? { actor } : {}),
    may: (action) => actor !== undefined && isAllowed(actor, action),
  };
}

function isAllowed(actor: Actor, action: Action): boolean {
  try {
    authorize(actor, action);
    return true;
  } catch (error) {
    if (error instanceof ArchiveError) return false;
    throw error;
  }
}
