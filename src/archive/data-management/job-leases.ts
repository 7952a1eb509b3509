import { type Clock, utcSeconds } from '../../base/index.ts';
import type { Catalog, Connection } from './catalog.ts';
import { notBeingTaken } from './dialect.ts';
import { type Job, type JobProgress, jobFromRow } from './jobs.ts';

/** One attempt at a job: what a worker got from `leaseJob`. Writes of an attempt whose lease went to another are refused. */
export type JobAttempt = Pick<Job, 'id' | 'owner' | 'attempts'>;

/** How long a worker holds a job without renewing its lease; the clocks of two workers must differ by less. */
export const leaseMilliseconds = 60_000;
/** After so many attempts a job has failed; an attempt whose process was killed is one of them. */
export const mostAttempts = 8;

/**
 * Takes the next job that is due for `owner`, until `leaseMilliseconds` from now: one that waits, or one whose worker
 * let its lease lapse. No two get the same.
 */
export async function leaseJob(catalog: Catalog, clock: Clock, owner: string): Promise<Job | undefined> {
  const now = utcSeconds(clock());
  const due = catalog('jobs')
    .whereIn('state', ['waiting', 'running'])
    .where('run_at', '<=', now)
    .orderBy(['run_at', 'id'])
    .limit(1);
  if (!(await due.clone().first('id'))) return undefined; // looking costs no write lock
  await endLapsed(catalog, now);
  // One statement: nobody else leases between what it reads and what it writes.
  const [row] = await catalog('jobs')
    .with('due', notBeingTaken(due.select('id'), catalog))
    .whereIn('id', catalog('due').select('id'))
    .update({
      state: 'running',
      owner,
      attempts: catalog.raw('attempts + 1'),
      run_at: leaseEnd(clock),
      updated_at: now,
    })
    .returning('*');
  return row && jobFromRow(row);
}

/** Ends jobs whose worker is gone and that nobody shall try again: cancelled meanwhile, or tried too often. */
async function endLapsed(catalog: Catalog, now: string): Promise<void> {
  const lapsed = () => catalog('jobs').where({ state: 'running' }).where('run_at', '<=', now);
  await lapsed().whereNotNull('cancel_requested_at').update({ state: 'cancelled', updated_at: now });
  await lapsed()
    .where('attempts', '>=', mostAttempts)
    .update({ state: 'failed', outcome: JSON.stringify({ code: 'FAULT' }), updated_at: now });
}

/**
 * Holds a job for another `leaseMilliseconds`, and tells how far it is.
 * @returns `lost` when another worker has it: nothing may be written any more. `cancelled` when it is to end.
 */
export async function renewLease(
  connection: Connection,
  clock: Clock,
  attempt: JobAttempt,
  progress?: JobProgress,
): Promise<'held' | 'cancelled' | 'lost'> {
  const [row]: { cancel_requested_at: string | null }[] = await held(connection, attempt)
    .update({
      run_at: leaseEnd(clock),
      updated_at: utcSeconds(clock()),
      ...(progress ? { progress: JSON.stringify(progress) } : {}),
    })
    .returning('cancel_requested_at');
  if (!row) return 'lost';
  return row.cancel_requested_at ? 'cancelled' : 'held';
}

/** Ends a job for good. @returns whether the lease was still held */
export async function finishJob(
  connection: Connection,
  clock: Clock,
  attempt: JobAttempt,
  state: 'done' | 'failed' | 'cancelled',
  outcome: object,
): Promise<boolean> {
  const changes = { state, outcome: JSON.stringify(outcome), updated_at: utcSeconds(clock()) };
  return (await held(connection, attempt).update(changes)) === 1;
}

/**
 * Puts a job that failed back into the queue, each time for longer, up to an hour; after `mostAttempts` it has failed.
 * One that was to be cancelled meanwhile is.
 * @param outcome what went wrong, kept when it is not tried again
 */
export async function retryJob(
  connection: Connection,
  clock: Clock,
  attempt: JobAttempt,
  outcome: object,
): Promise<'waiting' | 'failed' | 'cancelled' | 'lost'> {
  const standing = await renewLease(connection, clock, attempt);
  if (standing === 'lost') return 'lost';
  const ended = standing === 'cancelled' ? 'cancelled' : attempt.attempts >= mostAttempts ? 'failed' : undefined;
  if (ended) return (await finishJob(connection, clock, attempt, ended, outcome)) ? ended : 'lost';
  const wait = Math.min(3600, 2 ** attempt.attempts * 5) * 1000;
  const changes = { state: 'waiting', owner: null, run_at: utcSeconds(new Date(clock().getTime() + wait)) };
  const count = await held(connection, attempt).update({ ...changes, updated_at: utcSeconds(clock()) });
  return count === 1 ? 'waiting' : 'lost';
}

/** Puts a job back that its worker cannot end because it is itself to stop: the next one goes on at once. */
export async function releaseJob(connection: Connection, clock: Clock, attempt: JobAttempt): Promise<boolean> {
  const now = utcSeconds(clock());
  const changes = { state: 'waiting', owner: null, attempts: attempt.attempts - 1, run_at: now, updated_at: now };
  return (await held(connection, attempt).update(changes)) === 1;
}

/** The row of a job, as long as this attempt at it has the lease. */
function held(connection: Connection, { id, owner, attempts }: JobAttempt) {
  return connection('jobs').where({ id, owner: owner ?? null, attempts, state: 'running' });
}

function leaseEnd(clock: Clock): string {
  return utcSeconds(new Date(clock().getTime() + leaseMilliseconds));
}
