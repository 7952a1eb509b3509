import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the archive's own test keys lie, below the data folder: never in the store. */
export const keysFolder = (dataFolder: string): string => join(dataFolder, 'keys');

/**
 * The text of a key file, made first if there is none. The file is readable by its owner alone, comes into sight whole,
 * and is the same for all when several processes start at once: the first to finish wins, the others take its file.
 */
export async function readOrMakeKeyFile(folder: string, name: string, make: () => Promise<string>): Promise<string> {
  const path = join(folder, name);
  const existing = await readIfThere(path);
  if (existing !== undefined) return existing;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await publish(folder, path, await make());
  return readFile(path, 'utf8');
}

/** The names of key files with this beginning, newest number last. */
export async function keyFilesNamed(folder: string, beginning: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.startsWith(beginning) && /-\d{4}\.pem$/.test(name)).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A link fails where a rename would replace another process's key. */
async function publish(folder: string, path: string, text: string): Promise<void> {
  const unseen = join(folder, `.unfinished-${randomUUID()}`);
  try {
    const file = await open(unseen, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unseen, path).catch((error) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await unlink(unseen).catch((error) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;
