import { rm } from 'node:fs/promises';
import knex, { type Knex } from 'knex';
import { ArchiveError } from '../../base/index.ts';
import * as first from './migrations/0001-first-catalog.ts';
import * as malwareScans from './migrations/0002-malware-scans.ts';
import * as representations from './migrations/0003-representations.ts';
import * as formatIdentifications from './migrations/0004-format-identifications.ts';
import * as qualifications from './migrations/0005-qualifications.ts';
import * as evidence from './migrations/0010-evidence.ts';
import * as revalidations from './migrations/0011-revalidations.ts';

/** The database: an index of the store, plus what the store does not hold. */
export type Catalog = Knex;
/** A transaction, or the catalog itself where one statement is enough. */
export type Connection = Knex | Knex.Transaction;

const migrations: Record<string, Knex.Migration> = {
  '0001-first-catalog': first,
  '0002-malware-scans': malwareScans,
  '0003-representations': representations,
  '0004-format-identifications': formatIdentifications,
  '0005-qualifications': qualifications,
  '0010-evidence': evidence,
  '0011-revalidations': revalidations,
};

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => Object.keys(migrations).sort(),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const migration = migrations[name];
    if (!migration) throw new Error(`no migration named ${name}`);
    return migration;
  },
};

/**
 * Opens the catalog and brings it to this program's form.
 *
 * `synchronous = NORMAL` is enough: what has legal effect is durable in the journal first, and a catalog that a power
 * cut left behind is brought up from it when it is opened.
 * @param filename of the SQLite database, or `:memory:`
 * @throws ArchiveError STORE_TOO_NEW when a newer program has used it
 */
export async function openCatalog(filename: string): Promise<Catalog> {
  const catalog = knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, acquireTimeoutMillis: 120_000 },
  });
  try {
    await catalog.raw('PRAGMA busy_timeout = 60000');
    await catalog.raw('PRAGMA journal_mode = WAL');
    await catalog.raw('PRAGMA synchronous = NORMAL');
    await catalog.raw('PRAGMA cache_size = -65536');
    await migrate(catalog);
    return catalog;
  } catch (error) {
    await catalog.destroy();
    throw error;
  }
}

/** Runs the migrations that are missing, forwards only. @returns their names */
export async function migrate(catalog: Catalog): Promise<string[]> {
  if (await catalog.schema.hasTable('knex_migrations')) {
    const done: { name: string }[] = await catalog('knex_migrations').select('name');
    const unknown = done.find(({ name }) => !migrations[name]);
    if (unknown)
      throw new ArchiveError(
        'STORE_TOO_NEW',
        `A newer Trajno has used this catalog (${unknown.name}). Use that version or a later one.`,
      );
    if (done.length === Object.keys(migrations).length) return [];
  }
  const [, names] = await catalog.migrate.latest({ migrationSource });
  return names;
}

/**
 * Runs `work` in one transaction that holds the write lock from its start: no other process writes between what it
 * reads and what it writes.
 */
export async function inTransaction<T>(
  catalog: Catalog,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return catalog.transaction(async (transaction) => {
    await transaction('settings').insert({ name: 'lock', value: '' }).onConflict('name').merge();
    return work(transaction);
  });
}

/** A setting of the catalog itself, such as what the journal's open end looked like. */
export async function readSetting(connection: Connection, name: string): Promise<string | undefined> {
  const row: { value: string } | undefined = await connection('settings').where({ name }).first('value');
  return row?.value;
}

export async function writeSetting(connection: Connection, name: string, value: string): Promise<void> {
  await connection('settings').insert({ name, value }).onConflict('name').merge();
}

/** Copies the catalog as it stands, while others write. @param to a file that does not exist yet, or is replaced */
export async function backUpCatalog(catalog: Catalog, to: string): Promise<void> {
  await rm(to, { force: true });
  await catalog.raw('VACUUM INTO ?', [to]);
}
