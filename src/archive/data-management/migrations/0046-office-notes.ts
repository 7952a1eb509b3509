import type { Knex } from 'knex';

/** Acts on file, notices to the competent archive and its opinions, training, and what another body keeps. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('office_notes', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.string('kind').notNullable();
    table.string('date').notNullable();
    table.text('facts').notNullable();
    table.string('entered_at').notNullable();
    table.string('entered_by').notNullable();
    table.string('completed_on');
    table.index(['institution_id', 'kind', 'date']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
