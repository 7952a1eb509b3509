import type { Knex } from 'knex';

/**
 * What files are by newer signatures than they were packaged with. The package's own word stays in `files`, which an
 * audit compares with the package.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('format_identifications', (table) => {
    table.string('record_id').notNullable().references('records.id');
    table.string('sha256').notNullable();
    table.string('puid');
    table.string('format_name').notNullable();
    table.string('mime_type').notNullable();
    table.string('format_basis').notNullable();
    table.string('signatures').notNullable();
    table.string('identified_at').notNullable();
    table.primary(['record_id', 'sha256']);
  });
}

export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
