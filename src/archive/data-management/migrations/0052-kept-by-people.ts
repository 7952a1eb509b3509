import type { Knex } from 'knex';

/** Searches that people keep, and what disks had left on each day. Neither comes back from the store. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('saved_searches', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('owner').notNullable();
    table.string('name').notNullable();
    table.text('query').notNullable();
    table.string('created_at').notNullable();
    table.index(['institution_id', 'owner', 'name']);
  });
  await db.schema.createTable('disk_space', (table) => {
    table.string('location').notNullable();
    table.string('day').notNullable();
    table.string('device').notNullable();
    table.bigInteger('free_bytes').notNullable();
    table.primary(['location', 'day']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
