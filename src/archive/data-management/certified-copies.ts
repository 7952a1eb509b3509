import type { Knex } from 'knex';
import type { Connection } from './catalog.ts';
import { raiseCounter } from './counters.ts';
import type { IndexedEntry } from './journal.ts';
import { keptRow } from './kept-text.ts';

/** A certified copy that was issued, as the register has it. */
export interface RegisteredCopy {
  /** Of the object in the store that holds its register entry and its seal. */
  readonly id: string;
  readonly institution: string;
  readonly recordId: string;
  readonly number: string;
  readonly issuedAt: string;
  readonly issuedBy: string;
  readonly sequence: number;
  /** What the copy states and what the register adds, as JSON; empty where the store could not give it to a rebuild. */
  readonly register: string;
  readonly revoked?: { readonly at: string; readonly by: string; readonly reason: string };
  /** The day on which its fee was paid, and the amount. */
  readonly paid?: { readonly on: string; readonly amount: string };
}

/** A file that was handed out: what it is in the copy, and its digest. */
export interface CopyFileDigest {
  readonly role: string;
  readonly sha256: string;
}

/** `detail` of `certified-copy.issued`: neither names nor the code itself. */
export interface CopyIssuedDetail {
  readonly number: string;
  readonly copy: string;
  readonly codeSha256: string;
  readonly files: readonly CopyFileDigest[];
}

/** Where the file with the register entry lies in the copy's object. */
export const registerPath = 'register.json';

/** Writes what the entry `certified-copy.issued` tells. @param register the content of the copy's `register.json` */
export async function applyCopyIssued(
  transaction: Knex.Transaction,
  entry: IndexedEntry,
  register: string,
): Promise<void> {
  const { number, copy, codeSha256, files } = entry.detail as unknown as CopyIssuedDetail;
  await applyCopyNumber(transaction, entry);
  const row = {
    id: copy,
    institution_id: entry.institution,
    record_id: entry.subject ?? '',
    number,
    code_sha256: codeSha256,
    issued_at: entry.time,
    issued_by: entry.actor,
    sequence: entry.sequence,
    register,
  };
  await transaction('certified_copies').insert(keptRow(row)).onConflict('id').merge();
  await transaction('certified_copy_files').where({ copy_id: copy }).delete();
  await transaction('certified_copy_files').insert(files.map(({ role, sha256 }) => ({ copy_id: copy, role, sha256 })));
}

/** A number that was taken for a copy, issued or not, is never given again. Test copies have none. */
export async function applyCopyNumber(transaction: Connection, { institution, detail }: IndexedEntry): Promise<void> {
  const [, year, running] = /^OK-(\d+)-(\d+)$/.exec(String(detail.number)) ?? [];
  if (year && running) await raiseCounter(transaction, institution, `certified-copy-${year}`, Number(running));
}

/** Writes what the entry `certified-copy.revoked` tells. */
export async function applyCopyRevoked(transaction: Connection, { subject, time, actor, detail }: IndexedEntry) {
  await transaction('certified_copies')
    .where({ id: subject ?? '' })
    .update(keptRow({ revoked_at: time, revoked_by: actor, revoked_reason: String(detail.reason) }));
}

/** Writes what the entry `certified-copy.paid` tells. */
export async function applyCopyPaid(transaction: Connection, { subject, detail }: IndexedEntry) {
  await transaction('certified_copies')
    .where({ id: subject ?? '' })
    .update({ paid_on: String(detail.paidOn), paid_amount: String(detail.amount) });
}

/** The copy with this number or id, of one institution. */
export async function findCopy(
  connection: Connection,
  institution: string,
  idOrNumber: string,
): Promise<RegisteredCopy | undefined> {
  const row = await connection('certified_copies')
    .where({ institution_id: institution })
    .where((builder) => builder.where({ id: idOrNumber }).orWhere({ number: idOrNumber }))
    .first();
  return row && fromRow(row);
}

/** The copy whose code has this digest. */
export async function findCopyByCode(connection: Connection, codeSha256: string): Promise<RegisteredCopy | undefined> {
  const row = await connection('certified_copies').where({ code_sha256: codeSha256 }).first();
  return row && fromRow(row);
}

/** Copies of which a file with this digest was a part, newest first. */
export async function findCopiesByFile(
  connection: Connection,
  sha256: string,
  limit: number,
): Promise<{ readonly copy: RegisteredCopy; readonly role: string }[]> {
  const rows = await connection('certified_copy_files')
    .join('certified_copies', 'certified_copies.id', 'certified_copy_files.copy_id')
    .where({ sha256 })
    .orderBy('sequence', 'desc')
    .limit(limit)
    .select('certified_copies.*', 'certified_copy_files.role');
  return rows.map((row) => ({ copy: fromRow(row), role: String(row.role) }));
}

/** The digests of what was handed out. */
export async function filesOfCopy(connection: Connection, id: string): Promise<CopyFileDigest[]> {
  const rows: CopyFileDigest[] = await connection('certified_copy_files')
    .where({ copy_id: id })
    .orderBy('role')
    .select('role', 'sha256');
  return rows.map(({ role, sha256 }) => ({ role, sha256 }));
}

/** Which copies to list. */
export interface CopyQuery {
  readonly institution: string;
  readonly recordId?: string;
  readonly onlyRevoked?: boolean;
  /** Copies issued before the one with this place in the journal. */
  readonly before?: number;
  readonly limit: number;
}

/** Copies, newest first. */
export async function listCertifiedCopies(connection: Connection, query: CopyQuery): Promise<RegisteredCopy[]> {
  const rows = await connection('certified_copies')
    .where('institution_id', query.institution)
    .modify((builder) => {
      if (query.recordId !== undefined) builder.where('record_id', query.recordId);
      if (query.onlyRevoked) builder.whereNotNull('revoked_at');
      if (query.before !== undefined) builder.where('sequence', '<', query.before);
    })
    .orderBy('sequence', 'desc')
    .limit(query.limit);
  return rows.map(fromRow);
}

/** The digests of the codes of revoked copies, with when each was revoked, in order. */
export async function revokedCodes(
  connection: Connection,
  institution: string,
): Promise<{ readonly codeSha256: string; readonly number: string; readonly revokedAt: string }[]> {
  const rows = await connection('certified_copies')
    .where('institution_id', institution)
    .whereNotNull('revoked_at')
    .orderBy(['revoked_at', 'sequence'])
    .select('code_sha256', 'number', 'revoked_at');
  return rows.map((row) => ({ codeSha256: row.code_sha256, number: row.number, revokedAt: row.revoked_at }));
}

/** Rows of the register as they are, with what they know of the code: those named, or all. */
export async function registeredCopies(
  connection: Connection,
  ids?: readonly string[],
): Promise<(RegisteredCopy & { readonly codeSha256: string })[]> {
  const rows: Record<string, string | number | null>[] = await connection('certified_copies').modify((builder) => {
    if (ids) builder.whereIn('id', [...ids]);
  });
  return rows.map((row) => ({ ...fromRow(row), codeSha256: String(row.code_sha256) }));
}

/** Takes rows out of the register that are to be written anew, or that no journal entry made. */
export async function removeRegistered(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection('certified_copy_files')
    .whereIn('copy_id', [...ids])
    .delete();
  await connection('certified_copies')
    .whereIn('id', [...ids])
    .delete();
}

function fromRow(row: Record<string, string | number | null>): RegisteredCopy {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    recordId: String(row.record_id),
    number: String(row.number),
    issuedAt: String(row.issued_at),
    issuedBy: String(row.issued_by),
    sequence: Number(row.sequence),
    register: String(row.register),
    ...(row.revoked_at
      ? {
          revoked: {
            at: String(row.revoked_at),
            by: String(row.revoked_by),
            reason: String(row.revoked_reason ?? ''),
          },
        }
      : {}),
    ...(row.paid_on ? { paid: { on: String(row.paid_on), amount: String(row.paid_amount) } } : {}),
  };
}
