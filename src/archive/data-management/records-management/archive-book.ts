import type { Catalog, Connection } from '../catalog.ts';

/** What stands in a row of the archive book, form AK (PAK 34/2022), beside what can be counted. */
export interface BookRowFacts {
  /** Column 4: the category's name. */
  readonly content: string;
  /** Column 6. */
  readonly period: string;
  /** Column 7: number and date of the archive's consent to the list. */
  readonly consent: string;
  /** Column 8: units of paper; electronic material by format and MB. */
  readonly quantity: string;
  /** Column 9: room and shelf; device and place. */
  readonly place: string;
  /** Column 11. */
  readonly remark?: string;
  /** Why there is a version after the first. */
  readonly reason?: string;
}

/** A row of the archive book. Earlier versions stay and can be seen. */
export interface BookRow {
  readonly institution: string;
  readonly creator: string;
  /** Column 1: goes on from year to year, never repeats. */
  readonly number: number;
  readonly version: number;
  readonly carrier: 'paper' | 'electronic';
  readonly list?: string;
  /** Column 5. */
  readonly mark: string;
  /** Column 3. */
  readonly yearFrom: string;
  readonly yearTo: string;
  /** Column 2. */
  readonly enteredOn: string;
  readonly records: number;
  readonly bytes: number;
  readonly disposedRecords: number;
  readonly disposedBytes: number;
  /** Column 10: number and date of the minutes of destruction or hand-over. */
  readonly minutes: readonly string[];
  readonly facts: BookRowFacts;
}

/** Writes a version of a row; what was destroyed of it and the minutes go on from the version before. */
export async function putBookRow(connection: Connection, row: BookRow): Promise<void> {
  const earlier = await connection('book_rows')
    .where({ creator_id: row.creator, number: row.number, is_latest: 1 })
    .first();
  await connection('book_rows').where({ creator_id: row.creator, number: row.number }).update({ is_latest: 0 });
  await connection('book_rows')
    .insert({
      institution_id: row.institution,
      creator_id: row.creator,
      number: row.number,
      version: row.version,
      is_latest: 1,
      carrier: row.carrier,
      list_id: row.list ?? null,
      mark: row.mark,
      year_from: row.yearFrom,
      year_to: row.yearTo,
      entered_on: row.enteredOn,
      records: row.records,
      bytes: row.bytes,
      disposed_records: earlier?.disposed_records ?? 0,
      disposed_bytes: earlier?.disposed_bytes ?? 0,
      minutes: earlier?.minutes ?? '[]',
      facts: JSON.stringify(row.facts),
    })
    .onConflict(['creator_id', 'number', 'version'])
    .merge();
}

/** Notes in a row what was destroyed of it, and by what minutes (AK-08). */
export async function noteDisposalInBook(
  connection: Connection,
  creator: string,
  number: number,
  disposed: { readonly bytes: number; readonly minutes: string },
): Promise<void> {
  const row = await connection('book_rows').where({ creator_id: creator, number, is_latest: 1 }).first();
  if (!row) return;
  const minutes: string[] = JSON.parse(row.minutes);
  if (!minutes.includes(disposed.minutes)) minutes.push(disposed.minutes);
  await connection('book_rows')
    .where({ creator_id: creator, number, is_latest: 1 })
    .update({
      disposed_records: Number(row.disposed_records) + 1,
      disposed_bytes: Number(row.disposed_bytes) + disposed.bytes,
      minutes: JSON.stringify(minutes),
    });
}

/** Rows of a creator's book in their order; of one year of creation where it is named; old versions only when asked for. */
export async function listBookRows(
  connection: Connection,
  creator: string,
  { year, versions = false }: { readonly year?: string; readonly versions?: boolean } = {},
): Promise<BookRow[]> {
  const rows = await connection('book_rows')
    .where({ creator_id: creator, ...(versions ? {} : { is_latest: 1 }) })
    .modify((builder) => {
      if (year) builder.where('year_from', '<=', year).where('year_to', '>=', year);
    })
    .orderBy(['number', 'version']);
  return rows.map(fromRow);
}

/** The row that records of a category version and year belong to. */
export async function findBookRow(
  connection: Connection,
  creator: string,
  list: string,
  mark: string,
  year: string,
): Promise<BookRow | undefined> {
  const row = await connection('book_rows')
    .where({ creator_id: creator, list_id: list, mark, year_from: year, is_latest: 1, carrier: 'electronic' })
    .first();
  return row && fromRow(row);
}

/** What is in the store of one category version and year. */
export interface HeldGroup {
  readonly list: string;
  readonly mark: string;
  readonly year: string;
  readonly records: number;
  readonly bytes: number;
}

/** What a creator's records are, by category version and year of creation. */
export async function heldGroups(connection: Connection, creator: string, year?: string): Promise<HeldGroup[]> {
  const rows: Record<string, string | number>[] = await connection('record_retention')
    .where({ creator_id: creator, ...(year ? { created_year: year } : {}) })
    .groupBy('created_year', 'list_id', 'mark')
    .orderBy(['created_year', 'mark', 'list_id'])
    .select('created_year', 'list_id', 'mark')
    .count({ records: '*' })
    .sum({ bytes: 'bytes' });
  return rows.map((row) => ({
    list: String(row.list_id),
    mark: String(row.mark),
    year: String(row.created_year),
    records: Number(row.records),
    bytes: Number(row.bytes),
  }));
}

/** Bytes of a group's originals by format, largest first. */
export async function formatsOfGroup(
  connection: Catalog,
  creator: string,
  { list, mark, year }: Pick<HeldGroup, 'list' | 'mark' | 'year'>,
): Promise<{ format: string; bytes: number }[]> {
  const rows: Record<string, string | number>[] = await connection('record_retention')
    .join('files', 'files.record_id', 'record_retention.record_id')
    .where({ creator_id: creator, created_year: year, list_id: list, mark })
    .groupBy('files.format_name')
    .select({ format: 'files.format_name' })
    .sum({ bytes: 'files.size' });
  return rows
    .map((row) => ({ format: String(row.format), bytes: Number(row.bytes) }))
    .sort((one, other) => other.bytes - one.bytes || (one.format < other.format ? -1 : 1));
}

/** A transcript (prepis) of a year, made for the competent archive. */
export interface BookTranscript {
  readonly id: string;
  readonly institution: string;
  readonly creator: string;
  readonly year: string;
  readonly madeAt: string;
  readonly submittedOn?: string;
  /** Number of the cover letter, and by what channel. */
  readonly submission?: { readonly letter: string; readonly channel: string };
}

/** Writes a transcript. */
export async function putTranscript(connection: Connection, transcript: BookTranscript): Promise<void> {
  await connection('book_transcripts')
    .insert({
      id: transcript.id,
      institution_id: transcript.institution,
      creator_id: transcript.creator,
      year: transcript.year,
      made_at: transcript.madeAt,
    })
    .onConflict('id')
    .merge();
}

/** Notes that a transcript was handed in. */
export async function putTranscriptSubmission(
  connection: Connection,
  id: string,
  submittedOn: string,
  submission: NonNullable<BookTranscript['submission']>,
): Promise<void> {
  await connection('book_transcripts')
    .where({ id })
    .update({ submitted_on: submittedOn, submission: JSON.stringify(submission) });
}

/** A creator's transcripts, newest first. */
export async function listTranscripts(connection: Connection, creator: string): Promise<BookTranscript[]> {
  const rows = await connection('book_transcripts').where({ creator_id: creator }).orderBy('id', 'desc');
  return rows.map((row) => ({
    id: String(row.id),
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    year: String(row.year),
    madeAt: String(row.made_at),
    ...(row.submitted_on
      ? { submittedOn: String(row.submitted_on), submission: JSON.parse(String(row.submission)) }
      : {}),
  }));
}

function fromRow(row: Record<string, string | number | null>): BookRow {
  return {
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    number: Number(row.number),
    version: Number(row.version),
    carrier: row.carrier as BookRow['carrier'],
    ...(row.list_id ? { list: String(row.list_id) } : {}),
    mark: String(row.mark),
    yearFrom: String(row.year_from),
    yearTo: String(row.year_to),
    enteredOn: String(row.entered_on),
    records: Number(row.records),
    bytes: Number(row.bytes),
    disposedRecords: Number(row.disposed_records),
    disposedBytes: Number(row.disposed_bytes),
    minutes: JSON.parse(String(row.minutes)),
    facts: JSON.parse(String(row.facts)),
  };
}
