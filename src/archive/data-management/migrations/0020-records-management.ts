import type { Knex } from 'knex';

/** Creators, lists of categories, retention, holds, disposals, the archive book and the register. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('records', (table) => {
    table.text('classification');
  });
  await db.schema.createTable('creators', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.integer('version').notNullable();
    table.text('facts').notNullable();
    table.string('entered_at').notNullable();
    table.index(['institution_id', 'id']);
  });
  await db.schema.createTable('category_lists', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.integer('version').notNullable();
    table.string('valid_from').notNullable();
    table.text('facts').notNullable();
    table.string('entered_at').notNullable();
    table.unique(['creator_id', 'version']);
  });
  await db.schema.createTable('categories', (table) => {
    table.string('list_id').notNullable();
    table.string('mark').notNullable();
    table.integer('number').notNullable();
    table.text('facts').notNullable();
    table.primary(['list_id', 'mark']);
  });
  await db.schema.createTable('record_retention', (table) => {
    table.string('record_id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.string('list_id').notNullable();
    table.string('mark').notNullable();
    table.string('case_number');
    table.string('created_year').notNullable();
    table.string('period').notNullable();
    table.string('start_event').notNullable();
    table.string('formula').notNullable();
    table.string('own_start');
    table.string('started_on');
    table.string('expires_on');
    table.string('extended_to');
    table.bigInteger('bytes').notNullable();
    table.index(['institution_id', 'expires_on', 'record_id']);
    table.index(['institution_id', 'case_number']);
    table.index(['creator_id', 'created_year', 'list_id', 'mark']);
    table.index(['institution_id', 'mark']);
  });
  await db.schema.createTable('retention_events', (table) => {
    table.string('institution_id').notNullable();
    table.string('scope').notNullable();
    table.string('target').notNullable();
    table.string('event').notNullable();
    table.string('date').notNullable();
    table.primary(['institution_id', 'scope', 'target', 'event']);
  });
  await db.schema.createTable('retention_reviews', (table) => {
    table.string('record_id').notNullable();
    table.integer('sequence').notNullable();
    table.string('reviewed_at').notNullable();
    table.string('extended_to').notNullable();
    table.text('reason').notNullable();
    table.string('actor').notNullable();
    table.primary(['record_id', 'sequence']);
  });
  await db.schema.createTable('holds', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('scope').notNullable();
    table.string('target').notNullable();
    table.text('facts').notNullable();
    table.string('review_on').notNullable();
    table.string('placed_at').notNullable();
    table.string('placed_by').notNullable();
    table.string('lifted_at');
    table.string('lifted_by');
    table.text('lifted_because');
    table.index(['institution_id', 'lifted_at', 'scope', 'target']);
  });
  await db.schema.createTable('held_records', (table) => {
    table.string('hold_id').notNullable();
    table.string('record_id').notNullable();
    table.primary(['record_id', 'hold_id']);
  });
  await db.schema.createTable('disposals', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.string('number').notNullable();
    table.string('state').notNullable();
    table.integer('version').notNullable();
    table.text('steps').notNullable();
    table.string('proposed_by').notNullable();
    table.string('proposed_at').notNullable();
    table.text('early');
    table.unique(['institution_id', 'number']);
  });
  await db.schema.createTable('disposal_items', (table) => {
    table.string('disposal_id').notNullable();
    table.integer('number').notNullable();
    table.string('record_id').notNullable();
    table.string('state').notNullable();
    table.text('facts').notNullable();
    table.primary(['disposal_id', 'number']);
    table.index(['record_id', 'state']);
  });
  await db.schema.createTable('book_rows', (table) => {
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.integer('number').notNullable();
    table.integer('version').notNullable();
    table.integer('is_latest').notNullable();
    table.string('carrier').notNullable();
    table.string('list_id');
    table.string('mark').notNullable();
    table.string('year_from').notNullable();
    table.string('year_to').notNullable();
    table.string('entered_on').notNullable();
    table.integer('records').notNullable();
    table.bigInteger('bytes').notNullable();
    table.integer('disposed_records').notNullable();
    table.bigInteger('disposed_bytes').notNullable();
    table.text('minutes').notNullable();
    table.text('facts').notNullable();
    table.primary(['creator_id', 'number', 'version']);
    table.index(['creator_id', 'year_from', 'list_id', 'mark']);
  });
  await db.schema.createTable('book_transcripts', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.string('year').notNullable();
    table.string('made_at').notNullable();
    table.string('submitted_on');
    table.text('submission');
    table.index(['creator_id', 'year']);
  });
  await db.schema.createTable('register_entries', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('creator_id').notNullable();
    table.string('book').notNullable();
    table.string('year').notNullable();
    table.integer('base').notNullable();
    table.integer('sub').notNullable();
    table.string('received_on').notNullable();
    table.string('registered_at').notNullable();
    table.string('record_id');
    table.text('facts').notNullable();
    table.text('voided');
    table.unique(['creator_id', 'book', 'year', 'base', 'sub']);
    table.index(['record_id']);
  });
  await db.schema.createTable('closed_registers', (table) => {
    table.string('creator_id').notNullable();
    table.string('book').notNullable();
    table.string('year').notNullable();
    table.integer('entries').notNullable();
    table.string('closed_at').notNullable();
    table.string('closed_by').notNullable();
    table.primary(['creator_id', 'book', 'year']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
