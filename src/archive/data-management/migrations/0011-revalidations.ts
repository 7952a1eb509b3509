import type { Knex } from 'knex';

/** When the signatures of a record are validated anew, and every verdict that was ever found. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('revalidations', (table) => {
    table.string('record_id').primary();
    table.string('due_at').notNullable();
    table.string('trigger').notNullable();
    table.index(['due_at', 'record_id']);
  });
  await db.schema.createTable('verdicts', (table) => {
    table.string('record_id').notNullable();
    table.integer('number').notNullable();
    table.string('validated_at').notNullable();
    table.string('indication').notNullable();
    table.string('sub_indication');
    table.string('reason_code');
    table.string('best_signature_time');
    table.string('trigger').notNullable();
    table.string('engine').notNullable();
    table.string('report');
    table.primary(['record_id', 'number', 'validated_at']);
  });
  await db.raw(
    "INSERT INTO revalidations (record_id, due_at, trigger) SELECT DISTINCT record_id, '', 'first' FROM signatures WHERE record_id IN (SELECT id FROM records WHERE version > 0)",
  );
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
