import type { Knex } from 'knex';
import { ArchiveError } from '../../base/index.ts';
import { type Catalog, type Connection, inTransaction, readSetting, writeSetting } from './catalog.ts';
import {
  chain,
  emptyHead,
  type JournalEntry,
  type JournalEntryType,
  type JournalHead,
  journalLine,
  type NewJournalEntry,
} from './journal-entry.ts';

/** Where the journal's open end lies, once in every active location. */
export interface JournalMedium {
  readonly name: string;
  /** Durable when it returns. @returns the size in bytes afterwards */
  append(lines: string): Promise<number>;
  size(): Promise<number>;
}

/** Thrown inside `recordInJournal` when a medium holds more than the catalog knows: the caller catches up and repeats. */
export class JournalAheadOfCatalog extends Error {
  override readonly name = 'JournalAheadOfCatalog';
}

/** The catalog is an index of the journal: this is the one way in which both are written. */
export interface JournalledWork<Result> {
  /** The entries, given the transaction: numbers and duplicates are looked up under its lock. */
  entries(transaction: Knex.Transaction): Promise<NewJournalEntry[]>;
  /** Writes what the entries mean into the catalog. */
  project(transaction: Knex.Transaction, entries: readonly JournalEntry[]): Promise<Result>;
}

/**
 * Makes entries durable in every medium, then commits them with their meaning. What has legal effect is in the store
 * before anyone hears of it; when the machine stops in between, the catalog is brought up from the store.
 * @throws JournalAheadOfCatalog when a medium holds entries that the catalog does not know
 */
export async function recordInJournal<Result>(
  catalog: Catalog,
  media: () => readonly JournalMedium[],
  work: JournalledWork<Result>,
): Promise<Result> {
  return inTransaction(catalog, async (transaction) => {
    const planned = await work.entries(transaction);
    const head = await readHead(transaction);
    const entries = chain(head, planned);
    if (entries.length > 0) {
      const expected = Number((await readSetting(transaction, 'journal-open-size')) ?? 0);
      await appendEverywhere(media(), entries.map(journalLine).join(''), expected, transaction);
      await insertEntries(transaction, entries);
    }
    return work.project(transaction, entries);
  });
}

async function appendEverywhere(
  media: readonly JournalMedium[],
  lines: string,
  expected: number,
  transaction: Knex.Transaction,
) {
  const sizes = await Promise.all(media.map((medium) => medium.size()));
  if (sizes.some((size) => size !== expected)) throw new JournalAheadOfCatalog();
  const after = await Promise.all(media.map((medium) => medium.append(lines)));
  const size = expected + Buffer.byteLength(lines);
  if (after.some((found) => found !== size))
    throw new ArchiveError(
      'JOURNAL_BROKEN',
      'Someone else wrote into the journal. Stop other programs on this store and run `trajno audit`.',
    );
  await writeSetting(transaction, 'journal-open-size', String(size));
}

/** The newest entry that the catalog knows. */
export async function readHead(connection: Connection): Promise<JournalHead> {
  const row: JournalHead | undefined = await connection('journal')
    .orderBy('sequence', 'desc')
    .first('sequence', 'hash');
  return row ?? emptyHead;
}

/** The hash of an entry; undefined where the catalog has none of that number. */
export async function findEntryHash(connection: Connection, sequence: number): Promise<string | undefined> {
  const row: { hash: string } | undefined = await connection('journal').where({ sequence }).first('hash');
  return row?.hash;
}

/** How many entries there are of a type, about one subject where it is named. */
export async function countEntries(connection: Connection, type: JournalEntryType, subject?: string): Promise<number> {
  const row = await connection('journal')
    .where(subject === undefined ? { type } : { type, subject })
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Entries of these types after one, oldest first. */
export async function entriesAfter(
  connection: Connection,
  sequence: number,
  types: readonly JournalEntryType[],
  limit: number,
): Promise<IndexedEntry[]> {
  const rows = await connection('journal')
    .where('sequence', '>', sequence)
    .whereIn('type', [...types])
    .orderBy('sequence')
    .limit(limit);
  return rows.map(fromRow);
}

/** How many entries of each type there are since a moment. */
export async function countEntriesSince(connection: Connection, since: string): Promise<Record<string, number>> {
  const rows: { type: string; count: number | string }[] = await connection('journal')
    .where('time', '>=', since)
    .groupBy('type')
    .select('type')
    .count({ count: '*' });
  return Object.fromEntries(rows.map(({ type, count }) => [type, Number(count)]));
}

/** Writes entries into the catalog's index of the journal. */
export async function insertEntries(transaction: Connection, entries: readonly JournalEntry[]): Promise<void> {
  await insertMany(
    transaction,
    'journal',
    entries.map(({ sequence, time, institution, type, subject, actor, detail, hash }) => ({
      sequence,
      time,
      institution_id: institution,
      type,
      subject: subject ?? null,
      actor,
      detail: JSON.stringify(detail),
      hash,
    })),
  );
}

/** Inserts rows in as few statements as SQLite's limit of variables allows. */
export async function insertMany(connection: Connection, table: string, rows: readonly object[]): Promise<void> {
  const width = Object.keys(rows[0] ?? {}).length;
  if (width === 0) return;
  const atOnce = Math.max(1, Math.floor(900 / width));
  for (let index = 0; index < rows.length; index += atOnce)
    await connection(table).insert(rows.slice(index, index + atOnce));
}

/** What to list of the journal. */
export interface JournalQuery {
  readonly institution: string;
  readonly subject?: string;
  readonly type?: JournalEntryType;
  /** Entries older than this one. */
  readonly before?: number;
  readonly limit: number;
}

/** Entries, newest first. */
export async function listEntries(connection: Connection, query: JournalQuery): Promise<IndexedEntry[]> {
  const rows: Record<string, string | number | null>[] = await connection('journal')
    .where('institution_id', query.institution)
    .modify((builder) => {
      if (query.subject !== undefined) builder.where('subject', query.subject);
      if (query.type !== undefined) builder.where('type', query.type);
      if (query.before !== undefined) builder.where('sequence', '<', query.before);
    })
    .orderBy('sequence', 'desc')
    .limit(query.limit)
    .select('sequence', 'time', 'institution_id', 'type', 'subject', 'actor', 'detail', 'hash');
  return rows.map(fromRow);
}

/** The entry that made a version of a record's AIP binding. */
export async function entryOfVersion(
  connection: Connection,
  recordId: string,
  version: number,
): Promise<IndexedEntry | undefined> {
  const row = await connection('journal')
    .join('aip_versions', 'aip_versions.sequence', 'journal.sequence')
    .where({ 'aip_versions.record_id': recordId, 'aip_versions.version': version })
    .first('journal.*');
  return row && fromRow(row);
}

/** Every row of the catalog's index of the journal, in order; `isIntact` tells whether it is what its hash was made of. */
export async function* eachJournalRow(
  connection: Connection,
): AsyncGenerator<IndexedEntry & { isIntact(previous: string): boolean }> {
  for (let after = 0; ; ) {
    const rows = await connection('journal').where('sequence', '>', after).orderBy('sequence').limit(1000);
    if (rows.length === 0) return;
    for (const row of rows) {
      const entry = fromRow(row);
      const { sequence, hash: _hash, ...plain } = entry;
      yield {
        ...entry,
        isIntact: (previous) => chain({ sequence: sequence - 1, hash: previous }, [plain])[0]?.hash === entry.hash,
      };
    }
    after = rows.at(-1).sequence;
  }
}

/** An entry as the catalog keeps it. */
export type IndexedEntry = Omit<JournalEntry, 'previous'>;

function fromRow(row: Record<string, string | number | null>): IndexedEntry {
  return {
    sequence: Number(row.sequence),
    time: String(row.time),
    institution: String(row.institution_id),
    type: row.type as JournalEntryType,
    ...(row.subject ? { subject: String(row.subject) } : {}),
    actor: String(row.actor),
    detail: JSON.parse(String(row.detail)),
    hash: String(row.hash),
  };
}
