import { type Clock, utcSeconds } from '../../base/index.ts';
import { type Catalog, type Connection, inTransaction } from './catalog.ts';
import { enqueueJob } from './jobs.ts';
import { checkRhythm, dueAfter, isWithin, latestDue, type Rhythm } from './rhythm.ts';

/** A job that comes again. */
export interface NewSchedule extends Rhythm {
  readonly institution: string;
  /** One of a kind within the institution. */
  readonly name: string;
  /** The name of the job; that of the schedule when left out. */
  readonly job?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A schedule as it stands. */
export interface Schedule extends NewSchedule {
  readonly job: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The moment for which the last job was queued; none yet when absent. */
  readonly lastDueAt?: string;
  /** When the next job is due. It is queued then, or at the end of the pause that this moment lies in. */
  readonly nextDueAt: string;
}

/**
 * Has a job queued at its rhythm, from now on. One that is there already gets the new rhythm and keeps its past, so
 * that every process may say this at its start. Without `at` the first job is due at once.
 * @throws ArchiveError USAGE when the rhythm is none
 */
export async function schedule(connection: Connection, clock: Clock, wanted: NewSchedule): Promise<void> {
  checkRhythm(wanted);
  const definition = {
    job: wanted.job ?? wanted.name,
    payload: JSON.stringify(wanted.payload ?? {}),
    every: wanted.every,
    at: wanted.at ?? null,
    pause_from: wanted.pause?.from ?? null,
    pause_to: wanted.pause?.to ?? null,
  };
  await connection('schedules')
    .insert({
      institution_id: wanted.institution,
      name: wanted.name,
      ...definition,
      created_at: utcSeconds(clock()),
    })
    .onConflict(['institution_id', 'name'])
    .merge(definition);
}

/** Has no more jobs queued. @returns whether there was such a schedule */
export async function unschedule(connection: Connection, institution: string, name: string): Promise<boolean> {
  return (await connection('schedules').where({ institution_id: institution, name }).delete()) === 1;
}

/** Schedules by their names. */
export async function listSchedules(connection: Connection, institution: string): Promise<Schedule[]> {
  return (await connection('schedules').where({ institution_id: institution }).orderBy('name')).map(fromRow);
}

/**
 * Queues the jobs that are due; called at every turn of every worker. However many call at once, each due moment gives
 * one job; of moments that were missed, the latest does. While the job before still waits or runs there is no second.
 * @returns the ids of the jobs
 */
export async function queueDueJobs(catalog: Catalog, clock: Clock): Promise<string[]> {
  const now = clock();
  const rows: ScheduleRow[] = await catalog('schedules').select('*');
  const queued: string[] = [];
  for (const row of rows) {
    const planned = fromRow(row);
    const due = new Date(planned.nextDueAt);
    if (due > now || (planned.pause && isWithin(planned.pause, now))) continue;
    const dueAt = utcSeconds(latestDue(planned, due, now));
    const id = await inTransaction(catalog, async (transaction) => {
      const mine = await transaction('schedules')
        .where({ institution_id: row.institution_id, name: row.name, last_due_at: row.last_due_at })
        .update({ last_due_at: dueAt });
      return mine === 1 ? enqueueJob(transaction, clock, jobOf(planned)) : undefined;
    });
    if (id !== undefined) queued.push(id);
  }
  return queued;
}

/**
 * Queues a schedule's job now, pause or not; its rhythm stays as it is.
 * @returns the id of the job, or of the one that still waits or runs; undefined where there is no such schedule
 */
export async function runNow(
  connection: Connection,
  clock: Clock,
  institution: string,
  name: string,
): Promise<string | undefined> {
  const row = await connection('schedules').where({ institution_id: institution, name }).first();
  return row && enqueueJob(connection, clock, jobOf(fromRow(row)));
}

function jobOf({ institution, name, job, payload }: Schedule) {
  return { institution, name: job, payload, key: `schedule:${name}` };
}

interface ScheduleRow {
  readonly institution_id: string;
  readonly name: string;
  readonly job: string;
  readonly payload: string;
  readonly every: string;
  readonly at: string | null;
  readonly pause_from: string | null;
  readonly pause_to: string | null;
  readonly created_at: string;
  readonly last_due_at: string | null;
}

function fromRow(row: ScheduleRow): Schedule {
  const rhythm: Rhythm = {
    every: row.every,
    ...(row.at ? { at: row.at } : {}),
    ...(row.pause_from && row.pause_to ? { pause: { from: row.pause_from, to: row.pause_to } } : {}),
  };
  const last = row.last_due_at ? new Date(row.last_due_at) : undefined;
  return {
    ...rhythm,
    institution: row.institution_id,
    name: row.name,
    job: row.job,
    payload: JSON.parse(row.payload),
    ...(row.last_due_at ? { lastDueAt: row.last_due_at } : {}),
    nextDueAt: utcSeconds(dueAfter(rhythm, last, new Date(row.created_at))),
  };
}
