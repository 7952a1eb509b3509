import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../../base/index.ts';
import { isTar } from '../../standards/formats/tar/index.ts';
import { onlyFolderOf, type PackageReader, tarTree, zipTree } from '../../standards/packages/index.ts';
import { fileReader } from '../archival-storage/index.ts';
import { folderPackage } from '../packaging/index.ts';

/**
 * An exported package at `path`: a folder, a ZIP, a TAR, or the folder that an export was written to.
 * @throws ArchiveError USAGE when there is none
 */
export async function openPackage(path: string): Promise<PackageReader> {
  const facts = await stat(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  if (facts.isDirectory()) return folderPackage(await packageFolder(path));
  return onlyFolderOf(await archiveTree(path));
}

/** All that lies in a ZIP or TAR archive. @throws FormatError when it is malformed */
export async function archiveTree(path: string): Promise<PackageReader> {
  const reader = await fileReader(path);
  return (await isTar(reader)) ? tarTree(reader) : zipTree(reader);
}

/** The folder itself when METS.xml lies in it, else the only folder or archive below it that is a package. */
async function packageFolder(path: string): Promise<string> {
  const { folder, foundBelow, candidates } = await earkFolder(path);
  if (foundBelow || candidates === undefined) return folder;
  throw new ArchiveError(
    'USAGE',
    `“${path}” holds ${candidates === 0 ? 'no package' : 'several packages'}. Name the package itself.`,
  );
}

/**
 * The folder itself; or the only folder in it that has a METS.xml, where it has none, as an export makes it.
 * @returns `candidates`: where neither is so, how many folders in it have one
 */
export async function earkFolder(
  path: string,
): Promise<{ readonly folder: string; readonly foundBelow: boolean; readonly candidates?: number }> {
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'METS.xml')) return { folder: path, foundBelow: false };
  const below: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isDirectory()))
    if ((await readdir(join(path, entry.name))).includes('METS.xml')) below.push(join(path, entry.name));
  const [only] = below;
  if (only !== undefined && below.length === 1) return { folder: only, foundBelow: true };
  return { folder: path, foundBelow: false, candidates: below.length };
}
