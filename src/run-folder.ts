import { join } from 'node:path';
import { isAlive, knownLocks, takeLock, waitForLock } from './archive/data-management/index.ts';
import { ArchiveError } from './base/index.ts';
import type { Config } from './config.ts';

/** Where processes that have the archive open hold their locks. */
export const runFolder = (config: Config) => join(config.dataFolder, 'run');

const longestOpening = 120;

/** Founding an archive, bringing its catalog to this program's form and catching up are done by one process at a time. */
export async function whileNobodyElseOpens<Result>(config: Config, work: () => Promise<Result>): Promise<Result> {
  const lock = await waitForLock(runFolder(config), 'opening', longestOpening);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/**
 * Lets one process at a time change a record.
 * @throws ArchiveError STATE_CONFLICT while someone else holds it
 */
export async function lockRecord(config: Config, id: string): Promise<() => Promise<void>> {
  const held = await takeLock(runFolder(config), `record-${id.slice('urn:uuid:'.length)}`);
  if (!held)
    throw new ArchiveError('STATE_CONFLICT', 'Someone else is changing this record now. Try again in a moment.');
  return held.release;
}

/** Whether no other process has the archive open. Locks of processes that were killed are taken away on the way. */
export async function isAlone(config: Config, owner: string): Promise<boolean> {
  const others = (await knownLocks(runFolder(config))).filter((name) => name.startsWith('process-') && name !== owner);
  const alive = await Promise.all(others.map((name) => isAlive(runFolder(config), name)));
  return !alive.includes(true);
}
