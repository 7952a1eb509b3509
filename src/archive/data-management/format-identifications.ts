import { type Connection, writeSetting } from './catalog.ts';
import { findRecord } from './find-records.ts';
import type { NewJournalEntry } from './journal-entry.ts';
import type { CatalogFile, CatalogRecord } from './records.ts';

/** What a file of a stored record is by newer signatures; the same content is the same format. */
export interface FormatIdentificationRow {
  readonly sha256: string;
  readonly puid?: string;
  readonly formatName: string;
  readonly mimeType: string;
  readonly formatBasis: string;
  /** The releases of the signatures, as `V118/37`. */
  readonly signatures: string;
  readonly identifiedAt: string;
}

/** Writes what files of a record are now, in the place of what was known of them. */
export async function putFormatIdentifications(
  transaction: Connection,
  recordId: string,
  rows: readonly FormatIdentificationRow[],
): Promise<void> {
  for (const row of rows)
    await transaction('format_identifications')
      .insert({
        record_id: recordId,
        sha256: row.sha256,
        puid: row.puid ?? null,
        format_name: row.formatName,
        mime_type: row.mimeType,
        format_basis: row.formatBasis,
        signatures: row.signatures,
        identified_at: row.identifiedAt,
      })
      .onConflict(['record_id', 'sha256'])
      .merge();
}

/** The files with the formats that they are known as now, where newer signatures said something else than the package. */
async function withCurrentFormats(
  connection: Connection,
  recordId: string,
  files: readonly CatalogFile[],
): Promise<CatalogFile[]> {
  const rows: Record<string, string | null>[] = await connection('format_identifications').where({
    record_id: recordId,
  });
  const bySha256 = new Map(rows.map((row) => [row.sha256, row]));
  return files.map((file) => {
    const row = bySha256.get(file.sha256);
    if (!row) return file;
    const { puid: _, ...rest } = file;
    return {
      ...rest,
      ...(row.puid ? { puid: row.puid } : {}),
      formatName: String(row.format_name),
      mimeType: String(row.mime_type),
      formatBasis: String(row.format_basis),
    };
  });
}

/** A record with the formats that its files are known as now. */
export async function findRecordAsKnown(
  connection: Connection,
  institution: string,
  idOrNumber: string,
): Promise<CatalogRecord | undefined> {
  const record = await findRecord(connection, institution, idOrNumber);
  return record && { ...record, files: await withCurrentFormats(connection, record.id, record.files) };
}

/** Stored records after `after` in the order of their ids, with their files: what a walk over the holdings goes through. */
export async function heldRecordIds(connection: Connection, after: string, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await connection('records')
    .where('id', '>', after)
    .where('version', '>', 0)
    .whereIn('state', ['archived', 'awaiting'])
    .orderBy('id')
    .limit(limit)
    .select('id');
  return rows.map(({ id }) => id);
}

/** How many records `heldRecordIds` gives from `after` on. */
export async function countHeldRecords(connection: Connection, after: string): Promise<number> {
  const row: { count?: number | string } | undefined = await connection('records')
    .where('id', '>', after)
    .where('version', '>', 0)
    .whereIn('state', ['archived', 'awaiting'])
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Which object of the store holds the signatures that formats are told by. */
export async function writeInstalledSignatures(transaction: Connection, objectId: string): Promise<void> {
  await writeSetting(transaction, 'format-signatures', objectId);
}

/** The files that a `format.reidentified` entry speaks of: by digest, since names of files never stand in the journal. */
export function reidentifiedFiles({
  time,
  detail,
}: Pick<NewJournalEntry, 'time' | 'detail'>): FormatIdentificationRow[] {
  const { signatures, files } = detail as { signatures?: unknown; files?: readonly Record<string, unknown>[] };
  return (files ?? []).map(({ sha256, to, name, mimeType, basis }) => ({
    sha256: String(sha256),
    ...(to === undefined ? {} : { puid: String(to) }),
    formatName: String(name),
    mimeType: String(mimeType),
    formatBasis: String(basis),
    signatures: String(signatures),
    identifiedAt: time,
  }));
}

/** How much of the holdings is in one format. */
export interface FormatShare {
  /** Undefined: what no signature knows. */
  readonly puid?: string;
  readonly formatName: string;
  readonly files: number;
  readonly bytes: number;
}

/** The formats of all originals that are held, as they are known now, the most frequent first. */
export async function formatShares(connection: Connection, institution: string): Promise<FormatShare[]> {
  const rows: { puid: string | null; name: string; files: number | string; bytes: number | string }[] =
    await connection('files')
      .join('records', 'records.id', 'files.record_id')
      .leftJoin('format_identifications', (on) =>
        on
          .on('format_identifications.record_id', 'files.record_id')
          .andOn('format_identifications.sha256', 'files.sha256'),
      )
      .where('files.institution_id', institution)
      .where('records.version', '>', 0)
      .groupByRaw('1, 2')
      .orderBy('files', 'desc')
      .select(
        connection.raw(
          'CASE WHEN format_identifications.sha256 IS NULL THEN files.puid ELSE format_identifications.puid END AS puid',
        ),
        connection.raw('COALESCE(format_identifications.format_name, files.format_name) AS name'),
      )
      .count({ files: '*' })
      .sum({ bytes: 'files.size' });
  return rows.map(({ puid, name, files, bytes }) => ({
    ...(puid ? { puid } : {}),
    formatName: name,
    files: Number(files),
    bytes: Number(bytes),
  }));
}
