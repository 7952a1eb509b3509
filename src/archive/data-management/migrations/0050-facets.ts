import type { Knex } from 'knex';
import { createSearchTable } from '../dialect.ts';
import { countFacets, type FacetChanges, facetColumn, facetsOf, noteFacets } from '../facets.ts';

const atOnce = 500;

/** Categories, years and signers are found by their facets, and how many records have a value is kept beside. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('facet_values', (table) => {
    table.string('institution_id').notNullable();
    table.string('token').notNullable();
    table.string('facet').notNullable();
    table.string('label').notNullable();
    table.integer('records').notNullable();
    table.primary(['institution_id', 'token']);
    table.index(['institution_id', 'facet', 'records']);
  });
  await db.raw('ALTER TABLE record_search RENAME TO record_search_before');
  await createSearchTable(db);
  const changes: FacetChanges = new Map();
  for (let after = 0; ; ) {
    const rows = await db('records').where('position', '>', after).orderBy('position').limit(atOnce);
    if (rows.length === 0) break;
    await describe(db, rows, changes);
    after = rows.at(-1).position;
  }
  await countFacets(db, changes);
  await db.raw('DROP TABLE record_search_before');
}

async function describe(db: Knex, rows: Record<string, string>[], changes: FacetChanges): Promise<void> {
  const ids = rows.map(({ id }) => String(id));
  const signatures = await db('signatures').whereIn('record_id', ids).select('record_id', 'signed_by', 'indication');
  const positions = rows.map(({ position }) => Number(position));
  const found: { rowid: number; words: string }[] = await db('record_search_before')
    .whereIn('rowid', positions)
    .select('rowid', 'words');
  const words = new Map(found.map(({ rowid, words: kept }) => [rowid, kept]));
  const described = rows.map((row) => {
    const record = faceted(
      row,
      signatures.filter(({ record_id }) => record_id === row.id),
    );
    const isDisposed = row.state === 'disposed';
    noteFacets(changes, String(row.institution_id), isDisposed ? facetsOf(disposed) : facetsOf(record), 1);
    return {
      rowid: row.position,
      words: words.get(Number(row.position)) ?? String(row.number).replace('-', ' '),
      facets: isDisposed ? facetColumn(disposed) : facetColumn(record),
    };
  });
  for (let index = 0; index < described.length; index += 200)
    await db('record_search').insert(described.slice(index, index + 200));
}

const disposed = { state: 'disposed', profile: { id: '' }, receivedAt: '', version: 0, fields: {}, signatures: [] };

function faceted(row: Record<string, string>, signatures: { signed_by: string | null; indication: string }[]) {
  return {
    state: String(row.state),
    profile: { id: String(row.profile_id) },
    ...(row.category ? { category: row.category } : {}),
    ...(row.document_date ? { documentDate: row.document_date } : {}),
    receivedAt: String(row.received_at),
    version: Number(row.version),
    fields: JSON.parse(String(row.fields)),
    signatures: signatures.map(({ signed_by, indication }) => ({
      indication,
      ...(signed_by ? { signedBy: signed_by } : {}),
    })),
  };
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
