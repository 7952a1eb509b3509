import { aipPaths } from './aip-paths.ts';

/** The date of every entry of an exchange form: the earliest that ZIP can hold, since the package says its own times. */
export const exchangeDate = new Date('1980-01-01T00:00:00Z');

/** A file of a package in an archive. */
export interface ExchangeEntry {
  /** Its name in the archive, with the root folder. */
  readonly name: string;
  readonly path: string;
}

/**
 * The entries of a package in a ZIP or TAR archive, in the order in which they are streamed: METS.xml first, so that a
 * reader knows what comes, then by path. With entries stored and dated `exchangeDate`, the same package gives the same
 * archive.
 */
export function exchangeEntries(folder: string, paths: Iterable<string>): ExchangeEntry[] {
  const rank = (path: string) => (path === aipPaths.mets ? 0 : 1);
  return [...paths]
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map((path) => ({ name: `${folder}/${path}`, path }));
}
