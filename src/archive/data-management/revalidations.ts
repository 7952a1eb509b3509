import type { Connection } from './catalog.ts';
import { joinNext } from './dialect.ts';
import type { IndexedEntry } from './journal.ts';
import { changeFacet } from './search-rows.ts';

/** Why signatures are validated anew: a rhythm, or something that happened. */
export type RevalidationTrigger = 'first' | 'yearly' | 'trust-list' | 'engine' | 'algorithm' | 'request';

/** A record whose signatures are due. */
export interface DueRevalidation {
  readonly recordId: string;
  readonly trigger: RevalidationTrigger;
}

/** What was found of one signature. */
export interface Verdict {
  readonly indication: string;
  readonly subIndication?: string;
  readonly reasonCode?: string;
  readonly bestSignatureTime?: string;
}

/** A verdict in the history of a signature, which is the `number`-th of its record. */
export interface PastVerdict extends Verdict {
  readonly number: number;
  readonly validatedAt: string;
  readonly trigger: RevalidationTrigger;
  readonly engine: string;
  /** The report in the store, where the result was another one than before. */
  readonly report?: string;
}

/**
 * Notes when records' signatures are due. A record that is known already is due then where `anew` says so: it has a new
 * version, whose package tells older verdicts.
 */
export async function expectRevalidations(
  connection: Connection,
  due: readonly { readonly recordId: string; readonly dueAt: string; readonly anew: boolean }[],
): Promise<void> {
  for (let index = 0; index < due.length; index += 200)
    await connection('revalidations')
      .insert(
        due
          .slice(index, index + 200)
          .map(({ recordId, dueAt }) => ({ record_id: recordId, due_at: dueAt, trigger: 'first' })),
      )
      .onConflict('record_id')
      .ignore();
  for (const { recordId, dueAt, anew } of due)
    if (anew) await postponeRevalidation(connection, recordId, dueAt, 'first');
}

/** Sets when a record's signatures are due next. */
export async function postponeRevalidation(
  connection: Connection,
  recordId: string,
  dueAt: string,
  trigger: RevalidationTrigger,
): Promise<void> {
  await connection('revalidations').where({ record_id: recordId }).update({ due_at: dueAt, trigger });
}

/** Makes every record's signatures due now, since something happened that may change any verdict. */
export async function hastenRevalidations(
  connection: Connection,
  now: string,
  trigger: RevalidationTrigger,
): Promise<void> {
  await connection('revalidations').where('due_at', '>', now).update({ due_at: now, trigger });
}

/** Records that are due, those that wait longest first. */
export async function dueRevalidations(connection: Connection, now: string, limit: number): Promise<DueRevalidation[]> {
  const rows = await connection('revalidations')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .select('record_id', 'trigger');
  return rows.map((row) => ({ recordId: row.record_id, trigger: row.trigger }));
}

/** How many are due, and when the next one is. */
export async function revalidationState(
  connection: Connection,
  now: string,
): Promise<{ readonly due: number; readonly next?: string }> {
  const due = await connection('revalidations').where('due_at', '<=', now).count({ count: '*' }).first();
  const next = await connection('revalidations').where('due_at', '>', now).min({ next: 'due_at' }).first();
  return { due: Number(due?.count ?? 0), ...(next?.next ? { next: String(next.next) } : {}) };
}

/** Every verdict on a record's signatures since it was archived, oldest first. */
export async function verdictHistory(connection: Connection, recordId: string): Promise<PastVerdict[]> {
  const rows = await connection('verdicts').where({ record_id: recordId }).orderBy(['validated_at', 'number']);
  return rows.map(pastVerdict);
}

function pastVerdict(row: Record<string, string>): PastVerdict {
  return {
    number: Number(row.number),
    validatedAt: String(row.validated_at),
    indication: String(row.indication),
    ...(row.sub_indication ? { subIndication: row.sub_indication } : {}),
    ...(row.reason_code ? { reasonCode: row.reason_code } : {}),
    ...(row.best_signature_time ? { bestSignatureTime: row.best_signature_time } : {}),
    trigger: row.trigger as RevalidationTrigger,
    engine: String(row.engine),
    ...(row.report ? { report: row.report } : {}),
  };
}

/** A verdict that was another one than before, with the record's number. */
export type ChangedVerdict = PastVerdict & { readonly record: string };

/** Verdicts that re-validations changed, newest first. */
export async function changedVerdicts(
  connection: Connection,
  institution: string,
  limit: number,
): Promise<ChangedVerdict[]> {
  const rows = await joinNext(connection('verdicts'), connection, 'records ON records.id = verdicts.record_id')
    .where('records.institution_id', institution)
    .whereNotNull('verdicts.report')
    .orderBy('verdicts.validated_at', 'desc')
    .limit(limit)
    .select('verdicts.*', { record: 'records.number' });
  return rows.map((row: Record<string, string>) => ({ ...pastVerdict(row), record: String(row.record) }));
}

/** Writes what the entry `signatures.revalidated` tells: a line of history per signature, and its latest verdict. */
export async function applyRevalidation(connection: Connection, entry: IndexedEntry): Promise<void> {
  const { subject = '', time, detail } = entry;
  for (const [number, verdict] of (detail.verdicts as readonly Verdict[]).entries()) {
    const found = {
      indication: verdict.indication,
      sub_indication: verdict.subIndication ?? null,
      reason_code: verdict.reasonCode ?? null,
    };
    await connection('verdicts')
      .insert({
        ...found,
        ...{ record_id: subject, number, validated_at: time },
        trigger: String(detail.trigger),
        engine: String(detail.engine),
        best_signature_time: verdict.bestSignatureTime ?? null,
        report: detail.report === undefined ? null : String(detail.report),
      })
      .onConflict(['record_id', 'number', 'validated_at'])
      .merge();
    await connection('signatures')
      .where({ record_id: subject, number })
      .update({ ...found, reason: null, validation_time: time });
  }
  const indications = await connection('signatures')
    .where({ record_id: subject })
    .orderBy('number')
    .pluck('indication');
  await changeFacet(connection, subject, 'verdict', indications);
}

/** Takes a disposed record out. */
export async function forgetRevalidations(connection: Connection, recordId: string): Promise<void> {
  for (const table of ['revalidations', 'verdicts']) await connection(table).where({ record_id: recordId }).delete();
}
