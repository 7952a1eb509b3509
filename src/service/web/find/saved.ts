import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../archive/administration/index.ts';
import {
  putSavedSearch,
  removeSavedSearch,
  type SearchOwner,
  savedSearches,
} from '../../../archive/data-management/index.ts';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { actorOf, readPlainForm } from '../../http/index.ts';
import { goTo } from '../answer.ts';
import type { PageRequest } from '../page-route.ts';
import { addressOf, askedIn, withoutCursor } from './asked.ts';

/** Nobody looks through more. */
export const mostSaved = 50;

/** Searches are a person's own; a program's belong to its token. */
export function searchOwner({ institution, person, name }: Actor): SearchOwner {
  return { institution, owner: person ?? `token ${name}` };
}

/** Keeps what was asked for under a name. */
export async function keepSearch({ ctx, service }: PageRequest): Promise<void> {
  const { catalog, clock } = service.context;
  const form = await readPlainForm(ctx.req);
  const name = (form.get('name') ?? '').trim().slice(0, 100);
  const asked = withoutCursor(askedIn(Object.fromEntries(new URLSearchParams(form.get('query') ?? ''))));
  if (name === '') throw new ArchiveError('REQUEST_MALFORMED', 'Give the search a name.');
  const owner = searchOwner(actorOf(ctx));
  if ((await savedSearches(catalog, owner, mostSaved)).length >= mostSaved)
    throw new ArchiveError('REQUEST_MALFORMED', `There are ${mostSaved} saved searches. Remove one first.`);
  const query = new URLSearchParams(asked as Record<string, string>).toString();
  await putSavedSearch(catalog, owner, { id: randomUUID(), name, query }, utcSeconds(clock()));
  goTo(ctx, addressOf(asked));
}

/** Removes one's own; of another's it is not said whether there is one. */
export async function removeSearch({ ctx, service }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  await removeSavedSearch(service.context.catalog, searchOwner(actorOf(ctx)), form.get('id') ?? '');
  goTo(ctx, '/find');
}
