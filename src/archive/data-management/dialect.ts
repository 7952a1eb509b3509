import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import knex, { type Knex } from 'knex';
import { ArchiveError } from '../../base/index.ts';

// Everything in which SQLite and PostgreSQL differ; all other SQL of the catalog is the same for both.

/** Whether a catalog lies in PostgreSQL, by what it is opened with. */
export function isPostgresAddress(place: string): boolean {
  return /^postgres(ql)?:\/\//i.test(place);
}

function isPostgres(connection: Knex): boolean {
  return connection.client.config.client === 'pg';
}

/** @param place the file of an SQLite database, `:memory:`, or the address of a PostgreSQL database */
export async function connect(place: string, schema: string): Promise<Knex> {
  const catalog = isPostgresAddress(place) ? await connectPostgres(place, schema) : connectSqlite(place);
  try {
    if (isPostgres(catalog)) await requireUnicode(catalog);
    else for (const [name, value] of sqliteSettings) await catalog.raw(`PRAGMA ${name} = ${value}`);
    return catalog;
  } catch (error) {
    await catalog.destroy();
    throw error;
  }
}

/**
 * `synchronous = NORMAL` is enough: what has legal effect is durable in the journal first, and a catalog that a power
 * cut left behind is brought up from it when it is opened.
 */
const sqliteSettings = [
  ['busy_timeout', '60000'],
  ['journal_mode', 'WAL'],
  ['synchronous', 'NORMAL'],
  ['cache_size', '-65536'],
] as const;

function connectSqlite(filename: string): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, acquireTimeoutMillis: 120_000 },
  });
}

const int8 = 20;

async function connectPostgres(connectionString: string, schema: string): Promise<Knex> {
  const { default: pg } = await import('pg');
  // Counts and sizes come as text unless told otherwise; all of ours are far below 2^53.
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
  };
  return knex({
    client: 'pg',
    connection: { connectionString, types, application_name: 'trajno' } as Knex.PgConnectionConfig,
    searchPath: [schema],
    log: { warn: () => {} }, // what fails is thrown; knex would say it on stdout as well, where scripts read
    pool: { min: 0, max: 10, acquireTimeoutMillis: 120_000 },
  });
}

async function requireUnicode(catalog: Knex): Promise<void> {
  const { rows } = await catalog.raw('SHOW server_encoding').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code ?? 'it did not answer';
    throw new ArchiveError('CATALOG_UNAVAILABLE', `The catalog's database cannot be reached (${why}).`, { cause });
  });
  if (rows[0]?.server_encoding !== 'UTF8')
    throw new ArchiveError('USAGE', 'The catalog needs a PostgreSQL database whose encoding is UTF8.');
}

/** Any number that no other program on the database uses for an advisory lock. */
const migrationLock = 7_265_741_001;

/** Lets one process at a time change the form of the catalog: many may be started at once. */
export async function whileNobodyMigrates<T>(catalog: Knex, schema: string, work: () => Promise<T>): Promise<T> {
  if (!isPostgres(catalog)) return work();
  return catalog.transaction(async (guard) => {
    await guard.raw('SELECT pg_advisory_xact_lock(?)', [migrationLock]);
    await catalog.raw('CREATE SCHEMA IF NOT EXISTS ??', [schema]);
    // knex's own lock is a row that a killed process leaves behind; under this lock it can be nobody's.
    if (await catalog.schema.hasTable('knex_migrations_lock'))
      await catalog('knex_migrations_lock').update({ is_locked: 0 });
    const result = await work();
    await compareTextByBytes(catalog, schema);
    return result;
  });
}

/** As in SQLite, a text may be of any length, and texts are ordered by their bytes whatever the database's language. */
async function compareTextByBytes(catalog: Knex, schema: string): Promise<void> {
  const { rows } = await catalog.raw(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = ? AND data_type IN ('character varying', 'text') AND collation_name IS NULL`,
    [schema],
  );
  for (const { table_name, column_name } of rows)
    await catalog.raw('ALTER TABLE ?? ALTER COLUMN ?? TYPE text COLLATE "C"', [table_name, column_name]);
}

/**
 * What `record_search` is: words and facets, parted by blanks, found by whole words or their beginnings. SQLite keeps
 * beginnings of up to seven letters; those of longer words, which fewer records have, it gathers when they are asked for.
 */
export async function createSearchTable(db: Knex): Promise<void> {
  if (!isPostgres(db)) {
    await db.raw(
      "CREATE VIRTUAL TABLE record_search USING fts5(words, facets, tokenize = \"unicode61 remove_diacritics 0 tokenchars ':_'\", prefix = '1 2 3 4 5 6 7')",
    );
    return;
  }
  const lexemes = (column: string) => `array_to_tsvector(array_remove(string_to_array(${column}, ' '), ''))`;
  await db.raw(`CREATE TABLE record_search (
    rowid integer PRIMARY KEY, words text COLLATE "C" NOT NULL, facets text COLLATE "C" NOT NULL,
    word_lexemes tsvector GENERATED ALWAYS AS (${lexemes('words')}) STORED,
    facet_lexemes tsvector GENERATED ALWAYS AS (${lexemes('facets')}) STORED)`);
  for (const column of ['word_lexemes', 'facet_lexemes'])
    await db.raw('CREATE INDEX ON record_search USING gin (??)', [column]);
}

/** What a record must have to be found. All are folded words: letters, digits, `:` and `_`. */
export interface SearchTerms {
  /** Beginnings of words. */
  readonly words: readonly string[];
  /** Beginnings of facets. */
  readonly facets: readonly string[];
  /** One of these facets, whole. */
  readonly oneOf: readonly string[];
  /** All of these facets, whole. */
  readonly allOf: readonly string[];
}

/** Begins a query with what the full-text index finds: SQLite would go through all records and ask the index of each. */
export function fromSearch(connection: Knex): Knex.QueryBuilder {
  return joinNext(connection('record_search'), connection, 'records ON records.position = record_search.rowid');
}

/** Joins a table that is to be asked for each row of those before it; SQLite would begin with it where it has an index. */
export function joinNext(builder: Knex.QueryBuilder, connection: Knex, joined: string): Knex.QueryBuilder {
  return builder.joinRaw(`${isPostgres(connection) ? 'JOIN' : 'CROSS JOIN'} ${joined}`);
}

/** Narrows a query of `record_search`. */
export function whereFound(
  builder: Knex.QueryBuilder,
  connection: Knex,
  { words, facets, oneOf, allOf }: SearchTerms,
): void {
  if (!isPostgres(connection)) {
    const terms = [...words.map((word) => `words:"${word}"*`), ...facets.map((facet) => `facets:"${facet}"*`)];
    terms.push(...allOf.map((facet) => `facets:"${facet}"`));
    if (oneOf.length > 0) terms.push(`(${oneOf.map((facet) => `facets:"${facet}"`).join(' OR ')})`);
    builder.whereRaw('record_search MATCH ?', [terms.join(' AND ')]);
    return;
  }
  const facetTerms = [...facets.map((facet) => `'${facet}':*`), ...allOf.map((facet) => `'${facet}'`)];
  if (oneOf.length > 0) facetTerms.push(`(${oneOf.map((facet) => `'${facet}'`).join(' | ')})`);
  const wanted = { word_lexemes: words.map((word) => `'${word}':*`), facet_lexemes: facetTerms };
  for (const [column, terms] of Object.entries(wanted))
    if (terms.length > 0) builder.whereRaw('??.?? @@ ?::tsquery', ['record_search', column, terms.join(' & ')]);
}

/** PostgreSQL keeps no more than a mebibyte of words for a row. */
const mostSearchableBytes = 900_000;

/** The words that are kept of a record, each once, the first ones where there are too many for the database. */
export function keptWords(words: Iterable<string>): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const word of new Set(words)) {
    bytes += Buffer.byteLength(word);
    if (bytes > mostSearchableBytes) break;
    kept.push(word);
  }
  return kept.join(' ');
}

/** Passes over rows that another process is taking at this moment. SQLite has one writer at a time, and needs nothing. */
export function notBeingTaken(query: Knex.QueryBuilder, connection: Knex): Knex.QueryBuilder {
  return isPostgres(connection) ? query.forUpdate().skipLocked() : query;
}

/**
 * Copies a catalog as it stands, while others write: SQLite into a database, PostgreSQL into an archive of `pg_dump`.
 * @param to a file that does not exist yet, or is replaced
 * @throws ArchiveError CATALOG_UNAVAILABLE when `pg_dump` is missing or fails
 */
export async function backUpCatalog(catalog: Knex, to: string): Promise<void> {
  await rm(to, { force: true });
  if (!isPostgres(catalog)) {
    await catalog.raw('VACUUM INTO ?', [to]);
    return;
  }
  const { host, port, user, password, database } = await connectionOf(catalog);
  // In the environment, where other users of the machine do not see the password.
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password ?? '' };
  const args = ['--format=custom', `--schema=${catalog.client.config.searchPath[0]}`, `--file=${to}`, database];
  const running = spawn('pg_dump', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  running.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | string | null>((resolve) => {
    running.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    running.on('close', resolve);
  });
  if (code !== 0)
    throw new ArchiveError('CATALOG_UNAVAILABLE', `pg_dump did not copy the catalog (${code}). ${said.trim()}`);
}

interface ConnectionParameters {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

async function connectionOf(catalog: Knex): Promise<ConnectionParameters> {
  const connection = await catalog.client.acquireConnection();
  try {
    return connection.connectionParameters;
  } finally {
    await catalog.client.releaseConnection(connection);
  }
}
