import { type Clock, utcSeconds } from '../../base/index.ts';
import type { Catalog, Connection } from './catalog.ts';
import { notBeingTaken } from './dialect.ts';

/** `staged`: waits for work or is worked on by its owner. `parked`: a person decides (quarantined, rejected, failed). */
export type IntakeState = 'staged' | 'parked';

/** A submission that is staged and not yet a record in the store. `submission` is the same JSON that lies in staging. */
export interface Intake {
  readonly id: string;
  readonly institution: string;
  readonly state: IntakeState;
  readonly step: string;
  readonly owner?: string;
  readonly attempts: number;
  readonly submission: string;
  readonly createdAt: string;
}

export async function putIntakes(connection: Connection, intakes: readonly Intake[], time: string): Promise<void> {
  const rows = intakes.map((intake) => ({
    id: intake.id,
    institution_id: intake.institution,
    state: intake.state,
    step: intake.step,
    owner: intake.owner ?? null,
    attempts: intake.attempts,
    submission: intake.submission,
    created_at: intake.createdAt,
    updated_at: time,
  }));
  for (let index = 0; index < rows.length; index += 80)
    await connection('intakes')
      .insert(rows.slice(index, index + 80))
      .onConflict('id')
      .merge();
}

export async function findIntake(connection: Connection, id: string): Promise<Intake | undefined> {
  const row = await connection('intakes').where({ id }).first();
  return row && fromRow(row);
}

/** Writes down what became of a submission while it is worked on; the same lies in staging. */
export async function updateSubmission(connection: Connection, id: string, submission: string): Promise<void> {
  await connection('intakes').where({ id }).update({ submission });
}

/** Parks an intake for a person, or gives it back to whoever works next. */
export async function setIntakeState(connection: Connection, id: string, state: IntakeState): Promise<void> {
  await connection('intakes').where({ id }).update({ state, owner: null, due_at: null });
}

const longestWait = 5 * 60_000;

/** Gives an intake back that failed for a passing reason: each time it waits longer, up to five minutes. */
export async function postponeIntake(connection: Connection, clock: Clock, id: string): Promise<void> {
  const row: { attempts: number } | undefined = await connection('intakes').where({ id }).first('attempts');
  const wait = Math.min(longestWait, 2 ** Math.min(row?.attempts ?? 0, 20) * 2000);
  const dueAt = utcSeconds(new Date(clock().getTime() + wait));
  await connection('intakes').where({ id }).update({ state: 'staged', owner: null, due_at: dueAt });
}

/** Forgets intakes whose records are in the store, or were returned to their producer. */
export async function removeIntakes(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection('intakes')
    .whereIn('id', [...ids])
    .delete();
}

/**
 * Takes staged intakes for `owner`: those without an owner, and those whose owner is dead.
 * @param isAlive asked once per other owner
 * @param dueBy leaves out what is to wait longer; everything is taken when left out
 */
export async function leaseIntakes(
  catalog: Catalog,
  owner: string,
  isAlive: (owner: string) => Promise<boolean>,
  limit: number,
  dueBy?: string,
): Promise<Intake[]> {
  const owners: { owner: string | null }[] = await catalog('intakes').where({ state: 'staged' }).distinct('owner');
  if (owners.length === 0) return [];
  const dead: string[] = [];
  for (const row of owners)
    if (row.owner !== null && row.owner !== owner && !(await isAlive(row.owner))) dead.push(row.owner);
  const free = catalog('intakes')
    .where({ state: 'staged' })
    .where((builder) => builder.whereNull('owner').orWhereIn('owner', dead))
    .modify((builder) => {
      if (dueBy !== undefined) builder.where((due) => due.whereNull('due_at').orWhere('due_at', '<=', dueBy));
    })
    .orderBy('id')
    .limit(limit)
    .select('id');
  // One statement: nobody else leases between what it reads and what it writes.
  const leased: Record<string, string | number | null>[] = await catalog('intakes')
    .with('free', notBeingTaken(free, catalog))
    .whereIn('id', catalog('free').select('id'))
    .update({ owner, attempts: catalog.raw('attempts + 1') })
    .returning('*');
  return leased.map(fromRow).sort((one, other) => (one.id < other.id ? -1 : 1));
}

function fromRow(row: Record<string, string | number | null>): Intake {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    state: row.state as IntakeState,
    step: String(row.step),
    ...(row.owner ? { owner: String(row.owner) } : {}),
    attempts: Number(row.attempts),
    submission: String(row.submission),
    createdAt: String(row.created_at),
  };
}
