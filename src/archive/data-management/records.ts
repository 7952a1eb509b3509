import type { Knex } from 'knex';
import { utcSeconds } from '../../base/index.ts';
import type { Connection } from './catalog.ts';
import { putCopies, removeCopies } from './copies.ts';
import { forgetEvidence, putPending } from './evidence.ts';
import { insertMany } from './journal.ts';
import { keptRow } from './kept-text.ts';
import type { Classification } from './records-management/classification.ts';
import { putRetention } from './records-management/retention.ts';
import { expectRevalidations, forgetRevalidations } from './revalidations.ts';
import { changeFacet, forgetSearchRow, putSearchRows } from './search-rows.ts';

/**
 * Where a record stands. `received`: staged, being worked on. `awaiting`: packaged and safe, not yet archived under the
 * law (no category). `quarantined` and `failed`: staged, a person or a retry is needed. `rejected`: refused, with a report.
 */
export type RecordState = 'received' | 'awaiting' | 'archived' | 'quarantined' | 'rejected' | 'failed' | 'disposed';

/** A file of a record as the catalog keeps it. */
export interface CatalogFile {
  readonly path: string;
  /** The representation of the record that it belongs to, where that is not `original`. */
  readonly representation?: string;
  readonly originalName: string;
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly mimeType: string;
  readonly puid?: string;
  readonly formatName: string;
  readonly formatBasis: string;
  /** The malware scanner that found nothing in it; absent when it was not scanned. */
  readonly scannedBy?: string;
  readonly role: 'content' | 'signature';
  /** For a detached signature: the path of what it signs. */
  readonly signs?: string;
}

/** A signature's latest verdict. */
export interface CatalogSignature {
  readonly file: string;
  readonly format: string;
  readonly indication: string;
  readonly subIndication?: string;
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly signedBy?: string;
  readonly claimedSigningTime?: string;
  readonly qualification?: string;
  readonly validationTime: string;
}

/** A record as the catalog keeps it. */
export interface CatalogRecord {
  readonly id: string;
  readonly institution: string;
  readonly number: string;
  readonly title: string;
  readonly profile: { readonly id: string; readonly version: string };
  readonly category?: string;
  /** The category as it stood in the list; absent where there was no list. */
  readonly classification?: Classification;
  readonly state: RecordState;
  readonly reason?: { readonly code: string; readonly detail: string };
  readonly fields: Readonly<Record<string, unknown>>;
  readonly receivedAt: string;
  readonly archivedAt?: string;
  readonly documentDate?: string;
  /** The current AIP version; 0 before there is one. */
  readonly version: number;
  readonly receipt?: { readonly number: string; readonly time: string; readonly head: string };
  readonly duplicateOf?: string;
  readonly files: readonly CatalogFile[];
  readonly signatures: readonly CatalogSignature[];
}

/** Whether the files of a record are still there: not of one that was destroyed, given back, or infected. */
export function keepsContent({ state, reason }: Pick<CatalogRecord, 'state' | 'reason'>): boolean {
  return state !== 'disposed' && !['RETURNED', 'FILE_INFECTED'].includes(reason?.code ?? '');
}

/** Whether every file was looked into by a malware scanner. */
export function wasScanned({ files }: Pick<CatalogRecord, 'files'>): boolean {
  return files.every(({ scannedBy }) => scannedBy !== undefined);
}

/** A version of a record's AIP. */
export interface CatalogVersion {
  readonly recordId: string;
  readonly version: number;
  readonly createdAt: string;
  readonly inventorySha512: string;
  /** The journal entry that made it binding. */
  readonly sequence: number;
  readonly reason: string;
}

/** Writes records as they now are, in the place of what the catalog knew of them, searchable by every word. */
export async function putRecords(transaction: Knex.Transaction, records: readonly CatalogRecord[]): Promise<void> {
  if (records.length === 0) return;
  const ids = records.map((record) => record.id);
  const rows = records.map(recordRow).map(keptRow);
  const atOnce = 40;
  for (let index = 0; index < rows.length; index += atOnce)
    await transaction('records')
      .insert(rows.slice(index, index + atOnce))
      .onConflict('id')
      .merge();
  await transaction('files').whereIn('record_id', ids).delete();
  await transaction('signatures').whereIn('record_id', ids).delete();
  await insertMany(transaction, 'files', records.flatMap(fileRows).map(keptRow));
  await insertMany(transaction, 'signatures', records.flatMap(signatureRows).map(keptRow));
  await expectRevalidations(transaction, records.filter(isSigned).map(firstRevalidation));
  await putSearchRows(transaction, records);
  await putRetention(transaction, records);
}

/** By then revocations that were published late are known. */
const firstRevalidationDays = 7;

function firstRevalidation({ id, version, archivedAt = '' }: CatalogRecord) {
  const days = version === 1 ? firstRevalidationDays : 0;
  const due = Date.parse(archivedAt) + days * 86_400_000;
  return { recordId: id, dueAt: utcSeconds(new Date(due)), anew: version > 1 };
}

function isSigned({ archivedAt, version, signatures }: CatalogRecord): boolean {
  return version > 0 && archivedAt !== undefined && signatures.length > 0;
}

/** Changes the state of records without touching the rest. */
export async function setRecordState(
  transaction: Connection,
  id: string,
  state: RecordState,
  reason?: { code: string; detail: string },
): Promise<void> {
  await transaction('records')
    .where({ id })
    .update({ state, reason_code: reason?.code ?? null, reason_detail: reason?.detail ?? null });
  await changeFacet(transaction, id, 'state', [state]);
}

const retentionTables = ['record_retention', 'retention_reviews', 'held_records'];

/** Leaves of a destroyed record what the law lets stay: its number, receipts and history. */
export async function forgetContent(
  transaction: Connection,
  id: string,
  reason?: { code: string; detail: string },
): Promise<void> {
  await setRecordState(transaction, id, 'disposed', reason);
  const { number } = (await transaction('records').where({ id }).first('number')) ?? {};
  await forgetSearchRow(transaction, id, String(number));
  await transaction('records')
    .where({ id })
    .update({
      title: transaction.ref('number'),
      profile_id: '',
      profile_version: '',
      category: null,
      classification: null,
      document_date: null,
      fields: '{}',
    });
  for (const table of ['files', 'signatures', 'aip_versions', 'format_identifications', ...retentionTables])
    await transaction(table).where({ record_id: id }).delete();
  await removeCopies(transaction, id);
  await forgetEvidence(transaction, id);
  await forgetRevalidations(transaction, id);
}

/** Writes versions of AIPs and the copies of them that were just read back. */
export async function putVersions(
  transaction: Knex.Transaction,
  versions: readonly CatalogVersion[],
  locations: readonly string[],
  verifiedAt: string,
): Promise<void> {
  const rows = versions.map((version) => ({
    record_id: version.recordId,
    version: version.version,
    created_at: version.createdAt,
    inventory_sha512: version.inventorySha512,
    sequence: version.sequence,
    reason: version.reason,
  }));
  for (let index = 0; index < rows.length; index += 100)
    await transaction('aip_versions')
      .insert(rows.slice(index, index + 100))
      .onConflict(['record_id', 'version'])
      .merge();
  await putPending(
    transaction,
    versions.map(({ recordId, version, createdAt }) => ({
      objectId: recordId,
      version,
      type: 'record',
      since: createdAt,
    })),
  );
  const copies = versions.flatMap(({ recordId }) =>
    locations.map((location) => ({ objectId: recordId, location, state: 'whole' as const, verifiedAt })),
  );
  await putCopies(transaction, copies);
}

function recordRow(record: CatalogRecord) {
  return {
    id: record.id,
    institution_id: record.institution,
    number: record.number,
    title: record.title,
    profile_id: record.profile.id,
    profile_version: record.profile.version,
    category: record.category ?? null,
    classification: record.classification ? JSON.stringify(record.classification) : null,
    state: record.state,
    reason_code: record.reason?.code ?? null,
    reason_detail: record.reason?.detail ?? null,
    fields: JSON.stringify(record.fields),
    received_at: record.receivedAt,
    archived_at: record.archivedAt ?? null,
    document_date: record.documentDate ?? null,
    version: record.version,
    receipt_number: record.receipt?.number ?? null,
    receipt_time: record.receipt?.time ?? null,
    receipt_head: record.receipt?.head ?? null,
    duplicate_of: record.duplicateOf ?? null,
  };
}

function fileRows(record: CatalogRecord) {
  return record.files.map((file, number) => ({
    record_id: record.id,
    number,
    institution_id: record.institution,
    path: file.path,
    representation: file.representation ?? null,
    original_name: file.originalName,
    size: file.size,
    sha256: file.sha256,
    sha512: file.sha512,
    mime_type: file.mimeType,
    puid: file.puid ?? null,
    format_name: file.formatName,
    format_basis: file.formatBasis,
    role: file.role,
    scanned_by: file.scannedBy ?? null,
    signs: file.signs ?? null,
  }));
}

function signatureRows(record: CatalogRecord) {
  return record.signatures.map((signature, number) => ({
    record_id: record.id,
    number,
    file: signature.file,
    format: signature.format,
    indication: signature.indication,
    sub_indication: signature.subIndication ?? null,
    reason_code: signature.reasonCode ?? null,
    reason: signature.reason ?? null,
    signed_by: signature.signedBy ?? null,
    claimed_signing_time: signature.claimedSigningTime ?? null,
    qualification: signature.qualification ?? null,
    validation_time: signature.validationTime,
  }));
}
