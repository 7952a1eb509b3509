import type { Knex } from 'knex';

/** Embargoes and personal data of records; who may read which for what reason, until when; answers to requests for erasure. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('access_rules', (table) => {
    table.string('record_id').primary();
    table.string('institution_id').notNullable();
    table.string('embargo_until');
    table.boolean('personal_data');
    table.integer('sequence').notNullable();
  });
  await db.schema.createTable('access_reasons', (table) => {
    table.string('actor').notNullable();
    table.string('record_id').notNullable();
    table.string('until').notNullable();
    table.primary(['actor', 'record_id']);
  });
  await db.schema.createTable('erasure_answers', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('answered_at').notNullable();
    table.string('answered_by').notNullable();
    table.text('facts').notNullable();
    table.index(['institution_id', 'answered_at']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
