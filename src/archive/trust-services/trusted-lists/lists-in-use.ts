import { readFile } from 'node:fs/promises';
import { type Clock, sha256Hex } from '../../../base/index.ts';
import { readTrustedList, type TrustedList } from '../../../standards/trusted-lists/index.ts';
import { listCache } from './list-files.ts';
import { type LoadedLists, loadTrustedLists, type TrustedListSettings } from './load-lists.ts';

/** The trusted lists that verdicts are told by. */
export interface TrustedListsInUse {
  /** The same array until they are loaded again, so that what is made of it once is. */
  current(): Promise<readonly TrustedList[]>;
  /** Where their verified copies lie, for a thread that cannot be handed the lists themselves. */
  files(): Promise<readonly VerifiedFile[]>;
  /** Loads them again. */
  refresh(): Promise<LoadedLists>;
  /** The bytes of a list that is or was in use. */
  contentOf(sha256: string): Promise<Uint8Array | undefined>;
}

/** A file that was verified, and its digest by which it is known not to have changed since. */
export interface VerifiedFile {
  readonly path: string;
  readonly sha256: string;
}

/** Reads lists that were verified before. @throws Error when one is not there, or not what it was */
export async function readVerifiedLists(files: readonly VerifiedFile[]): Promise<TrustedList[]> {
  const lists: TrustedList[] = [];
  for (const { path, sha256 } of files) {
    const bytes = await readFile(path);
    if (sha256Hex(bytes) !== sha256) throw new Error(`${path} is not the trusted list that was verified`);
    lists.push(readTrustedList(bytes));
  }
  return lists;
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
  const current = async () => {
    const isFresh = inUse && clock().getTime() - inUse.since < longestInUse;
    return (await (inUse && isFresh ? inUse.loaded : load())).lists;
  };
  return {
    current,
    files: async () => (await current()).map(({ sha256 }) => ({ path: cache.usedFile(sha256), sha256 })),
    refresh: load,
    contentOf: cache.readUsed,
  };
}
