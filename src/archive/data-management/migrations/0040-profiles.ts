import type { Knex } from 'knex';

/** Profiles that the institution published, and withdrawals of profiles. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('profile_entries', (table) => {
    table.string('institution_id').notNullable();
    table.integer('sequence').notNullable();
    table.string('kind').notNullable();
    table.string('profile_id').notNullable();
    table.string('version').notNullable();
    table.text('definition').notNullable();
    table.string('time').notNullable();
    table.string('actor').notNullable();
    table.primary(['institution_id', 'sequence']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
