import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ArchiveError, type ByteReader, FormatError } from '../../base/index.ts';
import { type PackageReader, zipPackage } from '../../standards/packages/index.ts';
import { readRange } from '../archival-storage/index.ts';
import { tarPackage } from './tar-package.ts';

/** A file on disk as a reader; every read opens it, so that a package of a million files holds none open. */
export async function fileReader(path: string): Promise<ByteReader> {
  const { size } = await stat(path);
  return {
    size,
    read: (offset, length) => readRange(path, offset, Math.max(0, Math.min(length, size - offset))),
  };
}

/**
 * An exported package at `path`: a folder, a ZIP, a TAR, or the folder that an export was written to.
 * @throws ArchiveError USAGE when there is none
 */
export async function openPackage(path: string): Promise<PackageReader> {
  const facts = await stat(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  if (facts.isDirectory()) return folderPackage(await packageFolder(path));
  return archivePackage(path);
}

/** The package in a ZIP or TAR archive. @throws FormatError when it is malformed or not a single top folder */
export async function archivePackage(path: string): Promise<PackageReader> {
  const reader = await fileReader(path);
  const start = Buffer.from(await reader.read(0, 512));
  if (start.subarray(257, 262).toString('latin1') === 'ustar') return tarPackage(path, reader);
  return zipPackage(reader);
}

/** The folder itself when METS.xml lies in it, else the only folder or archive below it that is a package. */
async function packageFolder(path: string): Promise<string> {
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'METS.xml')) return path;
  const candidates: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isDirectory()))
    if ((await readdir(join(path, entry.name))).includes('METS.xml')) candidates.push(join(path, entry.name));
  const [only] = candidates;
  if (!only || candidates.length > 1)
    throw new ArchiveError(
      'USAGE',
      `“${path}” holds ${candidates.length === 0 ? 'no package' : 'several packages'}. Name the package itself.`,
    );
  return only;
}

/** The package in a folder. Links are refused when they are listed. */
export function folderPackage(folder: string): PackageReader {
  return {
    folder: basename(folder),
    list: async function* () {
      for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
        if (entry.isDirectory()) continue;
        const path = pathBelow(folder, entry);
        if (!entry.isFile()) throw new FormatError('package', `${path} is neither a file nor a folder`);
        yield { path, size: (await stat(join(folder, path))).size };
      }
    },
    open: (path) => fileReader(join(folder, path)),
    folders: async () => {
      const entries = await readdir(folder, { withFileTypes: true, recursive: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => pathBelow(folder, entry));
    },
  };
}

function pathBelow(folder: string, entry: Dirent): string {
  return join(entry.parentPath, entry.name).slice(join(folder).length + 1);
}
