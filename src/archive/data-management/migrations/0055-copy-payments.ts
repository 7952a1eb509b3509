import type { Knex } from 'knex';

/** Whether the fee of a certified copy was paid. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('certified_copies', (table) => {
    table.string('paid_on');
    table.string('paid_amount');
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
