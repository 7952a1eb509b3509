import type { ByteReader } from '../../base/index.ts';
import { FormatError } from '../../base/index.ts';
import { openZipEntry, readZip, zipEntryChunks } from '../formats/zip/index.ts';

/** A file of a package, `path` from its root folder. */
export interface PackageEntry {
  readonly path: string;
  readonly size: number;
}

/**
 * How a package comes in, from a folder, an archive or the store.
 * `list` and `open` throw FormatError for a malformed archive, and plain errors when bytes cannot be had.
 */
export interface PackageReader {
  /** The name of the root folder; undefined where the package has none, as in the store. */
  readonly folder: string | undefined;
  list(): AsyncIterable<PackageEntry> | Promise<Iterable<PackageEntry>>;
  open(path: string): Promise<ByteReader>;
  /** The bytes of a file from beginning to end, where that is cheaper, or bears larger files, than `open`. */
  chunks?(path: string): AsyncIterable<Uint8Array>;
  /** Folders, empty ones too, where they are known apart from files. */
  folders?(): Promise<Iterable<string>>;
}

/**
 * The package in a ZIP archive: everything in its single top folder (CSIPSTR3).
 * @throws FormatError when the archive is malformed or has not one top folder
 */
export async function zipPackage(archive: ByteReader): Promise<PackageReader> {
  const entries = await readZip(archive);
  const folders = new Set(entries.map(({ path }) => path.slice(0, Math.max(0, path.indexOf('/')))));
  const [folder] = folders;
  if (folders.size !== 1 || !folder) throw new FormatError('package', 'an archive without a single top folder');
  const byPath = new Map(entries.map((entry) => [entry.path.slice(folder.length + 1), entry]));
  return {
    folder,
    list: async () => [...byPath].map(([path, { size }]) => ({ path, size })),
    open: async (path) => {
      const entry = byPath.get(path);
      if (!entry) throw new FormatError('package', 'a file that is not in the archive');
      return openZipEntry(archive, entry);
    },
    chunks: async function* (path) {
      const entry = byPath.get(path);
      if (!entry) throw new FormatError('package', 'a file that is not in the archive');
      yield* zipEntryChunks(archive, entry);
    },
  };
}

/** The package whose files are in memory: for tests and for packages just built. */
export function filesPackage(folder: string | undefined, files: ReadonlyMap<string, Uint8Array>): PackageReader {
  return {
    folder,
    list: async () => [...files].map(([path, bytes]) => ({ path, size: bytes.length })),
    open: async (path) => {
      const bytes = files.get(path);
      if (!bytes) throw new FormatError('package', 'a file that is not there');
      return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
    },
  };
}
