import type { Knex } from 'knex';

/** A hand-over to a public archive is a disposal of its own kind. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('disposals', (table) => {
    table.string('kind').notNullable().defaultTo('destruction');
  });
  await db.schema.alterTable('record_retention', (table) => {
    table.index(['institution_id', 'period', 'created_year', 'record_id'], 'retention_permanent');
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
