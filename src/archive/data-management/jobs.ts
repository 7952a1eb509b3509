import { type Clock, utcSeconds, uuidV7 } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/** Work that goes on beside a request: seen in the pages with its progress. */
export interface Job {
  readonly id: string;
  readonly institution: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Of two unfinished jobs with one key there is only the first. */
  readonly key?: string;
  readonly owner?: string;
  /** How often it was taken up, this time included. */
  readonly attempts: number;
  readonly progress?: JobProgress;
  readonly outcome?: Readonly<Record<string, unknown>>;
  /** When it may be taken up: of a running job, when its lease lapses. */
  readonly runAt: string;
  /** Someone wants it to end; whoever runs it hears so when the lease is renewed. */
  readonly cancelRequestedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** A job to be queued. */
export interface NewJob {
  readonly institution: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** While a job with this key waits or runs, no second one is queued. */
  readonly key?: string;
  /** Not before this moment; at once when left out. */
  readonly runAt?: Date;
}

/**
 * Puts a job into the queue. Jobs are idempotent: one that a crash interrupted is simply run again.
 * In a transaction, the job is there when what it is about is.
 * @returns its id, or that of the unfinished job with the same key
 */
export async function enqueueJob(connection: Connection, clock: Clock, job: NewJob): Promise<string> {
  const id = uuidV7(clock);
  const now = utcSeconds(clock());
  const row = {
    id,
    institution_id: job.institution,
    name: job.name,
    payload: JSON.stringify(job.payload),
    state: 'waiting',
    unique_key: job.key ?? null,
    attempts: 0,
    run_at: job.runAt ? utcSeconds(job.runAt) : now,
    created_at: now,
    updated_at: now,
  };
  const unfinished = connection.raw("(institution_id, unique_key) WHERE state IN ('waiting', 'running')");
  for (;;) {
    const inserted = await connection('jobs').insert(row).onConflict(unfinished).ignore().returning('id');
    if (inserted.length > 0) return id;
    const first: { id: string } | undefined = await connection('jobs')
      .where({ institution_id: job.institution, unique_key: job.key })
      .whereIn('state', ['waiting', 'running'])
      .first('id');
    if (first) return first.id; // otherwise it ended between the two statements
  }
}

/**
 * Cancels a job: one that waits at once; one that runs is asked to end, which its worker does when it renews its lease.
 * @returns the state it has now, or undefined when there is none that could be cancelled
 */
export async function cancelJob(
  connection: Connection,
  clock: Clock,
  institution: string,
  id: string,
): Promise<'cancelled' | 'running' | undefined> {
  const now = utcSeconds(clock());
  const asked: { state: 'cancelled' | 'running' }[] = await connection('jobs')
    .where({ id, institution_id: institution })
    .whereIn('state', ['waiting', 'running'])
    .update({
      state: connection.raw("CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END"),
      cancel_requested_at: now,
      updated_at: now,
    })
    .returning('state');
  return asked[0]?.state;
}

export async function findJob(connection: Connection, institution: string, id: string): Promise<Job | undefined> {
  const row = await connection('jobs').where({ id, institution_id: institution }).first();
  return row && jobFromRow(row);
}

/**
 * Queues work of which one job at a time is enough.
 * @returns the job's id, or undefined where one of that name waits or runs
 */
export async function queueOnce(
  connection: Connection,
  clock: Clock,
  job: Omit<NewJob, 'key'>,
): Promise<string | undefined> {
  const { name } = job;
  const open = await connection('jobs').where({ name }).whereIn('state', ['waiting', 'running']).first('id');
  return open ? undefined : enqueueJob(connection, clock, { ...job, key: name });
}

/** How many jobs wait, and how many run. */
export async function countOpenJobs(connection: Connection): Promise<Record<'waiting' | 'running', number>> {
  const rows: { state: string; count: number | string }[] = await connection('jobs')
    .whereIn('state', ['waiting', 'running'])
    .groupBy('state')
    .select('state')
    .count({ count: '*' });
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { waiting: of('waiting'), running: of('running') };
}

/** Jobs of an institution that wait or run. */
export async function openJobs(connection: Connection, institution: string): Promise<Job[]> {
  const rows = await connection('jobs')
    .where({ institution_id: institution })
    .whereIn('state', ['waiting', 'running'])
    .orderBy('created_at', 'desc');
  return rows.map(jobFromRow);
}

/** Jobs, newest first. */
export async function listJobs(connection: Connection, institution: string, limit: number): Promise<Job[]> {
  return (
    await connection('jobs').where({ institution_id: institution }).orderBy('created_at', 'desc').limit(limit)
  ).map(jobFromRow);
}

/** A row of the table. */
export function jobFromRow(row: Record<string, string | number | null>): Job {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    name: String(row.name),
    payload: JSON.parse(String(row.payload)),
    state: row.state as Job['state'],
    ...(row.unique_key ? { key: String(row.unique_key) } : {}),
    ...(row.owner ? { owner: String(row.owner) } : {}),
    attempts: Number(row.attempts),
    ...(row.progress ? { progress: JSON.parse(String(row.progress)) } : {}),
    ...(row.outcome ? { outcome: JSON.parse(String(row.outcome)) } : {}),
    runAt: String(row.run_at),
    ...(row.cancel_requested_at ? { cancelRequestedAt: String(row.cancel_requested_at) } : {}),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
  };
}
