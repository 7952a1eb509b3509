import type { Knex } from 'knex';

/** People, what they may do, and how they prove who they are. Of these only people and roles come back from the store. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('people', (table) => {
    table.string('id').primary();
    table.string('institution_id').notNullable();
    table.string('sign_in_name').notNullable();
    table.string('display_name').notNullable();
    table.string('state').notNullable();
    table.string('created_at').notNullable();
    table.unique(['institution_id', 'sign_in_name']);
  });
  await db.schema.createTable('person_roles', (table) => {
    table.string('person_id').notNullable();
    table.string('role').notNullable();
    table.primary(['person_id', 'role']);
  });
  await db.schema.createTable('passwords', (table) => {
    table.string('person_id').primary();
    table.text('hash').notNullable();
    table.string('changed_at').notNullable();
  });
  await db.schema.createTable('totp_secrets', (table) => {
    table.string('person_id').primary();
    table.string('secret').notNullable();
    table.string('confirmed_at');
    table.integer('last_step').notNullable();
  });
  await db.schema.createTable('recovery_codes', (table) => {
    table.string('person_id').notNullable();
    table.string('code_sha256', 64).notNullable();
    table.primary(['person_id', 'code_sha256']);
  });
  await db.schema.createTable('passkeys', (table) => {
    table.string('id', 1400).primary();
    table.string('person_id').notNullable().index();
    table.string('name').notNullable();
    table.text('public_key').notNullable();
    table.bigInteger('counter').notNullable();
    table.string('created_at').notNullable();
    table.string('last_used_at');
  });
  await db.schema.createTable('identities', (table) => {
    table.string('issuer').notNullable();
    table.string('subject').notNullable();
    table.string('person_id').notNullable().index();
    table.string('linked_at').notNullable();
    table.primary(['issuer', 'subject']);
  });
  await db.schema.createTable('sign_in_limits', (table) => {
    table.string('subject_sha256', 64).primary();
    table.integer('failures').notNullable();
    table.string('window_ends').notNullable();
  });
  await db.schema.createTable('sign_in_events', (table) => {
    table.increments('position').primary();
    table.string('time').notNullable();
    table.string('institution_id').notNullable();
    table.string('person_id');
    table.string('kind').notNullable();
    table.string('means').notNullable();
    table.string('address').notNullable();
    table.index(['institution_id', 'position']);
    table.index(['person_id', 'position']);
  });
  await db.schema.alterTable('access_tokens', (table) => {
    table.string('person_id');
    table.text('scopes');
    table.string('last_seen_at');
    table.string('proved_at');
    table.string('assurance');
    table.text('detail');
    table.index(['person_id']);
  });
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
