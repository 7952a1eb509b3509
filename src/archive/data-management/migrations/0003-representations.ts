import type { Knex } from 'knex';

/** A record that came in as a package may have several representations. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('files', (table) => {
    table.string('representation');
  });
}

export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
