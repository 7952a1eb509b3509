import type { Knex } from 'knex';

/**
 * Copies of all objects of the store are read by turns, not those of records alone. When the others were last read nobody
 * noted: theirs come first.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw('ALTER TABLE copies RENAME COLUMN record_id TO object_id');
  await db.raw(
    "INSERT INTO copies (object_id, location, state, verified_at) SELECT DISTINCT v.id, l.name, 'whole', '1970-01-01T00:00:00Z' FROM store_object_versions v CROSS JOIN locations l WHERE l.state = 'active'",
  );
}

/** Forwards only: an older program refuses a newer catalog, and `trajno rebuild` makes one from the store. */
export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
