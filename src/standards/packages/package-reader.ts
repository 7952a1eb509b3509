import type { ByteReader } from '../../base/index.ts';
import { FormatError } from '../../base/index.ts';
import { readTar } from '../formats/tar/index.ts';
import { openZipEntry, readZip, type ZipLimits, zipEntryChunks } from '../formats/zip/index.ts';

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
  /** Digests that are known of a file already, by the names of node:crypto, lower-case hex. */
  digests?(path: string): ReadonlyMap<string, string> | undefined;
  /** Folders, empty ones too, where they are known apart from files. */
  folders?(): Promise<Iterable<string>>;
}

/**
 * All that lies in a ZIP archive.
 * @throws FormatError when the archive is malformed or passes the limits
 */
export async function zipTree(archive: ByteReader, limits?: ZipLimits): Promise<PackageReader> {
  const byPath = new Map((await readZip(archive, limits)).map((entry) => [entry.path, entry]));
  const entryAt = (path: string) => found(byPath.get(path));
  return {
    folder: undefined,
    list: async () => [...byPath].map(([path, { size }]) => ({ path, size })),
    open: async (path) => openZipEntry(archive, entryAt(path)),
    chunks: async function* (path) {
      yield* zipEntryChunks(archive, entryAt(path));
    },
  };
}

/**
 * All that lies in a TAR archive. Files are read in place.
 * @throws FormatError when the archive is malformed
 */
export async function tarTree(archive: ByteReader): Promise<PackageReader> {
  const { files, folders } = await readTar(archive);
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    folder: undefined,
    list: async () => files,
    open: async (path) => {
      const { offset, size } = found(byPath.get(path));
      return {
        size,
        read: (start, length) => archive.read(offset + start, Math.max(0, Math.min(length, size - start))),
      };
    },
    folders: async () => folders,
  };
}

/** The part of `tree` that lies in one of its folders. */
export function folderOf(tree: PackageReader, folder: string): PackageReader {
  const below = `${folder}/`;
  return {
    folder: folder.slice(folder.lastIndexOf('/') + 1),
    list: async function* () {
      for await (const { path, size } of await tree.list())
        if (path.startsWith(below)) yield { path: path.slice(below.length), size };
    },
    open: (path) => tree.open(below + path),
    ...(tree.chunks ? { chunks: (path: string) => tree.chunks?.(below + path) ?? nothing() } : {}),
    ...(tree.digests ? { digests: (path: string) => tree.digests?.(below + path) } : {}),
    ...(tree.folders ? { folders: async () => foldersBelow((await tree.folders?.()) ?? [], below) } : {}),
  };
}

/** The package in an archive's single top folder (CSIPSTR3, AIP27). @throws FormatError when there is not one */
export async function onlyFolderOf(tree: PackageReader): Promise<PackageReader> {
  const folders = new Set<string>();
  for await (const { path } of await tree.list()) folders.add(path.slice(0, Math.max(0, path.indexOf('/'))));
  const [folder] = folders;
  if (folders.size !== 1 || !folder) throw new FormatError('package', 'an archive without a single top folder');
  return folderOf(tree, folder);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function foldersBelow(folders: Iterable<string>, below: string): string[] {
  return [...folders].flatMap((path) => (path.startsWith(below) ? [path.slice(below.length)] : []));
}

function found<Entry>(entry: Entry | undefined): Entry {
  if (entry === undefined) throw new FormatError('package', 'a file that is not in the archive');
  return entry;
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
