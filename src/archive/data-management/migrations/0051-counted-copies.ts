import type { Knex } from 'knex';

/**
 * How many copies each location has, by state and by the day on which they were last read, is kept beside them; entries of
 * a type are found without those of other types.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('copy_counts', (table) => {
    table.string('location').notNullable();
    table.string('kind').notNullable();
    table.string('state').notNullable();
    table.string('day').notNullable();
    table.integer('copies').notNullable();
    table.primary(['location', 'kind', 'state', 'day']);
  });
  await db.raw(
    `INSERT INTO copy_counts (location, kind, state, day, copies)
     SELECT location, CASE WHEN object_id LIKE 'urn:uuid:%' THEN 'record' ELSE 'other' END AS kind, state,
       COALESCE(SUBSTR(verified_at, 1, 10), '') AS day, COUNT(*)
     FROM copies GROUP BY 1, 2, 3, 4`,
  );
  await db.schema.alterTable('journal', (table) => {
    table.index(['institution_id', 'type', 'sequence']);
    table.index(['institution_id', 'subject', 'sequence']);
  });
  await db.raw('CREATE INDEX verdicts_changed ON verdicts (validated_at) WHERE report IS NOT NULL');
  await db.schema.alterTable('copies', (table) => table.index(['state', 'location']));
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
