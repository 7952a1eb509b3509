import type { Connection } from './catalog.ts';
import type { IndexedEntry } from './journal.ts';
import { type Category, findCategory } from './records-management/index.ts';

/** What stands in the way of reading a record, beside the roles. */
export interface AccessRules {
  /** A day: until its end nobody reads the record but who may pass an embargo. */
  readonly embargoUntil?: string;
  /** Whoever reads it says why, and that is logged (GDP-05). */
  readonly personalData: boolean;
  /** Why personal data in its category are kept, and by what law (GDP-03). */
  readonly purpose?: string;
  readonly legalBasis?: string;
}

/** What is known of a record that rules follow from. */
interface RuledRecord {
  readonly id: string;
  readonly classification?: { readonly list: string; readonly mark: string };
}

/** Writes what the entry `record.access-ruled` tells. */
export async function applyAccessRule(
  transaction: Connection,
  { subject = '', institution, sequence, detail }: IndexedEntry,
): Promise<void> {
  await transaction('access_rules')
    .insert({
      record_id: subject,
      institution_id: institution,
      embargo_until: detail.embargoUntil ?? null,
      personal_data: detail.personalData ?? null,
      sequence,
    })
    .onConflict('record_id')
    .merge();
}

/** The rules of a record: its own, else what its category says of personal data. */
export async function accessRulesOf(connection: Connection, record: RuledRecord): Promise<AccessRules> {
  const row = await connection('access_rules').where({ record_id: record.id }).first();
  const { list, mark } = record.classification ?? {};
  const category: Partial<Category> = (list && mark && (await findCategory(connection, list, mark))) || {};
  const { purpose, legalBasis } = category;
  const own: boolean | undefined = row?.personal_data === null || !row ? undefined : Boolean(row.personal_data);
  return {
    ...(row?.embargo_until ? { embargoUntil: String(row.embargo_until) } : {}),
    personalData: own ?? (purpose !== undefined || legalBasis !== undefined),
    ...(purpose ? { purpose } : {}),
    ...(legalBasis ? { legalBasis } : {}),
  };
}

/** Whether somebody gave a reason for reading a record that still holds. */
export async function hasReason(
  connection: Connection,
  actor: string,
  recordId: string,
  now: string,
): Promise<boolean> {
  const row = await connection('access_reasons').where({ actor, record_id: recordId }).first('until');
  return row !== undefined && row.until > now;
}

/** Keeps that a reason was given; the reason itself is in the journal. */
export async function putReason(
  connection: Connection,
  { actor, recordId, until }: { readonly actor: string; readonly recordId: string; readonly until: string },
): Promise<void> {
  await connection('access_reasons')
    .insert({ actor, record_id: recordId, until })
    .onConflict(['actor', 'record_id'])
    .merge();
}
