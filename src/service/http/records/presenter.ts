import {
  type Catalog,
  type CatalogFile,
  type CatalogRecord,
  type CatalogSignature,
  type ListedRecord,
  listEntries,
  wasScanned,
} from '../../../archive/data-management/index.ts';
import type { ReceivedSubmission } from '../../../archive/ingest/index.ts';
import { recordOrigin } from '../../../archive/profiles/index.ts';
import { problemOf } from '../problem.ts';
import type { Received } from './receive-records.ts';

/** A record with its files and verdicts. */
export function presentRecord(record: CatalogRecord): object {
  return {
    ...presentHead(record),
    origin: recordOrigin(record),
    fields: record.fields,
    ...(record.receipt ? { receipt: record.receipt } : {}),
    files: record.files.map(presentFile),
    signatures: record.signatures.map(presentSignature),
    warnings: warningsOf(record),
    ...(record.reason ? { error: { code: record.reason.code, message: record.reason.detail } } : {}),
  };
}

/** A record in a list. */
export function presentListed({ verdicts, position: _position, ...record }: ListedRecord): object {
  return { ...presentHead(record), verdicts };
}

/** A record whose intake was just acknowledged. */
export function presentReceived({ submission, intake, duplicateOf }: ReceivedSubmission): object {
  return {
    record: submission.id,
    number: intake.recordNumber,
    aip: submission.id,
    version: 0,
    state: 'received',
    title: submission.title,
    profile: submission.profile,
    ...(submission.category ? { category: submission.category } : {}),
    receivedAt: submission.receivedAt,
    ...(duplicateOf ? { duplicateOf } : {}),
    fields: submission.metadata,
    intake: { number: intake.number, time: intake.time, head: intake.head },
    files: submission.files.map((file, index) => ({
      number: index + 1,
      name: file.originalName,
      size: file.size,
      sha256: file.sha256,
      mimeType: 'application/octet-stream',
      role: 'content',
    })),
    signatures: [],
    warnings: duplicateOf ? ['DUPLICATE_CONTENT'] : [],
  };
}

/** Files that were to be a record and were refused before they became one. */
export function presentRefused({ failure, names }: Extract<Received, { names: unknown }>, requestId: string): object {
  const { code, title, detail } = problemOf(failure, requestId);
  return { state: 'rejected', files: names.map((name) => ({ name })), error: { code, message: detail ?? title } };
}

export function presentSignature(signature: CatalogSignature): object {
  const { file, format, indication, subIndication, reasonCode, reason, signedBy, claimedSigningTime } = signature;
  const { qualification } = signature;
  return {
    file,
    format,
    indication,
    ...(subIndication ? { subIndication } : {}),
    ...(reasonCode ? { reasonCode } : {}),
    ...(reason ? { reason } : {}),
    ...(signedBy ? { signedBy } : {}),
    ...(claimedSigningTime ? { claimedSigningTime } : {}),
    ...(qualification ? { qualification } : {}),
    validationTime: signature.validationTime,
  };
}

/** What whoever sent it should know. */
export function warningsOf(record: Pick<CatalogRecord, 'duplicateOf' | 'state' | 'version' | 'files'>): string[] {
  return [
    ...(record.duplicateOf ? ['DUPLICATE_CONTENT'] : []),
    ...(record.state === 'awaiting' ? ['NO_CATEGORY'] : []),
    ...(record.version > 0 && !wasScanned(record) ? ['MALWARE_NOT_SCANNED'] : []),
    'NOT_UNDER_EVIDENCE',
  ];
}

/** The receipt of archiving, or before there is one the receipt of intake. */
export interface Receipt {
  readonly kind: 'intake' | 'archiving';
  readonly number: string;
  readonly time: string;
  /** Sequence and hash of the journal's entry: with it the archive cannot forget the record unseen. */
  readonly head: string;
}

/** The receipt of a record. */
export async function receiptOf(catalog: Catalog, record: CatalogRecord): Promise<Receipt> {
  if (record.receipt) return { kind: 'archiving', ...record.receipt };
  const [entry] = await listEntries(catalog, {
    institution: record.institution,
    subject: record.id,
    type: 'record.received',
    limit: 1,
  });
  if (!entry) return { kind: 'intake', number: `P-${record.number}`, time: record.receivedAt, head: '' };
  return {
    kind: 'intake',
    number: String(entry.detail.receipt),
    time: entry.time,
    head: `${entry.sequence}:${entry.hash}`,
  };
}

export function presentReceipt(receipt: Receipt, record: CatalogRecord, institution: string): object {
  return {
    ...receipt,
    record: record.id,
    recordNumber: record.number,
    title: record.title,
    institution,
    state: record.state,
    version: record.version,
    files: record.files.map(({ originalName, size, sha256, sha512 }) => ({ name: originalName, size, sha256, sha512 })),
    signatures: record.signatures.map(presentSignature),
    warnings: warningsOf(record),
  };
}

function presentHead(record: Omit<CatalogRecord, 'files' | 'signatures'>) {
  return {
    record: record.id,
    number: record.number,
    aip: record.id,
    version: record.version,
    state: record.state,
    title: record.title,
    profile: record.profile,
    ...(record.category ? { category: record.category } : {}),
    receivedAt: record.receivedAt,
    ...(record.archivedAt ? { archivedAt: record.archivedAt } : {}),
    ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}),
  };
}

function presentFile(file: CatalogFile, index: number): object {
  return {
    number: index + 1,
    name: file.originalName,
    size: file.size,
    sha256: file.sha256,
    mimeType: file.mimeType,
    ...(file.formatName ? { format: file.formatName } : {}),
    ...(file.puid ? { puid: file.puid } : {}),
    role: file.role,
    ...(file.scannedBy ? { scannedBy: file.scannedBy } : {}),
    ...(file.signs ? { signs: file.signs } : {}),
  };
}
