import type { Knex } from 'knex';
import { createSearchTable } from '../dialect.ts';

/** The catalog as first released. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('settings', (table) => {
    table.string('name').primary();
    table.text('value').notNullable();
  });
  await db.schema.createTable('institutions', (table) => {
    table.string('id').primary();
    table.string('name').notNullable();
    table.string('created_at').notNullable();
  });
  await db.schema.createTable('counters', (table) => {
    table.string('institution_id').notNullable();
    table.string('series').notNullable();
    table.integer('value').notNullable();
    table.primary(['institution_id', 'series']);
  });
  await db.schema.createTable('journal', (table) => {
    table.integer('sequence').primary();
    table.string('time').notNullable();
    table.string('institution_id').notNullable();
    table.string('type').notNullable();
    table.string('subject');
    table.string('actor').notNullable();
    table.text('detail').notNullable();
    table.string('hash', 128).notNullable();
    table.index(['subject', 'sequence']);
    table.index(['institution_id', 'sequence']);
    table.index(['type', 'sequence']);
  });
  await db.schema.createTable('records', (table) => {
    table.increments('position').primary();
    table.string('id').notNullable().unique();
    table.string('institution_id').notNullable();
    table.string('number').notNullable();
    table.string('title').notNullable();
    table.string('profile_id').notNullable();
    table.string('profile_version').notNullable();
    table.string('category');
    table.string('state').notNullable();
    table.string('reason_code');
    table.text('reason_detail');
    table.text('fields').notNullable();
    table.string('received_at').notNullable();
    table.string('archived_at');
    table.string('document_date');
    table.integer('version').notNullable();
    table.string('receipt_number');
    table.string('receipt_time');
    table.text('receipt_head');
    table.string('duplicate_of');
    table.unique(['institution_id', 'number']);
    table.index(['institution_id', 'position']);
    table.index(['institution_id', 'state', 'position']);
    table.index(['institution_id', 'received_at', 'position']);
    table.index(['institution_id', 'document_date', 'position']);
  });
  await db.schema.createTable('aip_versions', (table) => {
    table.string('record_id').notNullable();
    table.integer('version').notNullable();
    table.string('created_at').notNullable();
    table.string('inventory_sha512', 128).notNullable();
    table.integer('sequence').notNullable();
    table.string('reason').notNullable();
    table.primary(['record_id', 'version']);
  });
  await db.schema.createTable('files', (table) => {
    table.string('record_id').notNullable();
    table.integer('number').notNullable();
    table.string('institution_id').notNullable();
    table.string('path').notNullable();
    table.string('original_name').notNullable();
    table.bigInteger('size').notNullable();
    table.string('sha256', 64).notNullable();
    table.string('sha512', 128).notNullable();
    table.string('mime_type').notNullable();
    table.string('puid');
    table.string('format_name').notNullable();
    table.string('format_basis').notNullable();
    table.string('role').notNullable();
    table.string('signs');
    table.primary(['record_id', 'number']);
    table.index(['institution_id', 'sha256']);
  });
  await db.schema.createTable('signatures', (table) => {
    table.string('record_id').notNullable();
    table.integer('number').notNullable();
    table.string('file').notNullable();
    table.string('format').notNullable();
    table.string('indication').notNullable();
    table.string('sub_indication');
    table.string('reason_code');
    table.text('reason');
    table.string('signed_by');
    table.string('claimed_signing_time');
    table.string('validation_time').notNullable();
    table.primary(['record_id', 'number']);
  });
  await db.schema.createTable('copies', (table) => {
    table.string('record_id').notNullable();
    table.string('location').notNullable();
    table.string('state').notNullable();
    table.string('verified_at');
    table.primary(['record_id', 'location']);
    table.index(['location', 'verified_at']);
    table.index(['location', 'state']);
  });
  await db.schema.createTable('locations', (table) => {
    table.string('name').primary();
    table.string('identity').notNullable();
    table.string('state').notNullable();
  });
  await db.schema.createTable('store_objects', (table) => {
    table.string('id').primary();
    table.string('type').notNullable();
    table.string('inventory_sha512', 128).notNullable();
  });
  await db.schema.createTable('intakes', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('state').notNullable();
    table.string('step').notNullable();
    table.string('owner');
    table.integer('attempts').notNullable();
    table.text('submission').notNullable();
    table.string('due_at');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.index(['state', 'id']);
  });
  await db.schema.createTable('idempotency_keys', (table) => {
    table.string('institution_id').notNullable();
    table.string('key').notNullable();
    table.string('request_digest').notNullable();
    table.text('records').notNullable();
    table.primary(['institution_id', 'key']);
  });
  await db.schema.createTable('jobs', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('name').notNullable();
    table.text('payload').notNullable();
    table.string('state').notNullable();
    table.string('owner');
    table.integer('attempts').notNullable();
    table.string('run_at').notNullable();
    table.text('progress');
    table.text('outcome');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.index(['state', 'run_at']);
    table.index(['institution_id', 'created_at']);
  });
  await db.schema.createTable('access_tokens', (table) => {
    table.string('token_sha256', 64).primary();
    table.string('kind').notNullable();
    table.string('institution_id').notNullable();
    table.string('actor').notNullable();
    table.string('role').notNullable();
    table.string('created_at').notNullable();
    table.string('expires_at');
  });
  await createSearchTable(db);
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
