import type { Catalog, Connection } from '../catalog.ts';
import { findRecords } from '../find-records.ts';
import { insertMany } from '../journal.ts';

/** What a hold is on; a closed list. Of a category: of every list that has the mark. */
export const holdScopes = ['record', 'case', 'category', 'query'] as const;

/** What a hold is on. */
export type HoldScope = (typeof holdScopes)[number];

/** What a hold on a query holds: the records found when it is placed, and all that are found later. */
export interface HoldQuery {
  readonly text?: string;
  readonly signer?: string;
  readonly field?: { readonly name: string; readonly text: string };
  readonly receivedFrom?: string;
  readonly receivedTo?: string;
}

/** What is entered of a hold (MoReq2010 ch. 9): by whose word, by what act, why. */
export interface HoldFacts {
  readonly owner: string;
  readonly mandate: string;
  readonly reason: string;
  readonly query?: HoldQuery;
}

/** A hold: nothing under it is destroyed until it is lifted. */
export interface Hold {
  readonly id: string;
  readonly institution: string;
  readonly scope: HoldScope;
  /** A record's id, a case number, a category's mark; empty for a query. */
  readonly target: string;
  readonly facts: HoldFacts;
  /** The day on which somebody looks whether it is still needed. It does not end by itself. */
  readonly reviewOn: string;
  readonly placedAt: string;
  readonly placedBy: string;
  readonly lifted?: { readonly at: string; readonly by: string; readonly reason: string };
}

/** Writes a hold, and which records a query finds now. */
export async function putHold(transaction: Catalog, hold: Hold): Promise<void> {
  await transaction('holds')
    .insert({
      id: hold.id,
      institution_id: hold.institution,
      scope: hold.scope,
      target: hold.target,
      facts: JSON.stringify(hold.facts),
      review_on: hold.reviewOn,
      placed_at: hold.placedAt,
      placed_by: hold.placedBy,
    })
    .onConflict('id')
    .merge();
  const { query } = hold.facts;
  if (!query) return;
  await transaction('held_records').where({ hold_id: hold.id }).delete();
  for (let before: number | undefined; ; ) {
    const page = await findRecords(transaction, {
      institution: hold.institution,
      ...query,
      ...(before === undefined ? {} : { before }),
      limit: 500,
    });
    await insertMany(
      transaction,
      'held_records',
      page.records.map(({ id }) => ({ hold_id: hold.id, record_id: id })),
    );
    before = page.next;
    if (before === undefined) return;
  }
}

/** Notes that a hold was looked at and stays. */
export async function putHoldReview(connection: Connection, id: string, reviewOn: string): Promise<void> {
  await connection('holds').where({ id }).update({ review_on: reviewOn });
}

/** Lifts a hold; others on the same records stay. */
export async function liftHold(
  connection: Connection,
  id: string,
  lifted: { readonly at: string; readonly by: string; readonly reason: string },
): Promise<void> {
  await connection('holds')
    .where({ id })
    .update({ lifted_at: lifted.at, lifted_by: lifted.by, lifted_because: lifted.reason });
  await connection('held_records').where({ hold_id: id }).delete();
}

/** A hold by its id. */
export async function findHold(connection: Connection, institution: string, id: string): Promise<Hold | undefined> {
  const row = await connection('holds').where({ institution_id: institution, id }).first();
  return row && fromRow(row);
}

/** Holds, those first that are to be looked at first; lifted ones only when asked for. */
export async function listHolds(
  connection: Connection,
  institution: string,
  { lifted = false }: { readonly lifted?: boolean } = {},
): Promise<Hold[]> {
  const rows = await connection('holds')
    .where({ institution_id: institution })
    .modify((builder) => {
      if (!lifted) builder.whereNull('lifted_at');
    })
    .orderBy(['review_on', 'id']);
  return rows.map(fromRow);
}

/**
 * The holds that stand on records now. Asked in the transaction of every disposal.
 * @returns record id → ids of holds; records under none are left out
 */
export async function holdsOn(
  transaction: Catalog,
  institution: string,
  recordIds: readonly string[],
): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>();
  const active = await listHolds(transaction, institution);
  if (active.length === 0) return held;
  for (let index = 0; index < recordIds.length; index += 400)
    await holdSome(transaction, institution, active, recordIds.slice(index, index + 400), held);
  return held;
}

/**
 * Writes down which holds stand on records that are about to change: whatever they become, they stay under them. A hold on a
 * category is on what was in it, too.
 */
export async function keepHolds(
  transaction: Catalog,
  institution: string,
  recordIds: readonly string[],
): Promise<void> {
  const rows = [...(await holdsOn(transaction, institution, recordIds))].flatMap(([record, holds]) =>
    holds.map((hold) => ({ hold_id: hold, record_id: record })),
  );
  for (let index = 0; index < rows.length; index += 400)
    await transaction('held_records')
      .insert(rows.slice(index, index + 400))
      .onConflict(['record_id', 'hold_id'])
      .ignore();
}

async function holdSome(
  transaction: Catalog,
  institution: string,
  active: readonly Hold[],
  ids: readonly string[],
  held: Map<string, string[]>,
): Promise<void> {
  const add = (record: string, hold: string) => {
    const known = held.get(record) ?? [];
    if (!known.includes(hold)) held.set(record, [...known, hold]);
  };
  const records: { id: string; category: string | null; fields: string }[] = await transaction('records')
    .where({ institution_id: institution })
    .whereIn('id', [...ids])
    .select('id', 'category', 'fields');
  for (const { id, category, fields } of records) {
    const { brojPredmeta } = JSON.parse(fields);
    for (const { id: hold, scope, target } of active)
      if (
        (scope === 'record' && target === id) ||
        (scope === 'case' && target === brojPredmeta) ||
        (scope === 'category' && target === category)
      )
        add(id, hold);
  }
  const found: { record_id: string; hold_id: string }[] = await transaction('held_records')
    .whereIn('record_id', [...ids])
    .select('record_id', 'hold_id');
  const stands = new Set(active.map(({ id }) => id));
  for (const { record_id, hold_id } of found) if (stands.has(hold_id)) add(record_id, hold_id);
  for (const { id: hold, facts } of active) {
    if (!facts.query) continue;
    const page = await findRecords(transaction, { institution, ...facts.query, ids, limit: ids.length });
    for (const { id } of page.records) add(id, hold);
  }
}

function fromRow(row: Record<string, string | null>): Hold {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    scope: row.scope as HoldScope,
    target: String(row.target),
    facts: JSON.parse(String(row.facts)),
    reviewOn: String(row.review_on),
    placedAt: String(row.placed_at),
    placedBy: String(row.placed_by),
    ...(row.lifted_at
      ? {
          lifted: {
            at: row.lifted_at,
            by: String(row.lifted_by),
            reason: String(row.lifted_because),
          },
        }
      : {}),
  };
}
