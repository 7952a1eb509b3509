import type { Knex } from 'knex';
import { assertNever } from '../../base/index.ts';
import { applyAccessRule } from './access-rules.ts';
import { applyCopyIssued, applyCopyNumber, applyCopyPaid, applyCopyRevoked, registerPath } from './certified-copies.ts';
import { raiseCounter } from './counters.ts';
import { coverageLines } from './evidence.ts';
import { batchOfEntry, putBatch } from './evidence-batches.ts';
import { putFormatIdentifications, reidentifiedFiles, writeInstalledSignatures } from './format-identifications.ts';
import { putInstitution } from './institutions.ts';
import { type Intake, putIntakes, removeIntakes } from './intakes.ts';
import type { IndexedEntry } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import { putLocation } from './locations.ts';
import { closePerson, putPerson, putRole, removeRole } from './people.ts';
import {
  type CatalogRecord,
  forgetContent,
  putRecords,
  putVersions,
  type RecordState,
  setRecordState,
} from './records.ts';
import { applyAct, isAct, keepHolds, markItemDisposed, noteDisposalInBook } from './records-management/index.ts';
import { applyRevalidation } from './revalidations.ts';

/** What a packaged version tells of its record. The journal tells the rest: number, state, receipt, duplicates. */
export type PackagedRecord = Pick<
  CatalogRecord,
  | 'title'
  | 'profile'
  | 'category'
  | 'classification'
  | 'fields'
  | 'documentDate'
  | 'files'
  | 'signatures'
  | 'receivedAt'
> & {
  /** When the version was packaged, and why there is one after the first. */
  readonly createdAt: string;
  readonly versionReason: string;
};

/** What a submission tells of its record before anything was looked at. */
export type SubmittedRecord = Pick<
  CatalogRecord,
  'title' | 'profile' | 'category' | 'fields' | 'files' | 'signatures' | 'receivedAt'
>;

/** `detail` of `record.archived` and `record.updated`. */
export interface ArchivedDetail {
  readonly number: string;
  readonly receipt: string;
  readonly version: number;
  readonly state: 'archived' | 'awaiting';
  /** sha512 of the version's inventory: binds every byte of the package. */
  readonly inventory: string;
  readonly duplicateOf?: string;
}

/** Reads from the store what journal entries refer to. */
export interface StoreReader {
  /** undefined where the version cannot be read here: the copy is then shown as missing until a repair. */
  readRecord(id: string, version: number): Promise<PackagedRecord | undefined>;
  /** A file of an object that is no record; undefined where it cannot be read here. */
  readObjectFile(id: string, path: string): Promise<Uint8Array | undefined>;
  /** The submission that lies in staging, if it still does. */
  readSubmission(id: string): Promise<(Pick<Intake, 'submission'> & { readonly record: SubmittedRecord }) | undefined>;
}

/** Writes into the catalog what entries of the journal mean: when the catalog is rebuilt, or was left behind by a crash. */
export async function applyEntries(
  transaction: Knex.Transaction,
  entries: readonly JournalEntry[],
  reader: StoreReader,
  locations: readonly string[],
): Promise<void> {
  for (const entry of entries) await applyEntry(transaction, entry, reader, locations);
}

async function applyEntry(
  transaction: Knex.Transaction,
  entry: JournalEntry,
  reader: StoreReader,
  locations: readonly string[],
) {
  const { subject = '', detail } = entry;
  if (isAct(entry.type)) return applyAct(transaction, { ...entry, type: entry.type }, reader);
  switch (entry.type) {
    case 'institution.added':
      return putInstitution(transaction, { id: entry.institution, name: String(detail.name), createdAt: entry.time });
    case 'location.added':
    case 'location.active':
    case 'location.catching-up':
      return putLocation(transaction, {
        name: subject,
        identity: String(detail.identity),
        state: entry.type === 'location.catching-up' ? 'catching-up' : 'active',
      });
    case 'record.received':
      return applyReceived(transaction, entry, reader);
    case 'record.archived':
    case 'record.updated':
      return applyArchived(transaction, entry, reader, locations);
    case 'record.quarantined':
    case 'record.rejected':
      await setRecordState(
        transaction,
        subject,
        entry.type === 'record.rejected' ? 'rejected' : 'quarantined',
        reasonOf(detail),
      );
      if (detail.code === 'FILE_INFECTED') await removeIntakes(transaction, [subject]);
      else await transaction('intakes').where({ id: subject }).update({ state: 'parked' });
      return;
    case 'record.decided':
      return applyDecision(transaction, subject, String(detail.decision));
    case 'record.access-ruled':
      return applyAccessRule(transaction, entry);
    case 'record.disposed':
      return applyDisposed(transaction, entry);
    case 'certified-copy.issued':
      return applyCopyIssued(transaction, entry, await registerEntry(reader, String(detail.copy)));
    case 'certified-copy.revoked':
      return applyCopyRevoked(transaction, entry);
    case 'certified-copy.prepared':
    case 'certified-copy.voided':
      return applyCopyNumber(transaction, entry);
    case 'certified-copy.paid':
      return applyCopyPaid(transaction, entry);
    case 'signatures.installed':
      return writeInstalledSignatures(transaction, subject);
    case 'format.reidentified':
      return putFormatIdentifications(transaction, subject, reidentifiedFiles(entry));
    case 'evidence.batch-closed':
      return putBatch(
        transaction,
        batchOfEntry(entry),
        coverageLines((await reader.readObjectFile(subject, 'objects.jsonl')) ?? new Uint8Array()),
      );
    case 'signatures.revalidated':
      return applyRevalidation(transaction, entry);
    case 'evidence.renewed':
      return putBatch(transaction, batchOfEntry(entry));
    case 'person.added':
      return putPerson(transaction, {
        id: subject,
        institution: entry.institution,
        signInName: String(detail.signInName),
        displayName: String(detail.signInName),
        state: 'active',
        createdAt: entry.time,
      });
    case 'person.closed':
      return closePerson(transaction, subject);
    case 'role.granted':
      return putRole(transaction, subject, String(detail.role));
    case 'role.revoked':
      return removeRole(transaction, subject, String(detail.role));
    case 'evidence.failed':
    case 'clock.skewed':
    case 'clock.jumped':
    case 'archive.founded':
    case 'record.amendment-refused':
    case 'certified-copy.tested':
    case 'certified-copy.refused':
    case 'certified-copy.delivered':
    case 'certified-copy.printed':
    case 'copy.damaged':
    case 'copy.repaired':
    case 'audit.finished':
    case 'token.issued':
    case 'token.revoked':
    case 'catalog.rebuilt':
    case 'catalog.confirmed':
    case 'record.disseminated':
    case 'record.consulted':
    case 'drill.finished':
      return;
    default:
      return assertNever(entry.type);
  }
}

/** Empty where it cannot be read here: the copy was issued all the same. */
async function registerEntry(reader: StoreReader, copy: string): Promise<string> {
  const bytes = await reader.readObjectFile(copy, registerPath);
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}

async function applyReceived(transaction: Knex.Transaction, entry: JournalEntry, reader: StoreReader): Promise<void> {
  const id = entry.subject ?? '';
  const number = String(entry.detail.number);
  const [year = '', running = '0'] = number.split('-');
  await raiseCounter(transaction, entry.institution, `record-${year}`, Number(running));
  const staged = await reader.readSubmission(id);
  await putRecords(transaction, [
    {
      id,
      institution: entry.institution,
      number,
      ...(staged?.record ?? unknownContent(number, String(entry.detail.receivedAt ?? entry.time))),
      state: 'received',
      version: 0,
      ...(entry.detail.duplicateOf ? { duplicateOf: String(entry.detail.duplicateOf) } : {}),
    },
  ]);
  if (!staged) return;
  const intake: Intake = {
    id,
    institution: entry.institution,
    state: 'staged',
    step: 'check',
    attempts: 0,
    submission: staged.submission,
    createdAt: staged.record.receivedAt,
  };
  await putIntakes(transaction, [intake], entry.time);
}

async function applyArchived(
  transaction: Knex.Transaction,
  entry: JournalEntry,
  reader: StoreReader,
  locations: readonly string[],
) {
  const id = entry.subject ?? '';
  const detail = archivedDetail(entry);
  const packaged = await reader.readRecord(id, detail.version);
  if (detail.version > 1) await keepHolds(transaction, entry.institution, [id]);
  const earlier = await transaction('records').where({ id }).first('archived_at', 'received_at');
  const record: CatalogRecord = {
    id,
    institution: entry.institution,
    ...(packaged ?? unknownContent(detail.number, earlier?.received_at ?? entry.time)),
    ...archivedFacts(entry),
  };
  await putRecords(transaction, [{ ...record, archivedAt: earlier?.archived_at ?? entry.time }]);
  await putVersions(
    transaction,
    [
      {
        recordId: id,
        version: detail.version,
        createdAt: packaged?.createdAt ?? entry.time,
        inventorySha512: detail.inventory,
        sequence: entry.sequence,
        reason: packaged?.versionReason ?? '',
      },
    ],
    locations,
    entry.time,
  );
  await removeIntakes(transaction, [id]);
}

/** The record, its line in the inventory and its row of the archive book change at once (UNI-08). */
async function applyDisposed(transaction: Knex.Transaction, entry: JournalEntry): Promise<void> {
  const { subject = '', detail } = entry;
  const reason = detail.handedOver ? { code: 'HANDED_OVER', detail: String(detail.decision) } : undefined;
  await forgetContent(transaction, subject, reason);
  if (detail.disposal === undefined) return;
  await markItemDisposed(transaction, String(detail.disposal), subject);
  if (detail.bookRow !== undefined)
    await noteDisposalInBook(transaction, String(detail.creator), Number(detail.bookRow), {
      bytes: Number(detail.bytes),
      minutes: String(detail.decision),
    });
}

/** What the journal, not the package, tells of an archived record. */
export function archivedFacts(
  entry: IndexedEntry,
): Pick<CatalogRecord, 'number' | 'state' | 'version' | 'receipt' | 'duplicateOf'> {
  const detail = archivedDetail(entry);
  return {
    number: detail.number,
    state: detail.state,
    version: detail.version,
    receipt: { number: detail.receipt, time: entry.time, head: `${entry.sequence}:${entry.hash}` },
    ...(detail.duplicateOf ? { duplicateOf: detail.duplicateOf } : {}),
  };
}

function archivedDetail(entry: IndexedEntry): ArchivedDetail {
  const { number, receipt, version, state, inventory, duplicateOf } = entry.detail;
  return {
    number: String(number),
    receipt: String(receipt),
    version: Number(version),
    state: state === 'archived' ? 'archived' : 'awaiting',
    inventory: String(inventory),
    ...(duplicateOf ? { duplicateOf: String(duplicateOf) } : {}),
  };
}

/** What is shown of a record whose content cannot be read here. */
function unknownContent(number: string, receivedAt: string): SubmittedRecord {
  return { title: number, profile: { id: '', version: '' }, fields: {}, files: [], signatures: [], receivedAt };
}

async function applyDecision(transaction: Knex.Transaction, id: string, decision: string): Promise<void> {
  const state: RecordState = decision === 'return' ? 'rejected' : 'received';
  await setRecordState(transaction, id, state, decision === 'return' ? { code: 'RETURNED', detail: '' } : undefined);
  if (decision === 'return') await removeIntakes(transaction, [id]);
  else await transaction('intakes').where({ id }).update({ state: 'staged', owner: null });
}

function reasonOf(detail: Readonly<Record<string, unknown>>): { code: string; detail: string } {
  return { code: String(detail.code ?? ''), detail: '' };
}
