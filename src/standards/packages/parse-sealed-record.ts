import { FormatError, isRecordId } from '../../base/index.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type AlternativeIdentifier,
  type DublinCoreElement,
  type DublinCoreStatement,
  dublinCoreElements,
  type FileRole,
  fileRoles,
  type JsonValue,
  type RecordDescription,
  type RecordFile,
  type SignatureSummary,
} from './record-description.ts';
import { recordFormat } from './sealed-record.ts';

type Members = { readonly [name: string]: JsonValue };

/**
 * The record that `bytes` (`metadata/other/record.json`) describe: the inverse of `sealedRecord`.
 * @throws FormatError when they are not canonical JSON of the form `trajno-record/1`; so a seal has one meaning only.
 */
export function parseSealedRecord(bytes: Uint8Array): RecordDescription {
  const record = members(canonicalValue(bytes), 'record');
  if (record.format !== recordFormat) throw malformed(`format is not ${recordFormat}`);
  const id = text(record, 'id');
  if (!isRecordId(id)) throw malformed('id is no record id');
  const institution = members(record.institution, 'institution');
  const profile = members(record.profile, 'profile');
  const software = members(record.software, 'software');
  return {
    id,
    version: wholeNumber(record, 'version'),
    number: text(record, 'number'),
    title: text(record, 'title'),
    ...optionalTexts(record, ['language', 'category'] as const),
    ...(record.classification === undefined
      ? {}
      : { classification: classification(members(record.classification, 'classification')) }),
    institution: { id: text(institution, 'id'), name: text(institution, 'name') },
    profile: { id: text(profile, 'id'), version: text(profile, 'version') },
    ...(record.intake === undefined ? {} : { intake: intake(members(record.intake, 'intake')) }),
    receivedAt: time(record, 'receivedAt'),
    archivedAt: time(record, 'archivedAt'),
    packagedAt: time(record, 'packagedAt'),
    metadata: members(record.metadata, 'metadata'),
    descriptive: optionalList(record, 'descriptive').map(statement),
    ...(record.alternativeIdentifiers === undefined
      ? {}
      : { alternativeIdentifiers: list(record.alternativeIdentifiers, 'alternativeIdentifiers').map(identifier) }),
    files: list(record.files, 'files').map(file),
    ...(record.correction === undefined ? {} : { correction: correction(members(record.correction, 'correction')) }),
    software: { name: text(software, 'name'), version: text(software, 'version') },
  };
}

/** The value, refused unless written canonically: no name twice, nothing hidden in spaces or escapes. */
function canonicalValue(bytes: Uint8Array): JsonValue {
  let canonical: Uint8Array;
  let value: JsonValue;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    canonical = canonicalJson(value);
  } catch (cause) {
    throw new FormatError(recordFormat, 'no JSON in UTF-8, or nested too deep', { cause });
  }
  if (Buffer.compare(canonical, bytes) !== 0) throw malformed('not in canonical form (RFC 8785 and a newline)');
  return value;
}

function classification(value: Members): NonNullable<RecordDescription['classification']> {
  return {
    creator: text(value, 'creator'),
    list: text(value, 'list'),
    listVersion: text(value, 'listVersion'),
    ...optionalTexts(value, ['consent'] as const),
    mark: text(value, 'mark'),
    name: text(value, 'name'),
    period: text(value, 'period'),
    startEvent: text(value, 'startEvent'),
    formula: text(value, 'formula'),
  };
}

function intake(value: Members): NonNullable<RecordDescription['intake']> {
  return { number: text(value, 'number'), time: time(value, 'time') };
}

function correction(value: Members): NonNullable<RecordDescription['correction']> {
  return { reason: text(value, 'reason'), by: text(value, 'by') };
}

function statement(value: JsonValue): DublinCoreStatement {
  const statement = members(value, 'descriptive');
  const element = text(statement, 'element');
  if (!isDublinCoreElement(element)) throw malformed('element is none of Dublin Core');
  return { element, value: text(statement, 'value'), ...optionalTexts(statement, ['language'] as const) };
}

function identifier(value: JsonValue): AlternativeIdentifier {
  const identifier = members(value, 'alternativeIdentifiers');
  return { type: text(identifier, 'type'), value: text(identifier, 'value') };
}

function file(value: JsonValue): RecordFile {
  const file = members(value, 'files');
  const role = text(file, 'role');
  if (!isFileRole(role)) throw malformed('role of a file is unknown');
  const format = file.format === undefined ? undefined : members(file.format, 'format');
  return {
    path: text(file, 'path'),
    ...optionalTexts(file, ['representation', 'scannedBy'] as const),
    originalName: text(file, 'originalName'),
    size: wholeNumber(file, 'size'),
    ...(file.createdAt === undefined ? {} : { createdAt: time(file, 'createdAt') }),
    mimeType: text(file, 'mimeType'),
    ...(format === undefined
      ? {}
      : { format: { name: text(format, 'name'), ...optionalTexts(format, ['version', 'puid', 'basis'] as const) } }),
    sha256: hexDigest(file, 'sha256', 64),
    sha512: hexDigest(file, 'sha512', 128),
    role,
    ...(file.signs === undefined ? {} : { signs: list(file.signs, 'signs').map(asText) }),
    signatures: optionalList(file, 'signatures').map(signature),
  };
}

const signatureTexts = [
  'id',
  'subIndication',
  'reasonCode',
  'reason',
  'signedBy',
  'signingCertSha256',
  'sigValueSha256',
  'claimedSigningTime',
  'bestSignatureTime',
  'qualification',
] as const;

function signature(value: JsonValue): SignatureSummary {
  const signature = members(value, 'signatures');
  const indication = text(signature, 'indication');
  if (indication !== 'TOTAL_PASSED' && indication !== 'INDETERMINATE' && indication !== 'TOTAL_FAILED') {
    throw malformed('indication is none of EN 319 102-1');
  }
  return { format: text(signature, 'format'), indication, ...optionalTexts(signature, signatureTexts) };
}

function isDublinCoreElement(text: string): text is DublinCoreElement {
  return (dublinCoreElements as readonly string[]).includes(text);
}

function isFileRole(text: string): text is FileRole {
  return (fileRoles as readonly string[]).includes(text);
}

function members(value: JsonValue | undefined, name: string): Members {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw malformed(`${name} is no object`);
  return value as Members;
}

function list(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw malformed(`${name} is no list`);
  return value;
}

function optionalList(object: Members, name: string): readonly JsonValue[] {
  return object[name] === undefined ? [] : list(object[name], name);
}

function text(object: Members, name: string): string {
  const value = object[name];
  if (typeof value !== 'string') throw malformed(`${name} is no text`);
  return value;
}

function asText(value: JsonValue): string {
  if (typeof value !== 'string') throw malformed('an item is no text');
  return value;
}

function optionalTexts<Name extends string>(
  object: Members,
  names: readonly Name[],
): { readonly [K in Name]?: string } {
  const texts: { [K in Name]?: string } = {};
  for (const name of names) if (object[name] !== undefined) texts[name] = text(object, name);
  return texts;
}

function wholeNumber(object: Members, name: string): number {
  const value = object[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw malformed(`${name} is no number`);
  return value;
}

function time(object: Members, name: string): Date {
  const value = text(object, name);
  const moment = new Date(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) || Number.isNaN(moment.getTime())) {
    throw malformed(`${name} is no time in UTC`);
  }
  return moment;
}

function hexDigest(object: Members, name: string, length: number): string {
  const value = text(object, name);
  if (value.length !== length || !/^[0-9a-f]+$/.test(value)) throw malformed(`${name} is no digest`);
  return value;
}

function malformed(detail: string): FormatError {
  return new FormatError(recordFormat, detail);
}
