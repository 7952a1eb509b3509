import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import knex from 'knex';
import { ArchiveError } from '../../base/index.ts';

/**
 * Tells which processes are alive, by locks that the operating system drops when a process ends, however it ends.
 * An SQLite database that is held in an exclusive transaction is such a lock, and needs no further dependency.
 */
export interface ProcessLock {
  readonly owner: string;
  release(): Promise<void>;
}

/**
 * Takes the lock `name`, or tells by undefined that a living process holds it. Its file goes when it is released, unless it
 * is lasting: where many wait for one lock, one of them could hold a file that was just taken away, and another its successor.
 */
export async function takeLock(folder: string, name: string, isLasting = false): Promise<ProcessLock | undefined> {
  await mkdir(folder, { recursive: true });
  const filename = join(folder, `${name}.lock`);
  for (;;) {
    const release = await holdFile(filename, isLasting);
    if (release === 'held') return undefined;
    if (release !== 'gone') return { owner: name, release };
  }
}

/** @returns what gives the file free; or that another holds it, or has taken it away meanwhile */
async function holdFile(filename: string, isLasting: boolean): Promise<(() => Promise<void>) | 'held' | 'gone'> {
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
  } catch (error) {
    await database.destroy();
    if (/SQLITE_BUSY|SQLITE_LOCKED/.test(String((error as Error).message))) return 'held';
    if (!existsSync(filename)) return 'gone';
    throw error;
  }
  const giveFree = async () => {
    await database.raw('ROLLBACK');
    await database.destroy();
  };
  if (!existsSync(filename)) {
    await giveFree();
    return 'gone';
  }
  return async () => {
    await giveFree();
    if (!isLasting) await rm(filename, { force: true });
  };
}

const pollMilliseconds = 20;

/**
 * Takes the lock `name` when whoever holds it has released it or has died.
 * @throws ArchiveError STATE_CONFLICT when it is held longer than is reasonable to wait
 */
export async function waitForLock(folder: string, name: string, seconds: number): Promise<ProcessLock> {
  const started = performance.now();
  for (;;) {
    const lock = await takeLock(folder, name, true);
    if (lock) return lock;
    if (performance.now() - started > seconds * 1000)
      throw new ArchiveError(
        'STATE_CONFLICT',
        `Another process has held “${name}” for ${seconds} seconds. Wait for it or end it, then try again.`,
      );
    await wait(pollMilliseconds);
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
