import type { Knex } from 'knex';

/**
 * What is under evidence by which batch, and what waits for the next one. Objects that are no records have versions from
 * here on: a renewed batch is a new version of its object.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('store_object_versions', (table) => {
    table.string('id').notNullable();
    table.integer('version').notNullable();
    table.string('type').notNullable();
    table.string('inventory_sha512', 128).notNullable();
    table.primary(['id', 'version']);
    table.index(['type', 'id']);
  });
  await db.raw(
    'INSERT INTO store_object_versions (id, version, type, inventory_sha512) SELECT id, 1, type, inventory_sha512 FROM store_objects',
  );
  await db.schema.dropTable('store_objects');
  await db.schema.createTable('evidence_pending', (table) => {
    table.increments('position').primary();
    table.string('object_id').notNullable();
    table.integer('version').notNullable();
    table.string('type').notNullable();
    table.string('since').notNullable();
    table.unique(['object_id', 'version']);
  });
  await db.schema.createTable('evidence_coverage', (table) => {
    table.string('object_id').notNullable();
    table.integer('version').notNullable();
    table.string('batch_id').notNullable();
    table.integer('first_leaf').notNullable();
    table.integer('leaves').notNullable();
    table.integer('blinding_state').notNullable().defaultTo(0);
    table.index(['blinding_state']);
    table.primary(['object_id', 'version']);
    table.index(['batch_id', 'first_leaf']);
  });
  await db.schema.createTable('evidence_batches', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.integer('version').notNullable();
    table.string('created_at').notNullable();
    table.integer('objects').notNullable();
    table.integer('leaves').notNullable();
    table.string('digest').notNullable();
    table.integer('chains').notNullable();
    table.integer('timestamps').notNullable();
    table.string('authority').notNullable();
    table.integer('is_test').notNullable();
    table.string('stamped_at').notNullable();
    table.string('expires_at').notNullable();
    table.string('renew_at').notNullable();
    table.string('blinding').notNullable();
    table.index(['renew_at', 'id']);
    table.index(['digest', 'id']);
    table.index(['stamped_at', 'id']);
  });
  await db.raw(
    "INSERT INTO evidence_pending (object_id, version, type, since) SELECT record_id, version, 'record', created_at FROM aip_versions",
  );
  await db.raw(
    "INSERT INTO evidence_pending (object_id, version, type, since) SELECT id, version, type, '' FROM store_object_versions",
  );
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
