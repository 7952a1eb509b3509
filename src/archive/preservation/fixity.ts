import { setTimeout as wait } from 'node:timers/promises';
import { ArchiveError, utcSeconds } from '../../base/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import {
  countCopies,
  expectedObject,
  isWithin,
  oldestCopies,
  type PauseWindow,
  queueOnce,
  readSetting,
  writeSetting,
} from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import { auditBatch } from './audit.ts';
import type { AuditFinding } from './audit-object.ts';

/** The name of the job that runs `checkFixity`. */
export const fixityJob = 'fixity';

/** How often copies are read, and how fast. */
export interface FixityPolicy {
  /** Every copy is read within so many days. */
  readonly periodDays: number;
  /** Bytes a second that checks may read; as fast as it goes when left out. */
  readonly bytesPerSecond?: number;
  /** Hours of the day, Europe/Belgrade, in which nothing is read: `07:30-16:00`. */
  readonly pauses: readonly string[];
}

export const defaultFixityPolicy: FixityPolicy = { periodDays: 90, pauses: [] };

/** What a turn of checks read and found. */
export interface FixityReport {
  readonly copies: number;
  readonly bytes: number;
  readonly damaged: number;
  readonly repaired: number;
}

const turnMinutes = 15;
const nextTurnSetting = 'fixity-next-turn';
const copiesAtOnce = 32;

/**
 * Queues the next turn of checks when it is time for it.
 * @returns the job's id
 */
export async function queueFixity(
  { catalog, clock, institution }: Holdings,
  { pauses }: FixityPolicy,
): Promise<string | undefined> {
  const now = clock();
  if (isPaused(pauses, now)) return undefined;
  const next = await readSetting(catalog, nextTurnSetting);
  if (next && next > utcSeconds(now)) return undefined;
  const id = await queueOnce(catalog, clock, { institution: institution.id, name: fixityJob, payload: {} });
  if (id) await writeSetting(catalog, nextTurnSetting, utcSeconds(new Date(now.getTime() + turnMinutes * 60_000)));
  return id;
}

/**
 * Reads the copies whose last check is the oldest, in every active location: as many as it takes that all are read within
 * the period, spread evenly over it. Damage is repaired from a healthy copy, as in a full audit.
 */
export async function checkFixity(holdings: Holdings, policy: FixityPolicy): Promise<FixityReport> {
  const { catalog, storage, clock } = holdings;
  const turns = (policy.periodDays * 24 * 60) / turnMinutes;
  // what was read in the first half of the period can wait, so that a small archive is not read again and again
  const before = utcSeconds(new Date(clock().getTime() - (policy.periodDays * 86_400_000) / 2));
  const total = { copies: 0, bytes: 0, damaged: 0, repaired: 0 };
  for (const driver of storage.active()) {
    const { name } = driver.description;
    const quota = Math.max(1, Math.ceil((2 * (await countCopies(catalog, name))) / turns));
    for (let left = quota; left > 0; left -= copiesAtOnce) {
      const ids = await oldestCopies(catalog, name, before, Math.min(left, copiesAtOnce));
      if (ids.length === 0) break;
      const { bytes, findings } = await checkCopies(holdings, driver, ids, policy);
      total.copies += ids.length;
      total.bytes += bytes;
      total.damaged += findings.length;
      total.repaired += findings.filter(({ repaired }) => repaired).length;
    }
  }
  return total;
}

async function checkCopies(
  holdings: Holdings,
  driver: LocationDriver,
  ids: readonly string[],
  { bytesPerSecond }: FixityPolicy,
): Promise<{ readonly bytes: number; readonly findings: readonly AuditFinding[] }> {
  const expected = await Promise.all(ids.map((id) => expectedObject(holdings.catalog, id)));
  const started = performance.now();
  const outcome = await auditBatch(
    holdings,
    driver,
    expected.flatMap((one) => one ?? []),
    false,
  );
  const owed = bytesPerSecond ? (outcome.bytes / bytesPerSecond) * 1000 - (performance.now() - started) : 0;
  if (owed > 0) await wait(owed);
  return outcome;
}

const windowForm = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Whether the time of day lies in one of the windows; one that ends before it begins goes over midnight. */
export function isPaused(windows: readonly string[], now: Date): boolean {
  return pauseWindows(windows).some((window) => isWithin(window, now));
}

/**
 * The hours that are kept free, as `07:30-16:00` has them.
 * @throws ArchiveError USAGE when one of them is none
 */
export function pauseWindows(windows: readonly string[]): PauseWindow[] {
  return windows.map((window) => {
    const [, from, to] = windowForm.exec(window) ?? [];
    if (!from || !to) throw new ArchiveError('USAGE', `“${window}” is no time of day: write 07:30-16:00.`);
    return { from, to: to === '24:00' ? '00:00' : to };
  });
}
