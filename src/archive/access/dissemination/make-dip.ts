import {
  ArchiveError,
  folderName,
  newRecordId,
  type RecordId,
  sha256Hex,
  sha512Hex,
  utcSeconds,
} from '../../../base/index.ts';
import {
  aipPathOf,
  aipPaths,
  buildDip,
  dublinCoreOf,
  fileKey,
  premisOfAip,
  type RecordDescription,
  type RecordFile,
  type RedactedFile,
  redactedRepresentation,
  safeFileNames,
} from '../../../standards/packages/index.ts';
import { findRecordAsKnown } from '../../data-management/index.ts';
import { journal, readRecordDescription } from '../../packaging/index.ts';
import type { ReportContext } from '../../preservation/index.ts';
import { type AipContents, type AipEntry, aipContents } from '../aip-contents.ts';
import { sinceArchiving } from '../since-archiving.ts';
import { bytesEntry } from './stored-bytes.ts';

/** A file to give in the place of an original, made unreadable in parts. */
export interface Redaction {
  /** Of the original: its number in the record, from 1. */
  readonly file: number;
  readonly name: string;
  readonly content: Uint8Array;
  readonly reason: string;
}

/** What is to be given of a record. */
export interface DipRequest {
  readonly record: string;
  readonly actor: string;
  /** The current one when left out. */
  readonly version?: number;
  /** Numbers of files, from 1; all when left out. */
  readonly files?: readonly number[];
  readonly redactions?: readonly Redaction[];
}

/** A dissemination package: as an AIP's contents, ready to be written or streamed. */
export interface DisseminationPackage extends AipContents {
  readonly id: RecordId;
  readonly record: string;
}

/** Metadata of the AIP that goes along: what was sealed, what was found, and how it is proven. */
const carried = /^metadata\/(descriptive\/dc\.xml|other\/record\.json(\.p7s)?$|preservation\/(?!premis\.xml$))/;

/**
 * Makes a DIP of a record (E-ARK DIP 2.2): all its files, some of them, or redacted ones in their place, with the sealed metadata,
 * the validation reports, the journal since, an evidence record for each original given, and a sealed integrity report. Where a
 * file is redacted, metadata, reports and journal stay behind: they are sealed whole and tell what was made unreadable. The AIP
 * is not touched; that it was given is an entry of the journal.
 * @throws ArchiveError RECORD_UNKNOWN; FILE_UNKNOWN for a number that the record does not have; NAME_UNSAFE
 */
export async function makeDip(holdings: ReportContext, request: DipRequest): Promise<DisseminationPackage> {
  const { catalog, storage, institution, clock } = holdings;
  const known = await findRecordAsKnown(catalog, institution.id, request.record);
  if (!known || known.version === 0 || known.state === 'disposed')
    throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${request.record}.`);
  const version = request.version ?? known.version;
  const record = version > known.version ? undefined : await readRecordDescription(storage, known.id, version);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no version ${version} of this record.`);
  const createdAt = new Date(Math.floor(clock().getTime() / 1000) * 1000);
  const aip = await aipContents(storage, known.id, version);
  const redactions = redactedFiles(record, request, createdAt);
  const files = givenFiles(record, request);
  const id = newRecordId(clock, holdings.random);
  const stored = new Map(aip.entries.map((entry) => [entry.sha512, entry]));
  const additions: { path: string; content: Uint8Array }[] = [];
  const isRedacted = redactions.length > 0;
  const evidenceOf = [...files.map(aipPathOf), ...(isRedacted ? [] : [aipPaths.record])];
  for await (const { path, content } of sinceArchiving(holdings, { record: record.id, version, evidenceOf }))
    if (!isRedacted || path.startsWith('evidence/')) additions.push({ path: `preservation/${path}`, content });
  if (isRedacted) additions.push({ path: 'descriptive/dc.xml', content: namelessDublinCore(record) });
  const built = buildDip({
    id,
    createdAt,
    actor: request.actor,
    record: isRedacted ? { ...record, title: record.number } : record,
    files,
    redacted: redactions.map(({ redacted }) => redacted),
    fromAip: aip.entries
      .filter(({ path }) => !isRedacted && (carried.test(path) || path === aipPaths.premis))
      .map(({ path, size, sha512 }) => ({
        path: path === aipPaths.premis ? premisOfAip : path,
        payload: { size, sha512 },
        createdAt: record.packagedAt,
      })),
    additions,
  });
  const entries = built.map((file): AipEntry => {
    if ('content' in file) return bytesEntry(file.path, file.content);
    const redaction = redactions.find(({ redacted }) => redacted.file.sha512 === file.payload.sha512);
    if (redaction) return bytesEntry(file.path, redaction.content);
    const entry = stored.get(file.payload.sha512);
    if (!entry) throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record lacks a file. Run an audit.');
    return { ...entry, path: file.path };
  });
  await journal(holdings, {
    time: utcSeconds(clock()),
    institution: institution.id,
    type: 'record.disseminated',
    subject: known.id,
    actor: request.actor,
    detail: { dip: id, version, files: files.length, redacted: redactions.length },
  });
  return { id, record: known.id, folder: folderName(id), version, entries };
}

/** What may be told of a record whose metadata stay behind: which one it is, and who keeps it. */
function namelessDublinCore({ id, number, institution }: RecordDescription): Uint8Array {
  return dublinCoreOf([
    { element: 'title', value: number },
    { element: 'identifier', value: id },
    { element: 'publisher', value: institution.name },
  ]);
}

/** @throws ArchiveError FILE_UNKNOWN */
function fileNumbered(record: RecordDescription, number: number): RecordFile {
  const file = record.files[number - 1];
  if (!file) throw new ArchiveError('FILE_UNKNOWN', `This record has no file ${number}.`);
  return file;
}

/** A redacted original is never given. */
function givenFiles(record: RecordDescription, { files, redactions = [] }: DipRequest): RecordFile[] {
  const wanted = files ? files.map((number) => fileNumbered(record, number)) : record.files;
  const replaced = new Set(redactions.map(({ file }) => fileNumbered(record, file)));
  return record.files.filter((file) => wanted.includes(file) && !replaced.has(file));
}

function redactedFiles(record: RecordDescription, { redactions = [], actor }: DipRequest, createdAt: Date) {
  const paths = safeFileNames(redactions.map(({ name }) => name));
  return redactions.map(
    ({ file: number, name, content, reason }, index): { redacted: RedactedFile; content: Uint8Array } => {
      const source = fileNumbered(record, number);
      return {
        content,
        redacted: {
          source: fileKey(source),
          by: actor,
          reason,
          file: {
            path: paths[index] ?? name,
            representation: redactedRepresentation,
            originalName: name,
            size: content.length,
            createdAt,
            mimeType: source.mimeType,
            sha256: sha256Hex(content),
            sha512: sha512Hex(content),
            role: 'content',
            signatures: [],
          },
        },
      };
    },
  );
}
