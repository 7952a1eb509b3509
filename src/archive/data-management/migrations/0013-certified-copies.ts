import type { Knex } from 'knex';

/** The register of issued certified copies, and the digests of the files that were handed out. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('certified_copies', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('record_id').notNullable();
    table.string('number').notNullable();
    table.string('code_sha256', 64).notNullable();
    table.string('issued_at').notNullable();
    table.string('issued_by').notNullable();
    table.integer('sequence').notNullable();
    table.text('register').notNullable();
    table.string('revoked_at');
    table.string('revoked_by');
    table.text('revoked_reason');
    table.unique(['code_sha256']);
    table.unique(['institution_id', 'number']);
    table.index(['institution_id', 'sequence']);
    table.index(['record_id', 'sequence']);
    table.index(['institution_id', 'revoked_at']);
  });
  await db.schema.createTable('certified_copy_files', (table) => {
    table.string('copy_id').notNullable();
    table.string('role').notNullable();
    table.string('sha256', 64).notNullable();
    table.primary(['copy_id', 'role']);
    table.index(['sha256', 'copy_id']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
