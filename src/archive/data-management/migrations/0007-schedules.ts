import type { Knex } from 'knex';

/** Jobs that come again: their rhythm, and the moment for which the last one was queued. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('schedules', (table) => {
    table.string('institution_id').notNullable();
    table.string('name').notNullable();
    table.string('job').notNullable();
    table.text('payload').notNullable();
    table.string('every').notNullable();
    table.string('at');
    table.string('pause_from');
    table.string('pause_to');
    table.string('created_at').notNullable();
    table.string('last_due_at');
    table.primary(['institution_id', 'name']);
  });
}

export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
