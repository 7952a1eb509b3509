import type { Knex } from 'knex';
import type { Connection } from './catalog.ts';
import { keptWords } from './dialect.ts';
import {
  countFacets,
  type FacetChanges,
  type Faceted,
  facetColumn,
  facetsOf,
  facetValue,
  isText,
  noteFacets,
  tokensIn,
} from './facets.ts';
import { joinedNumbers, searchWords } from './search-words.ts';

/** A record with what it is found by. */
interface SearchedRecord extends Faceted {
  readonly id: string;
  readonly institution: string;
  readonly number: string;
  readonly title: string;
  readonly files: readonly { readonly originalName: string }[];
}

interface SearchRow {
  readonly position: number;
  readonly institution_id: string;
  readonly facets: string | null;
}

/** Writes the words and facets of records into the full-text index; its row id is the record's position. */
export async function putSearchRows(transaction: Knex.Transaction, records: readonly SearchedRecord[]): Promise<void> {
  const ids = records.map((record) => record.id);
  const rows: (SearchRow & { readonly id: string })[] = await transaction('records')
    .leftJoin('record_search', 'record_search.rowid', 'records.position')
    .whereIn('records.id', ids)
    .select('records.id', 'records.position', 'records.institution_id', 'record_search.facets');
  const byId = new Map(rows.map((row) => [row.id, row]));
  const changes: FacetChanges = new Map();
  for (const { institution_id, facets } of rows) noteFacets(changes, institution_id, tokensIn(facets ?? ''), -1);
  await transaction.raw(
    `DELETE FROM record_search WHERE rowid IN (${rows.map(() => '?').join(',')})`,
    rows.map(({ position }) => position),
  );
  for (let index = 0; index < records.length; index += 200) {
    const part = records.slice(index, index + 200);
    await transaction.raw(
      `INSERT INTO record_search (rowid, words, facets) VALUES ${part.map(() => '(?, ?, ?)').join(',')}`,
      part.flatMap((record) => [
        byId.get(record.id)?.position ?? null,
        wordColumn(record),
        facetColumn(record),
      ]) as string[],
    );
  }
  for (const record of records) noteFacets(changes, record.institution, facetsOf(record), 1);
  await countFacets(transaction, changes);
}

/** Puts other values of one facet in the place of those that the index has of a record. */
export async function changeFacet(
  connection: Connection,
  recordId: string,
  facet: 'state' | 'verdict',
  labels: readonly string[],
): Promise<void> {
  const row = await searchRowOf(connection, recordId);
  if (!row) return;
  const tokens = (row.facets ?? '').split(' ');
  const gone = tokens.filter((token) => token.startsWith(`${facet}:`));
  const values = [...new Set(labels)].map((label) => ({ facet, value: facetValue(label), label }));
  const now = values.map(({ value }) => `${facet}:${value}`);
  if (now.join(' ') === gone.join(' ')) return;
  const column = [...now, ...tokens.filter((token) => !gone.includes(token))].join(' ');
  await connection.raw('UPDATE record_search SET facets = ? WHERE rowid = ?', [column, row.position]);
  const changes: FacetChanges = new Map();
  noteFacets(changes, row.institution_id, gone, -1);
  noteFacets(changes, row.institution_id, values, 1);
  await countFacets(connection, changes);
}

/** Leaves of a record only its number and that it was disposed of. */
export async function forgetSearchRow(connection: Connection, recordId: string, number: string): Promise<void> {
  const row = await searchRowOf(connection, recordId);
  if (!row) return;
  await connection.raw('UPDATE record_search SET words = ?, facets = ? WHERE rowid = ?', [
    keptWords(wordsOf(number)),
    'state:disposed',
    row.position,
  ]);
  const changes: FacetChanges = new Map();
  noteFacets(changes, row.institution_id, tokensIn(row.facets ?? ''), -1);
  noteFacets(changes, row.institution_id, [{ facet: 'state', value: 'disposed', label: 'disposed' }], 1);
  await countFacets(connection, changes);
}

function searchRowOf(connection: Connection, recordId: string): Promise<SearchRow | undefined> {
  return connection('records')
    .join('record_search', 'record_search.rowid', 'records.position')
    .where('records.id', recordId)
    .first('records.position', 'records.institution_id', 'record_search.facets');
}

function wordColumn(record: SearchedRecord): string {
  const texts = [
    record.number,
    record.title,
    ...Object.values(record.fields)
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .filter(isText)
      .map(String),
    ...record.files.map((file) => file.originalName),
    ...record.signatures.map((signature) => signature.signedBy ?? ''),
  ];
  return keptWords(texts.flatMap(wordsOf));
}

const wordsOf = (text: string): string[] => [...searchWords(text), ...joinedNumbers(text)];
