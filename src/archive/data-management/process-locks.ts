import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import knex from 'knex';

/**
 * Tells which processes are alive, by locks that the operating system drops when a process ends, however it ends.
 * An SQLite database that is held in an exclusive transaction is such a lock, and needs no further dependency.
 */
export interface ProcessLock {
  readonly owner: string;
  release(): Promise<void>;
}

/** Takes the lock `name`, or tells by undefined that a living process holds it. */
export async function takeLock(folder: string, name: string): Promise<ProcessLock | undefined> {
  await mkdir(folder, { recursive: true });
  const filename = join(folder, `${name}.lock`);
  const database = knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    await database.raw('PRAGMA locking_mode = EXCLUSIVE');
    await database.raw('PRAGMA busy_timeout = 0');
    await database.raw('BEGIN EXCLUSIVE');
    return {
      owner: name,
      release: async () => {
        await database.raw('ROLLBACK');
        await database.destroy();
        await rm(filename, { force: true });
      },
    };
  } catch (error) {
    await database.destroy();
    if (/SQLITE_BUSY|SQLITE_LOCKED/.test(String((error as Error).message))) return undefined;
    throw error;
  }
}

/** Tells whether the process that took the lock `name` still lives. */
export async function isAlive(folder: string, name: string): Promise<boolean> {
  if (!existsSync(join(folder, `${name}.lock`))) return false;
  const lock = await takeLock(folder, name);
  await lock?.release();
  return lock === undefined;
}

/** The names under which locks were ever taken and not released: of the living, and of those who were killed. */
export async function knownLocks(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.lock')).map((name) => name.slice(0, -'.lock'.length));
}
