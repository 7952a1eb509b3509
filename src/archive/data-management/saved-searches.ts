import type { Connection } from './catalog.ts';

/** A search that someone keeps for themselves. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  /** The part of the page's address after `?`. */
  readonly query: string;
}

/** Whose searches: a person, or the name of a token. */
export interface SearchOwner {
  readonly institution: string;
  readonly owner: string;
}

const where = ({ institution, owner }: SearchOwner) => ({ institution_id: institution, owner });

/** Someone's searches by their names. */
export async function savedSearches(connection: Connection, owner: SearchOwner, limit: number): Promise<SavedSearch[]> {
  return connection('saved_searches').where(where(owner)).orderBy('name').limit(limit).select('id', 'name', 'query');
}

/** Keeps a search; one of the same name is replaced. */
export async function putSavedSearch(
  connection: Connection,
  owner: SearchOwner,
  search: SavedSearch,
  createdAt: string,
): Promise<void> {
  await connection('saved_searches')
    .where({ ...where(owner), name: search.name })
    .delete();
  await connection('saved_searches').insert({ ...where(owner), ...search, created_at: createdAt });
}

/** @returns whether it was there */
export async function removeSavedSearch(connection: Connection, owner: SearchOwner, id: string): Promise<boolean> {
  return (
    (await connection('saved_searches')
      .where({ ...where(owner), id })
      .delete()) > 0
  );
}
