import type { Connection } from '../catalog.ts';
import { type PeriodFormula, permanent, type StartEvent } from './category-list.ts';
import type { Classification } from './classification.ts';
import { expiryOf, serbianDay } from './expiry.ts';

/** What is known of a record's period. */
export interface Retention {
  readonly record: string;
  readonly creator: string;
  readonly list: string;
  readonly mark: string;
  readonly caseNumber?: string;
  /** Godina nastanka. */
  readonly createdYear: string;
  readonly period: string;
  readonly startEvent: StartEvent;
  readonly formula: PeriodFormula;
  /** The day of the event; missing until it is told. */
  readonly startedOn?: string;
  /** The last day of the period. */
  readonly expiresOn?: string;
  /** A review put the end off to this day. */
  readonly extendedTo?: string;
  /** Of all originals. */
  readonly bytes: number;
}

/** An event that starts a period, told by a person: of a record, or of all records of a case. */
export interface RetentionEvent {
  readonly institution: string;
  readonly scope: 'record' | 'case';
  readonly target: string;
  readonly event: StartEvent;
  /** The day on which it happened. */
  readonly date: string;
}

/** What a period follows from. */
export interface ClassifiedRecord {
  readonly id: string;
  readonly institution: string;
  readonly state: string;
  readonly classification?: Classification;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly documentDate?: string;
  readonly receivedAt: string;
  readonly archivedAt?: string;
  readonly files: readonly { readonly size: number }[];
}

/** Computes the periods of records anew; of records without a category of a list there is none. */
export async function putRetention(connection: Connection, records: readonly ClassifiedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const ids = records.map(({ id }) => id);
  const classified = records.filter(({ state, classification }) => state === 'archived' && classification);
  await connection('record_retention').whereIn('record_id', ids).delete();
  for (const record of classified) {
    await connection('record_retention').insert(rowOf(record));
    await startPeriod(connection, record.institution, record.id);
  }
}

function rowOf(record: ClassifiedRecord) {
  const { classification, fields, documentDate, receivedAt, archivedAt, files } = record;
  if (!classification) throw new Error('a record without a category has no period');
  const { creator, list, mark, period, startEvent, formula } = classification;
  const created = documentDate ?? serbianDay(new Date(receivedAt));
  const archived = archivedAt && serbianDay(new Date(archivedAt));
  const own = startEvent === 'created' ? created : startEvent === 'archived' ? archived : undefined;
  return {
    record_id: record.id,
    institution_id: record.institution,
    creator_id: creator,
    list_id: list,
    mark,
    case_number: typeof fields.brojPredmeta === 'string' ? fields.brojPredmeta : null,
    created_year: created.slice(0, 4),
    period,
    start_event: startEvent,
    formula,
    own_start: own ?? null,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Finds the day from which a record's period runs, and its end. What is told of the record outranks what is told of its case. */
async function startPeriod(connection: Connection, institution: string, recordId: string): Promise<void> {
  const row = await connection('record_retention').where({ record_id: recordId }).first();
  const told = async (scope: string, target: string | null): Promise<string | undefined> => {
    if (target === null) return undefined;
    const found = await connection('retention_events')
      .where({ institution_id: institution, scope, target, event: row.start_event })
      .first('date');
    return found?.date;
  };
  const startedOn =
    row.own_start ?? (await told('record', recordId)) ?? (await told('case', row.case_number)) ?? undefined;
  const review = await connection('retention_reviews')
    .where({ record_id: recordId })
    .orderBy('sequence', 'desc')
    .first('extended_to');
  await connection('record_retention')
    .where({ record_id: recordId })
    .update({
      started_on: startedOn ?? null,
      expires_on: expiryOf(row.period, row.formula, startedOn) ?? null,
      extended_to: review?.extended_to ?? null,
    });
}

/** Enters an event, and lets the periods run that wait for it. An event that was told before is corrected. */
export async function putRetentionEvent(connection: Connection, event: RetentionEvent): Promise<void> {
  const { institution, scope, target, date } = event;
  await connection('retention_events')
    .insert({ institution_id: institution, scope, target, event: event.event, date })
    .onConflict(['institution_id', 'scope', 'target', 'event'])
    .merge();
  const waiting: { record_id: string }[] = await connection('record_retention')
    .where({ institution_id: institution, ...(scope === 'case' ? { case_number: target } : { record_id: target }) })
    .select('record_id');
  for (const { record_id } of waiting) await startPeriod(connection, institution, record_id);
}

/** Numbers of the records of a case that wait for a category. Few wait at any time. */
export async function uncategorized(
  connection: Connection,
  institution: string,
  caseNumber: string,
): Promise<string[]> {
  const rows: { number: string; fields: string }[] = await connection('records')
    .where({ institution_id: institution, state: 'awaiting' })
    .select('number', 'fields');
  return rows.filter(({ fields }) => JSON.parse(fields).brojPredmeta === caseNumber).map(({ number }) => number);
}

/** The day on which a record's case was closed, as it was told of the record or of the whole case. */
export async function caseClosing(
  connection: Connection,
  institution: string,
  of: { readonly record: string; readonly case: string },
): Promise<string | undefined> {
  for (const [scope, target] of [
    ['record', of.record],
    ['case', of.case],
  ]) {
    const where = { institution_id: institution, scope, target, event: 'case-closed' satisfies StartEvent };
    const row: { date: string } | undefined = await connection('retention_events').where(where).first('date');
    if (row) return row.date;
  }
  return undefined;
}

/** Puts the end of a record's period off (MOR-02). */
export async function putRetentionReview(
  connection: Connection,
  review: {
    readonly institution: string;
    readonly record: string;
    readonly sequence: number;
    readonly time: string;
    readonly extendedTo: string;
    readonly reason: string;
    readonly actor: string;
  },
): Promise<void> {
  await connection('retention_reviews')
    .insert({
      record_id: review.record,
      sequence: review.sequence,
      reviewed_at: review.time,
      extended_to: review.extendedTo,
      reason: review.reason,
      actor: review.actor,
    })
    .onConflict(['record_id', 'sequence'])
    .merge();
  await connection('record_retention').where({ record_id: review.record }).update({ extended_to: review.extendedTo });
}

/** A record's period; undefined for one without a category of a list. */
export async function findRetention(connection: Connection, recordId: string): Promise<Retention | undefined> {
  const row = await connection('record_retention').where({ record_id: recordId }).first();
  return row && retentionFromRow(row);
}

/** Permanent records of a year of creation or before, oldest first. @param after from the page before: year and record */
export async function permanentUntil(
  connection: Connection,
  institution: string,
  year: string,
  { creator, after, limit }: { readonly creator?: string; readonly after?: string; readonly limit: number },
): Promise<Retention[]> {
  const rows = await connection('record_retention')
    .where({ institution_id: institution, period: permanent, ...(creator ? { creator_id: creator } : {}) })
    .where('created_year', '<=', year)
    .modify((builder) => {
      const [of = '', record = ''] = after?.split(' ') ?? [];
      if (after) builder.whereRaw('(created_year > ? OR (created_year = ? AND record_id > ?))', [of, of, record]);
    })
    .orderBy(['created_year', 'record_id'])
    .limit(limit);
  return rows.map(retentionFromRow);
}

/**
 * Records whose period has ended before a day, soonest ended first. Permanent ones have no end and can never be among them;
 * those under a hold or in a procedure are for the caller to leave out.
 */
export async function expiredBefore(
  connection: Connection,
  institution: string,
  day: string,
  { creator, after, limit }: { readonly creator?: string; readonly after?: string; readonly limit: number },
): Promise<Retention[]> {
  const rows = await connection('record_retention')
    .where({ institution_id: institution, ...(creator ? { creator_id: creator } : {}) })
    .whereNotNull('expires_on')
    .where('expires_on', '<', day)
    .where((builder) => builder.whereNull('extended_to').orWhere('extended_to', '<', day))
    .modify((builder) => {
      const [expiresOn = '', record = ''] = after?.split(' ') ?? [];
      if (after)
        builder.whereRaw('(expires_on > ? OR (expires_on = ? AND record_id > ?))', [expiresOn, expiresOn, record]);
    })
    .orderBy(['expires_on', 'record_id'])
    .limit(limit);
  return rows.map(retentionFromRow);
}

/** How many records there are by regime, how many wait for an event, and how many have none of a list. */
export async function countRetention(
  connection: Connection,
  institution: string,
): Promise<{ permanent: number; limited: number; notStarted: number; unlisted: number }> {
  const count = async (narrow: (builder: import('knex').Knex.QueryBuilder) => void): Promise<number> => {
    const row = await connection('record_retention')
      .where({ institution_id: institution })
      .modify(narrow)
      .count({ count: '*' })
      .first();
    return Number(row?.count ?? 0);
  };
  const unlisted = await connection('records')
    .where({ institution_id: institution, state: 'archived' })
    .whereNull('classification')
    .count({ count: '*' })
    .first();
  return {
    permanent: await count((builder) => builder.where('period', 'trajno')),
    limited: await count((builder) => builder.whereNot('period', 'trajno')),
    notStarted: await count((builder) =>
      builder.whereNull('started_on').whereNotIn('period', ['trajno', 'trajno operativno']),
    ),
    unlisted: Number(unlisted?.count ?? 0),
  };
}

function retentionFromRow(row: Record<string, string | number | null>): Retention {
  return {
    record: String(row.record_id),
    creator: String(row.creator_id),
    list: String(row.list_id),
    mark: String(row.mark),
    ...(row.case_number ? { caseNumber: String(row.case_number) } : {}),
    createdYear: String(row.created_year),
    period: String(row.period),
    startEvent: row.start_event as StartEvent,
    formula: row.formula as PeriodFormula,
    ...(row.started_on ? { startedOn: String(row.started_on) } : {}),
    ...(row.expires_on ? { expiresOn: String(row.expires_on) } : {}),
    ...(row.extended_to ? { extendedTo: String(row.extended_to) } : {}),
    bytes: Number(row.bytes),
  };
}
