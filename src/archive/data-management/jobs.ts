import { type Clock, utcSeconds, uuidV7 } from '../../base/index.ts';
import type { Catalog, Connection } from './catalog.ts';

/** Work that goes on beside a request: seen in the pages with its progress. */
export interface Job {
  readonly id: string;
  readonly institution: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly owner?: string;
  readonly attempts: number;
  readonly progress?: { readonly done: number; readonly total: number };
  readonly outcome?: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Puts a job into the queue. Jobs are idempotent: one that a crash interrupted is simply run again. */
export async function enqueueJob(
  connection: Connection,
  clock: Clock,
  job: { institution: string; name: string; payload: Record<string, unknown> },
): Promise<string> {
  const id = uuidV7(clock);
  const now = utcSeconds(clock());
  await connection('jobs').insert({
    id,
    institution_id: job.institution,
    name: job.name,
    payload: JSON.stringify(job.payload),
    state: 'waiting',
    attempts: 0,
    run_at: now,
    created_at: now,
    updated_at: now,
  });
  return id;
}

/** Takes the next job that is due for `owner`; jobs whose owner is dead are due again. */
export async function leaseJob(
  catalog: Catalog,
  clock: Clock,
  owner: string,
  isAlive: (owner: string) => Promise<boolean>,
): Promise<Job | undefined> {
  const now = utcSeconds(clock());
  const running: { owner: string }[] = await catalog('jobs').where({ state: 'running' }).distinct('owner');
  for (const row of running)
    if (row.owner !== owner && !(await isAlive(row.owner)))
      await catalog('jobs').where({ state: 'running', owner: row.owner }).update({ state: 'waiting', owner: null });
  return catalog.transaction(async (transaction) => {
    const next = transaction('jobs')
      .where({ state: 'waiting' })
      .where('run_at', '<=', now)
      .orderBy('run_at')
      .limit(1)
      .select('id');
    const ids: string[] = (await next).map((row: { id: string }) => row.id);
    if (ids.length === 0) return undefined;
    await transaction('jobs')
      .whereIn('id', ids)
      .update({ state: 'running', owner, attempts: transaction.raw('attempts + 1'), updated_at: now });
    return fromRow(await transaction('jobs').whereIn('id', ids).first());
  });
}

export async function setJobProgress(
  connection: Connection,
  clock: Clock,
  id: string,
  progress: { done: number; total: number },
): Promise<void> {
  await connection('jobs')
    .where({ id })
    .update({ progress: JSON.stringify(progress), updated_at: utcSeconds(clock()) });
}

/** Ends a job for good. */
export async function finishJob(
  connection: Connection,
  clock: Clock,
  id: string,
  state: 'done' | 'failed',
  outcome: object,
): Promise<void> {
  await connection('jobs')
    .where({ id })
    .update({ state, outcome: JSON.stringify(outcome), updated_at: utcSeconds(clock()) });
}

/** Puts a job that failed for a passing reason back into the queue, each time for longer. */
export async function retryJob(connection: Connection, clock: Clock, id: string, attempts: number): Promise<void> {
  const wait = Math.min(3600, 2 ** attempts * 5) * 1000;
  await connection('jobs')
    .where({ id })
    .update({
      state: 'waiting',
      owner: null,
      run_at: utcSeconds(new Date(clock().getTime() + wait)),
      updated_at: utcSeconds(clock()),
    });
}

export async function findJob(connection: Connection, institution: string, id: string): Promise<Job | undefined> {
  const row = await connection('jobs').where({ id, institution_id: institution }).first();
  return row && fromRow(row);
}

/** Whether a job of that name waits or runs. */
export async function hasOpenJob(connection: Connection, name: string): Promise<boolean> {
  const row = await connection('jobs').where({ name }).whereIn('state', ['waiting', 'running']).first('id');
  return row !== undefined;
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
  return rows.map(fromRow);
}

/** Jobs, newest first. */
export async function listJobs(connection: Connection, institution: string, limit: number): Promise<Job[]> {
  return (
    await connection('jobs').where({ institution_id: institution }).orderBy('created_at', 'desc').limit(limit)
  ).map(fromRow);
}

function fromRow(row: Record<string, string | number | null>): Job {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    name: String(row.name),
    payload: JSON.parse(String(row.payload)),
    state: row.state as Job['state'],
    ...(row.owner ? { owner: String(row.owner) } : {}),
    attempts: Number(row.attempts),
    ...(row.progress ? { progress: JSON.parse(String(row.progress)) } : {}),
    ...(row.outcome ? { outcome: JSON.parse(String(row.outcome)) } : {}),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
  };
}
