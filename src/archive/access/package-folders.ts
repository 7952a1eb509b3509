import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '../../base/index.ts';
import { recognizePackage } from '../../standards/packages/index.ts';
import { folderPackage } from '../packaging/index.ts';

/**
 * The folders among what is at `path` that are packages of someone's making, bags or E-ARK, by their content: the folder
 * itself, or those that lie in it.
 * @returns none for a file, and for a folder of loose files
 */
export async function packageFolders(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => undefined); // whoever reads it tells that it cannot be read
  if (!facts?.isDirectory()) return [];
  if (await isPackage(path)) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  const found: string[] = [];
  for (const folder of below.sort()) if (await isPackage(folder)) found.push(folder);
  return found;
}

async function isPackage(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  if (!names.includes('bagit.txt') && !names.includes('METS.xml')) return false;
  try {
    return (await recognizePackage(folderPackage(folder))) !== undefined;
  } catch (error) {
    if (error instanceof FormatError) return false; // links, and what else no package has
    throw error;
  }
}
