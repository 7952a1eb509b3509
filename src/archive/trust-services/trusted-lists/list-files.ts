import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError, sha256Hex } from '../../../base/index.ts';

/** Where lists that were fetched, and every list that was used, lie below the data folder. */
export interface ListCache {
  /** What an address gave last, and when that was. */
  readFetched(address: string): Promise<{ readonly bytes: Uint8Array; readonly at: Date } | undefined>;
  keepFetched(address: string, bytes: Uint8Array): Promise<void>;
  /** Puts a list that is in use under its digest. */
  keepUsed(sha256: string, bytes: Uint8Array): Promise<void>;
  /** Where a list lies that is in use. */
  usedFile(sha256: string): string;
  /** A list that was in use; undefined where it is there no more, or is not what it was. */
  readUsed(sha256: string): Promise<Uint8Array | undefined>;
}

/** @param folder made when something is first kept */
export function listCache(folder: string): ListCache {
  const fetchedFile = (address: string) => join(folder, `fetched-${sha256Hex(Buffer.from(address))}.xml`);
  const usedFile = (sha256: string) => join(folder, `${sha256}.xml`);
  const write = async (file: string, bytes: Uint8Array) => {
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `draft-${randomUUID()}`);
    await writeFile(draft, bytes);
    await rename(draft, file);
  };
  return {
    readFetched: async (address) => {
      const file = fetchedFile(address);
      const bytes = await readIfThere(file);
      return bytes && { bytes, at: (await stat(file)).mtime };
    },
    keepFetched: (address, bytes) => write(fetchedFile(address), bytes),
    keepUsed: async (sha256, bytes) => {
      if (!(await readIfThere(usedFile(sha256)))) await write(usedFile(sha256), bytes);
    },
    usedFile,
    readUsed: async (sha256) => {
      const bytes = await readIfThere(usedFile(sha256));
      return bytes && sha256Hex(bytes) === sha256 ? bytes : undefined;
    },
  };
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Lists are smaller: what is larger is not read. */
export const largestList = 32 << 20;

/** A file that may be a list; without its bytes where it is larger than a list is. */
export interface ListFile {
  readonly name: string;
  readonly bytes: Uint8Array | undefined;
}

/**
 * The XML files that a setting names: a file, or those of a folder.
 * @throws ArchiveError USAGE when there is nothing of that name
 */
export async function listFiles(path: string): Promise<ListFile[]> {
  const facts = await stat(path).catch((cause) => {
    throw new ArchiveError('USAGE', `The trusted list “${path}” cannot be read. Check the name.`, { cause });
  });
  const names = facts.isDirectory()
    ? (await readdir(path)).filter((name) => /\.(xml|xtsl)$/i.test(name)).map((name) => join(path, name))
    : [path];
  const files: ListFile[] = [];
  for (const name of names.sort())
    files.push({ name, bytes: (await stat(name)).size <= largestList ? await readFile(name) : undefined });
  return files;
}
