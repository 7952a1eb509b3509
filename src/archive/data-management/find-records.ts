import type { Knex } from 'knex';
import type { Catalog, Connection } from './catalog.ts';
import { fromSearch, type SearchTerms, whereFound } from './dialect.ts';
import { commonFacets, type Facet, facetValue, tokenOf } from './facets.ts';
import type { CatalogFile, CatalogRecord, CatalogSignature, CatalogVersion, RecordState } from './records.ts';
import { searchWords, wantedWords } from './search-words.ts';

/** What to look for; every part narrows the result. */
export interface RecordQuery {
  readonly institution: string;
  /** Words of any field, in either alphabet; the last letters of a word may be missing. */
  readonly text?: string;
  readonly signer?: string;
  /** Words of one field of the profile. */
  readonly field?: { readonly name: string; readonly text: string };
  readonly states?: readonly RecordState[];
  /** Values that a record must have, as `FacetValue` has them. */
  readonly facets?: readonly { readonly facet: Facet; readonly value: string }[];
  /** Days of receipt, `2026-11-24`, both included. */
  readonly receivedFrom?: string;
  readonly receivedTo?: string;
  /** Of these only. */
  readonly ids?: readonly string[];
  /** The position after which to go on, from the page before. */
  readonly before?: number;
  readonly limit: number;
}

/** A record in a list: without its files and signatures. */
export type ListedRecord = Omit<CatalogRecord, 'files' | 'signatures'> & {
  readonly position: number;
  readonly verdicts: Readonly<Record<string, number>>;
};

/** A page of records, newest first, and where the next page begins. Reads index entries only, whatever the archive's size. */
export async function findRecords(
  catalog: Catalog,
  query: RecordQuery,
): Promise<{ records: ListedRecord[]; next?: number }> {
  const { builder } = await narrowed(catalog, query);
  return pageOf(catalog, await builder.limit(query.limit + 1).select('records.*'), query.limit);
}

/** The same for records whose positions are known already. */
export async function recordsAt(
  catalog: Catalog,
  positions: readonly number[],
  limit: number,
): Promise<{ records: ListedRecord[]; next?: number }> {
  const rows = await catalog('records')
    .whereIn('position', [...positions])
    .orderBy('position', 'desc');
  return pageOf(catalog, rows, limit);
}

async function pageOf(
  catalog: Catalog,
  rows: readonly Record<string, string | number | null>[],
  limit: number,
): Promise<{ records: ListedRecord[]; next?: number }> {
  const page = rows.slice(0, limit);
  const verdicts = await verdictsOf(
    catalog,
    page.map((row) => String(row.id)),
  );
  const records = page.map((row) => ({
    ...fromRow(row),
    position: Number(row.position),
    verdicts: verdicts.get(String(row.id)) ?? {},
  }));
  const last = records.at(-1);
  return { records, ...(rows.length > limit && last ? { next: last.position } : {}) };
}

/** The records that a query finds, newest first: to be selected from. */
export async function narrowed(
  catalog: Catalog,
  query: Omit<RecordQuery, 'limit'>,
): Promise<{ builder: Knex.QueryBuilder }> {
  const terms = searchTerms(query);
  const range = await positionRange(catalog, query);
  const builder = terms ? fromSearch(catalog) : catalog('records');
  builder.where('records.institution_id', query.institution);
  if (terms) {
    whereFound(builder, catalog, terms);
    range(builder, 'record_search.rowid');
    builder.orderBy('record_search.rowid', 'desc');
  } else {
    range(builder, 'records.position');
    builder.orderBy('records.position', 'desc');
  }
  if (query.ids) builder.whereIn('records.id', [...query.ids]);
  if (query.states && !terms) builder.whereIn('records.state', query.states);
  return { builder }; // in an object: a builder is a promise, which would be waited for
}

/** A record with its files and signatures, by its id or its number. */
export async function findRecord(
  connection: Connection,
  institution: string,
  idOrNumber: string,
): Promise<CatalogRecord | undefined> {
  const column = idOrNumber.startsWith('urn:') ? 'id' : 'number';
  const row = await connection('records')
    .where({ institution_id: institution, [column]: idOrNumber })
    .first();
  return row && completeRecord(connection, row);
}

/** The versions of a record's AIP, oldest first. */
export async function versionsOf(connection: Connection, recordId: string): Promise<CatalogVersion[]> {
  const rows = await connection('aip_versions').where({ record_id: recordId }).orderBy('version');
  return rows.map((row) => ({
    recordId: row.record_id,
    version: row.version,
    createdAt: row.created_at,
    inventorySha512: row.inventory_sha512,
    sequence: row.sequence,
    reason: row.reason,
  }));
}

/** Earlier records of the institution that hold content of one of these digests: sha256 → record id, earliest first. */
export async function earlierWithContent(
  connection: Connection,
  institution: string,
  sha256s: readonly string[],
): Promise<Map<string, string>> {
  const rows: { sha256: string; record_id: string }[] = await connection('files')
    .join('records', 'records.id', 'files.record_id')
    .where('files.institution_id', institution)
    .whereIn('files.sha256', [...sha256s])
    .where('files.role', 'content')
    .whereNotIn('records.state', ['rejected', 'disposed'])
    .orderBy('records.position', 'desc')
    .select('files.sha256', 'files.record_id');
  return new Map(rows.map((row) => [row.sha256, row.record_id]));
}

/** How many records stand in each state. */
export async function countByState(
  connection: Connection,
  institution: string,
): Promise<Partial<Record<RecordState, number>>> {
  const states = await commonFacets(connection, institution, ['state'], 20);
  return Object.fromEntries((states.get('state') ?? []).map(({ label, records }) => [label, records]));
}

async function completeRecord(
  connection: Connection,
  row: Record<string, string | number | null>,
): Promise<CatalogRecord> {
  const files = await connection('files').where({ record_id: row.id }).orderBy('number');
  const signatures = await connection('signatures').where({ record_id: row.id }).orderBy('number');
  return { ...fromRow(row), files: files.map(fileFromRow), signatures: signatures.map(signatureFromRow) };
}

async function verdictsOf(catalog: Catalog, ids: string[]): Promise<Map<string, Record<string, number>>> {
  const rows: { record_id: string; indication: string; count: number }[] = await catalog('signatures')
    .whereIn('record_id', ids)
    .groupBy('record_id', 'indication')
    .select('record_id', 'indication')
    .count({ count: '*' });
  const verdicts = new Map<string, Record<string, number>>();
  for (const row of rows) verdicts.set(row.record_id, { ...verdicts.get(row.record_id), [row.indication]: row.count });
  return verdicts;
}

/** What is looked for in the full-text index. Words are letters and digits only, so nothing of a stranger's text is syntax. */
export function searchTerms(query: Omit<RecordQuery, 'limit'>): SearchTerms | undefined {
  const words = wantedWords(query.text ?? '');
  const field = searchWords(query.field?.name ?? '').join('_');
  const facets = [
    ...searchWords(query.signer ?? '').map((word) => `signer:${word}`),
    ...searchWords(query.field?.text ?? '').map((word) => `field:${field}:${word}`),
  ];
  const allOf = (query.facets ?? []).map(({ facet, value }) => tokenOf({ facet, value: facetValue(value) }));
  if (words.length + facets.length + allOf.length === 0) return undefined;
  return { words, facets, allOf, oneOf: (query.states ?? []).map((state) => `state:${state}`) };
}

/** Positions grow with the time of receipt, so a range of days is a range of positions. */
async function positionRange(catalog: Catalog, query: Omit<RecordQuery, 'limit'>) {
  const edge = async (operator: '>=' | '<', day: string, order: 'asc' | 'desc'): Promise<number | undefined> => {
    const row: { position: number } | undefined = await catalog('records')
      .where('institution_id', query.institution)
      .where('received_at', operator, day)
      .orderBy([
        { column: 'received_at', order },
        { column: 'position', order },
      ])
      .first('position');
    return row?.position;
  };
  const from = query.receivedFrom && ((await edge('>=', query.receivedFrom, 'asc')) ?? Number.MAX_SAFE_INTEGER);
  const to = query.receivedTo && ((await edge('<', nextDay(query.receivedTo), 'desc')) ?? 0);
  return (builder: Knex.QueryBuilder, column: string) => {
    if (from) builder.where(column, '>=', from);
    if (to !== undefined && to !== '') builder.where(column, '<=', to);
    if (query.before !== undefined) builder.where(column, '<', query.before);
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function fromRow(row: Record<string, string | number | null>): Omit<CatalogRecord, 'files' | 'signatures'> {
  const text = (name: string) => String(row[name]);
  return {
    id: text('id'),
    institution: text('institution_id'),
    number: text('number'),
    title: text('title'),
    profile: { id: text('profile_id'), version: text('profile_version') },
    ...(row.category ? { category: text('category') } : {}),
    ...(row.classification ? { classification: JSON.parse(text('classification')) } : {}),
    state: text('state') as RecordState,
    ...(row.reason_code ? { reason: { code: text('reason_code'), detail: text('reason_detail') } } : {}),
    fields: JSON.parse(text('fields')),
    receivedAt: text('received_at'),
    ...(row.archived_at ? { archivedAt: text('archived_at') } : {}),
    ...(row.document_date ? { documentDate: text('document_date') } : {}),
    version: Number(row.version),
    ...(row.receipt_number
      ? { receipt: { number: text('receipt_number'), time: text('receipt_time'), head: text('receipt_head') } }
      : {}),
    ...(row.duplicate_of ? { duplicateOf: text('duplicate_of') } : {}),
  };
}

function fileFromRow(row: Record<string, string | number | null>): CatalogFile {
  return {
    path: String(row.path),
    ...(row.representation ? { representation: String(row.representation) } : {}),
    originalName: String(row.original_name),
    size: Number(row.size),
    sha256: String(row.sha256),
    sha512: String(row.sha512),
    mimeType: String(row.mime_type),
    ...(row.puid ? { puid: String(row.puid) } : {}),
    formatName: String(row.format_name),
    formatBasis: String(row.format_basis),
    role: row.role as CatalogFile['role'],
    ...(row.scanned_by ? { scannedBy: String(row.scanned_by) } : {}),
    ...(row.signs ? { signs: String(row.signs) } : {}),
  };
}

function signatureFromRow(row: Record<string, string | number | null>): CatalogSignature {
  return {
    file: String(row.file),
    format: String(row.format),
    indication: String(row.indication),
    ...(row.sub_indication ? { subIndication: String(row.sub_indication) } : {}),
    ...(row.reason_code ? { reasonCode: String(row.reason_code) } : {}),
    ...(row.reason ? { reason: String(row.reason) } : {}),
    ...(row.signed_by ? { signedBy: String(row.signed_by) } : {}),
    ...(row.claimed_signing_time ? { claimedSigningTime: String(row.claimed_signing_time) } : {}),
    ...(row.qualification ? { qualification: String(row.qualification) } : {}),
    validationTime: String(row.validation_time),
  };
}
