import type { Connection } from './catalog.ts';

/** A version of a profile that was published, or a profile's withdrawal, in the order of the journal. */
export interface ProfileEntry {
  readonly institution: string;
  readonly sequence: number;
  readonly kind: 'published' | 'withdrawn';
  readonly profile: string;
  readonly version: string;
  /** JSON; empty for a withdrawal. */
  readonly definition: string;
  readonly time: string;
  readonly actor: string;
}

/** Writes an entry; the same again changes nothing. */
export async function putProfileEntry(connection: Connection, entry: ProfileEntry): Promise<void> {
  const { institution, sequence, kind, profile, version, definition, time, actor } = entry;
  await connection('profile_entries')
    .insert({ institution_id: institution, sequence, kind, profile_id: profile, version, definition, time, actor })
    .onConflict(['institution_id', 'sequence'])
    .merge();
}

/** The place in the journal of what was published or withdrawn last; 0 where nothing was. */
export async function newestProfileEntry(connection: Connection, institution: string): Promise<number> {
  const row = await connection('profile_entries')
    .where({ institution_id: institution })
    .max({ newest: 'sequence' })
    .first();
  return Number(row?.newest ?? 0);
}

/** All entries of the institution, oldest first. */
export async function listProfileEntries(connection: Connection, institution: string): Promise<ProfileEntry[]> {
  const rows = await connection('profile_entries').where({ institution_id: institution }).orderBy('sequence');
  return rows.map((row: Record<string, string>) => ({
    institution: String(row.institution_id),
    sequence: Number(row.sequence),
    kind: row.kind as ProfileEntry['kind'],
    profile: String(row.profile_id),
    version: String(row.version),
    definition: String(row.definition),
    time: String(row.time),
    actor: String(row.actor),
  }));
}
