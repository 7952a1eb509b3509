import type { Knex } from 'knex';

/**
 * A job is held for a while, not for good: `run_at` of a running one is when its lease lapses. Jobs that ran under an
 * older program are free at once.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('jobs', (table) => {
    table.string('unique_key');
    table.string('cancel_requested_at');
  });
  await db.raw(
    "CREATE UNIQUE INDEX jobs_unfinished_key ON jobs (institution_id, unique_key) WHERE state IN ('waiting', 'running')",
  );
}

export async function down(): Promise<void> {
  throw new Error('The catalog is not taken back to an older form; run `trajno rebuild` with the older program.');
}
