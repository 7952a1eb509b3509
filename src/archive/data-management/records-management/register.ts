import type { Connection } from '../catalog.ts';

/** What is entered of an act in the register (delovodnik), DEL-02. */
export interface RegisterFacts {
  readonly subject: string;
  readonly sender?: string;
  readonly senderNumber?: string;
  readonly senderDate?: string;
  readonly unit?: string;
  /** Mark and date of routing (razvod). */
  readonly routing?: { readonly mark: string; readonly date: string };
  /** A case of an earlier year that this one goes on from (prenos). */
  readonly continues?: string;
}

/** An entry of the register. `base` is a case's number, `sub` counts the acts of the case. */
export interface RegisterEntry {
  readonly id: string;
  readonly institution: string;
  readonly creator: string;
  readonly book: string;
  readonly year: string;
  readonly base: number;
  readonly sub: number;
  readonly receivedOn: string;
  readonly registeredAt: string;
  readonly record?: string;
  readonly facts: RegisterFacts;
  readonly voided?: { readonly at: string; readonly by: string; readonly reason: string };
}

/** The number under which an act is cited: `02-17/2026-3`. */
export function registerNumber({
  book,
  base,
  sub,
  year,
}: Pick<RegisterEntry, 'book' | 'base' | 'sub' | 'year'>): string {
  return `${book}-${base}/${year}-${sub}`;
}

/** Writes an entry. */
export async function putRegisterEntry(connection: Connection, entry: RegisterEntry): Promise<void> {
  await connection('register_entries')
    .insert({
      id: entry.id,
      institution_id: entry.institution,
      creator_id: entry.creator,
      book: entry.book,
      year: entry.year,
      base: entry.base,
      sub: entry.sub,
      received_on: entry.receivedOn,
      registered_at: entry.registeredAt,
      record_id: entry.record ?? null,
      facts: JSON.stringify(entry.facts),
    })
    .onConflict('id')
    .merge();
}

/** Marks an entry as void; its number stays taken (DEL-04). */
export async function voidRegisterEntry(
  connection: Connection,
  id: string,
  voided: NonNullable<RegisterEntry['voided']>,
): Promise<void> {
  await connection('register_entries')
    .where({ id })
    .update({ voided: JSON.stringify(voided) });
}

/** An entry by its id. */
export async function findRegisterEntry(
  connection: Connection,
  institution: string,
  id: string,
): Promise<RegisterEntry | undefined> {
  const row = await connection('register_entries').where({ institution_id: institution, id }).first();
  return row && fromRow(row);
}

/** The entries of a book of a year, in the order of their numbers; of one case or one record where it is named. */
export async function listRegister(
  connection: Connection,
  query: {
    readonly institution: string;
    readonly creator?: string;
    readonly book?: string;
    readonly year?: string;
    readonly base?: number;
    readonly record?: string;
    readonly limit: number;
  },
): Promise<RegisterEntry[]> {
  const { institution, creator, book, year, base, record, limit } = query;
  const rows = await connection('register_entries')
    .where({
      institution_id: institution,
      ...(creator ? { creator_id: creator } : {}),
      ...(book ? { book } : {}),
      ...(year ? { year } : {}),
      ...(base === undefined ? {} : { base }),
      ...(record ? { record_id: record } : {}),
    })
    .orderBy(['year', 'book', 'base', 'sub'])
    .limit(limit);
  return rows.map(fromRow);
}

/** Closes a book of a year: nothing is entered any more (DEL-05). */
export async function closeRegister(
  connection: Connection,
  closed: {
    readonly creator: string;
    readonly book: string;
    readonly year: string;
    readonly entries: number;
    readonly at: string;
    readonly by: string;
  },
): Promise<void> {
  await connection('closed_registers')
    .insert({
      creator_id: closed.creator,
      book: closed.book,
      year: closed.year,
      entries: closed.entries,
      closed_at: closed.at,
      closed_by: closed.by,
    })
    .onConflict(['creator_id', 'book', 'year'])
    .merge();
}

/** Whether a book of a year is closed. */
export async function isRegisterClosed(
  connection: Connection,
  creator: string,
  book: string,
  year: string,
): Promise<boolean> {
  return (await connection('closed_registers').where({ creator_id: creator, book, year }).first()) !== undefined;
}

function fromRow(row: Record<string, string | number | null>): RegisterEntry {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    book: String(row.book),
    year: String(row.year),
    base: Number(row.base),
    sub: Number(row.sub),
    receivedOn: String(row.received_on),
    registeredAt: String(row.registered_at),
    ...(row.record_id ? { record: String(row.record_id) } : {}),
    facts: JSON.parse(String(row.facts)),
    ...(row.voided ? { voided: JSON.parse(String(row.voided)) } : {}),
  };
}
