import type { Clock } from '../../../base/index.ts';
import type { TrustedList } from '../../../standards/trusted-lists/index.ts';
import { listCache } from './list-files.ts';
import { type LoadedLists, loadTrustedLists, type TrustedListSettings } from './load-lists.ts';

/** The trusted lists that verdicts are told by. */
export interface TrustedListsInUse {
  /** The same array until they are loaded again, so that what is made of it once is. */
  current(): Promise<readonly TrustedList[]>;
  /** Loads them again. */
  refresh(): Promise<LoadedLists>;
  /** The bytes of a list that is or was in use. */
  contentOf(sha256: string): Promise<Uint8Array | undefined>;
}

/** After this what is in use is loaded again: another process may have fetched newer ones. */
const longestInUse = 24 * 3_600_000;

/** @param settings undefined where no list is configured: then nothing is said of qualification */
export function trustedListsInUse(
  settings: TrustedListSettings | undefined,
  clock: Clock,
): TrustedListsInUse | undefined {
  if (!settings) return undefined;
  const cache = listCache(settings.cacheFolder);
  let inUse: { readonly since: number; readonly loaded: Promise<LoadedLists> } | undefined;
  const load = () => {
    const loaded = loadTrustedLists(settings, clock);
    const before = inUse;
    inUse = { since: clock().getTime(), loaded };
    loaded.catch(() => {
      inUse = before; // the next caller tries again
    });
    return loaded;
  };
  return {
    current: async () => {
      const isFresh = inUse && clock().getTime() - inUse.since < longestInUse;
      return (await (inUse && isFresh ? inUse.loaded : load())).lists;
    },
    refresh: load,
    contentOf: cache.readUsed,
  };
}
