import { sha256Hex } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/** An attempt to come in, or what was done about it. */
export interface SignInEvent {
  readonly time: string;
  readonly institution: string;
  /** Left out where nobody by that name is known; the name itself is not kept: it may be a password in the wrong field. */
  readonly personId?: string;
  readonly kind: 'entered' | 'failed' | 'locked' | 'left';
  readonly means: string;
  readonly address: string;
}

export async function putSignInEvent(connection: Connection, event: SignInEvent): Promise<void> {
  await connection('sign_in_events').insert({
    time: event.time,
    institution_id: event.institution,
    person_id: event.personId ?? null,
    kind: event.kind,
    means: event.means,
    address: event.address,
  });
}

/** Newest first. */
export async function listSignInEvents(
  connection: Connection,
  institution: string,
  personId: string | undefined,
  limit: number,
): Promise<SignInEvent[]> {
  const rows = await connection('sign_in_events')
    .where({ institution_id: institution, ...(personId ? { person_id: personId } : {}) })
    .orderBy('position', 'desc')
    .limit(limit);
  return rows.map((row) => ({
    time: row.time,
    institution: row.institution_id,
    kind: row.kind,
    means: row.means,
    address: row.address,
    ...(row.person_id ? { personId: row.person_id } : {}),
  }));
}

/** Forgets events before a day: they are personal data, kept as long as they are of use. */
export async function removeSignInEvents(connection: Connection, before: string): Promise<void> {
  await connection('sign_in_events').where('time', '<', before).delete();
}

/**
 * Counts an attempt against a subject (an account, an address) before it is judged, so that attempts at the same time
 * count too. Attempts of a window that has ended are forgotten.
 * @returns how many there are in this window, with this one, and when the window ends
 */
export async function countAttempt(
  connection: Connection,
  subject: string,
  now: string,
  windowEnds: string,
): Promise<{ attempts: number; windowEnds: string }> {
  const key = { subject_sha256: sha256Hex(subject) };
  await connection('sign_in_limits').where(key).andWhere('window_ends', '<=', now).delete();
  await connection('sign_in_limits')
    .insert({ ...key, failures: 0, window_ends: windowEnds })
    .onConflict('subject_sha256')
    .ignore();
  await connection('sign_in_limits').where(key).increment('failures', 1);
  const row = await connection('sign_in_limits').where(key).first();
  return { attempts: Number(row?.failures ?? 1), windowEnds: String(row?.window_ends ?? windowEnds) };
}

/** Forgets the attempts against a subject: who proved who they are begins anew. */
export async function forgetAttempts(connection: Connection, subject: string): Promise<void> {
  await connection('sign_in_limits')
    .where({ subject_sha256: sha256Hex(subject) })
    .delete();
}

/** Takes one attempt back: it was no failure. */
export async function takeBackAttempt(connection: Connection, subject: string): Promise<void> {
  await connection('sign_in_limits')
    .where({ subject_sha256: sha256Hex(subject) })
    .andWhere('failures', '>', 0)
    .decrement('failures', 1);
}
