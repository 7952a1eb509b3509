import type { Knex } from 'knex';
import { ArchiveError } from '../../base/index.ts';
import { connect, whileNobodyMigrates } from './dialect.ts';
import * as first from './migrations/0001-first-catalog.ts';
import * as malwareScans from './migrations/0002-malware-scans.ts';
import * as representations from './migrations/0003-representations.ts';
import * as formatIdentifications from './migrations/0004-format-identifications.ts';
import * as qualifications from './migrations/0005-qualifications.ts';
import * as jobLeases from './migrations/0006-job-leases.ts';
import * as schedules from './migrations/0007-schedules.ts';
import * as evidence from './migrations/0010-evidence.ts';
import * as revalidations from './migrations/0011-revalidations.ts';
import * as certifiedCopies from './migrations/0013-certified-copies.ts';
import * as copiesOfObjects from './migrations/0016-copies-of-objects.ts';
import * as recordsManagement from './migrations/0020-records-management.ts';
import * as people from './migrations/0030-people.ts';
import * as profiles from './migrations/0040-profiles.ts';
import * as handOvers from './migrations/0045-hand-overs.ts';
import * as officeNotes from './migrations/0046-office-notes.ts';
import * as facets from './migrations/0050-facets.ts';
import * as countedCopies from './migrations/0051-counted-copies.ts';
import * as keptByPeople from './migrations/0052-kept-by-people.ts';
import * as copyPayments from './migrations/0055-copy-payments.ts';
import * as accessRules from './migrations/0056-access-rules.ts';

/** The database: an index of the store, plus what the store does not hold. */
export type Catalog = Knex;
/** The catalog while nobody else writes. */
export type Transaction = Knex.Transaction;
/** A transaction, or the catalog itself where one statement is enough. */
export type Connection = Knex | Knex.Transaction;

const migrations: Record<string, Knex.Migration> = {
  '0001-first-catalog': first,
  '0002-malware-scans': malwareScans,
  '0003-representations': representations,
  '0004-format-identifications': formatIdentifications,
  '0005-qualifications': qualifications,
  '0006-job-leases': jobLeases,
  '0007-schedules': schedules,
  '0010-evidence': evidence,
  '0011-revalidations': revalidations,
  '0013-certified-copies': certifiedCopies,
  '0016-copies-of-objects': copiesOfObjects,
  '0020-records-management': recordsManagement,
  '0030-people': people,
  '0040-profiles': profiles,
  '0045-hand-overs': handOvers,
  '0046-office-notes': officeNotes,
  '0050-facets': facets,
  '0051-counted-copies': countedCopies,
  '0052-kept-by-people': keptByPeople,
  '0055-copy-payments': copyPayments,
  '0056-access-rules': accessRules,
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

/** Where the catalog's tables stand in a PostgreSQL database, which may hold other things too. */
export const catalogSchema = 'trajno';

/**
 * Opens the catalog and brings it to this program's form.
 * @param place the file of an SQLite database, `:memory:`, or `postgres://…`
 * @throws ArchiveError STORE_TOO_NEW when a newer program has used it, CATALOG_UNAVAILABLE when the database does not answer
 */
export async function openCatalog(place: string, schema = catalogSchema): Promise<Catalog> {
  const catalog = await connect(place, schema);
  try {
    await bringUpToDate(catalog, schema);
    return catalog;
  } catch (error) {
    await catalog.destroy();
    throw error;
  }
}

/** Brings a catalog to this program's form and does nothing else. @returns the names of the migrations that were missing */
export async function migrate(place: string): Promise<string[]> {
  const catalog = await connect(place, catalogSchema);
  try {
    return await bringUpToDate(catalog, catalogSchema);
  } finally {
    await catalog.destroy();
  }
}

/** Forwards only. */
async function bringUpToDate(catalog: Catalog, schema: string): Promise<string[]> {
  if (await isOfThisForm(catalog)) return [];
  return whileNobodyMigrates(catalog, schema, async () => {
    if (await isOfThisForm(catalog)) return [];
    const [, names] = await catalog.migrate.latest({ migrationSource });
    return names;
  });
}

async function isOfThisForm(catalog: Catalog): Promise<boolean> {
  if (!(await catalog.schema.hasTable('knex_migrations'))) return false;
  const done: { name: string }[] = await catalog('knex_migrations').select('name');
  const unknown = done.find(({ name }) => !migrations[name]);
  if (unknown)
    throw new ArchiveError(
      'STORE_TOO_NEW',
      `A newer Trajno has used this catalog (${unknown.name}). Use that version or a later one.`,
    );
  return done.length === Object.keys(migrations).length;
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

/**
 * Changes a setting only if it is still what it was: of several processes that try, one succeeds.
 * @returns whether it was changed
 */
export async function changeSetting(connection: Connection, name: string, from: string, to: string): Promise<boolean> {
  return (await connection('settings').where({ name, value: from }).update({ value: to })) > 0;
}
