import type { Knex } from 'knex';

/** What a signature is by the law, as its package says; nothing where no trusted list was asked. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('signatures', (table) => {
    table.string('qualification');
  });
}

export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
