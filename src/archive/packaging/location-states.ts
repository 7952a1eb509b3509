import { type Connection, knownLocations } from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';

/**
 * Follows what the catalog says of the locations: another process may have taken one out or brought one back.
 * @returns the names of the active ones
 */
export async function followLocationStates(
  { catalog, storage }: Pick<Holdings, 'catalog' | 'storage'>,
  connection: Connection = catalog,
): Promise<string[]> {
  for (const { name, state } of await knownLocations(connection))
    if (storage.stateOf(name) !== state) storage.setState(name, state);
  return storage.active().map(({ description }) => description.name);
}
