import { count, day, list, named, object, paging, type Schema, sha256, text, utc } from '../schemas.ts';

export const recordStates = ['received', 'awaiting', 'archived', 'quarantined', 'rejected', 'failed', 'disposed'];

const receipt = object({ number: text, time: utc, head: text }, ['number', 'time', 'head']);
const reason = object({ code: text, message: text }, ['code', 'message']);
const state: Schema = { enum: recordStates };
const fields: Schema = { type: 'object', description: 'The fields of the profile', additionalProperties: true };

const recordFile = object(
  {
    number: { type: 'integer', minimum: 1, description: 'The file is at /records/{record}/files/{number}' },
    name: text,
    size: count,
    sha256,
    mimeType: text,
    format: text,
    puid: text,
    role: { enum: ['content', 'signature'] },
    signs: text,
  },
  ['number', 'name', 'size', 'sha256', 'mimeType', 'role'],
);

const signature = object(
  {
    file: text,
    format: text,
    indication: { enum: ['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED'] },
    subIndication: text,
    reasonCode: text,
    reason: text,
    signedBy: text,
    claimedSigningTime: text,
    qualification: text,
    validationTime: utc,
  },
  ['file', 'format', 'indication', 'validationTime'],
);

const recordMembers = {
  record: text,
  number: text,
  aip: text,
  version: count,
  state,
  title: text,
  profile: object({ id: text, version: text }, ['id', 'version']),
  category: text,
  receivedAt: utc,
  archivedAt: utc,
  duplicateOf: text,
};

export const recordSchemas = {
  Record: object(
    {
      ...recordMembers,
      origin: { enum: ['born-digital', 'digitised', 'converted', 'received-signed'] },
      fields,
      receipt,
      intake: receipt,
      files: list(recordFile),
      signatures: list(signature),
      warnings: list({ enum: ['DUPLICATE_CONTENT', 'NO_CATEGORY', 'MALWARE_NOT_SCANNED', 'NOT_UNDER_EVIDENCE'] }),
      error: reason,
    },
    ['record', 'number', 'aip', 'version', 'state', 'title', 'profile', 'receivedAt', 'fields', 'files', 'signatures'],
  ),
  ListedRecord: object({ ...recordMembers, verdicts: { type: 'object', additionalProperties: count } }, [
    'record',
    'number',
    'state',
    'title',
    'receivedAt',
    'verdicts',
  ]),
  RecordList: object({ records: list(named('ListedRecord')), next: text }, ['records']),
  Submitted: object(
    {
      records: list({
        anyOf: [
          named('Record'),
          object({ state: { const: 'rejected' }, files: list(object({ name: text }, ['name'])), error: reason }, [
            'state',
            'files',
            'error',
          ]),
        ],
      }),
    },
    ['records'],
  ),
  Receipt: object(
    {
      kind: { enum: ['intake', 'archiving'] },
      number: text,
      time: utc,
      head: text,
      record: text,
      recordNumber: text,
      title: text,
      institution: text,
      state,
      version: count,
      files: list(object({ name: text, size: count, sha256, sha512: text }, ['name', 'size', 'sha256', 'sha512'])),
      signatures: list(signature),
      warnings: list(text),
    },
    ['kind', 'number', 'time', 'head', 'record', 'recordNumber', 'title', 'institution', 'state', 'files'],
  ),
} as const;

/** `POST /records`. */
export const submissionQuery: Schema = {
  type: 'object',
  properties: {
    together: {
      type: 'boolean',
      default: true,
      description:
        'One record of all files; with false each file is a record, detached signatures go with what they sign',
    },
  },
  additionalProperties: false,
};

export const submissionBody: Schema = object(
  {
    metadata: {
      type: 'object',
      description: 'JSON: what is said of the files. May stand anywhere in the form, best before the files.',
      properties: {
        profile: text,
        title: text,
        category: { ...text, description: 'A mark of the list of categories in force' },
        creator: { ...text, description: 'Whose list, where several creators have the mark' },
        language: text,
        fields,
        checksums: { type: 'object', description: '{ "a.pdf": { "sha256": "…" } }', additionalProperties: true },
      },
      additionalProperties: false,
    },
    'metadata.csv': {
      type: 'string',
      contentMediaType: 'text/csv',
      description:
        'A table with a row for each file (`together=false`), before the files: a column `file`, the others fields by name or title. What it says outranks `metadata`.',
    },
    file: list({ type: 'string', contentMediaType: 'application/octet-stream' }),
  },
  ['file'],
);

/** What the `metadata` part of a form must be. */
export const metadataSchema: Schema = {
  type: 'object',
  properties: {
    profile: text,
    title: text,
    category: text,
    creator: text,
    language: text,
    fields: { type: 'object' },
    checksums: { type: 'object', additionalProperties: { type: 'object', additionalProperties: text } },
  },
  additionalProperties: false,
};

/** `GET /records`. */
export const findQuery: Schema = {
  type: 'object',
  properties: {
    text: { type: 'string', maxLength: 500, description: 'Words of any field, in either alphabet' },
    field: { type: 'string', maxLength: 500, pattern: '^[^:]+:.', description: '`name:words` of one field' },
    signer: { type: 'string', maxLength: 500 },
    state: { type: 'string', maxLength: 200, description: 'States, parted by commas' },
    from: { ...day, description: 'Received on this day or later' },
    to: { ...day, description: 'Received on this day or earlier' },
    ...paging,
  },
  additionalProperties: false,
};

/** `PATCH /records/{record}` (RFC 7396): what is left out stays, a field set to null goes. */
export const correctionBody: Schema = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 500 },
    category: { type: 'string', minLength: 1, maxLength: 200 },
    creator: { type: 'string', minLength: 1, maxLength: 200 },
    archiveConsent: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'Number and date of the archive’s consent, where a permanent record becomes time-limited',
    },
    fields,
    reason: { type: 'string', minLength: 1, maxLength: 1000, description: 'Why; kept with the version' },
  },
  required: ['reason'],
  additionalProperties: false,
};

/** `POST /records/{record}/decisions`. */
export const decisionBody: Schema = {
  type: 'object',
  properties: {
    decision: {
      enum: ['accept', 'retry', 'return'],
      description: 'accept: keep it with its verdict; retry: check it again; return: give it back and forget the files',
    },
    reason: { type: 'string', minLength: 1, maxLength: 1000, description: 'Why; kept in the journal' },
  },
  required: ['decision', 'reason'],
  additionalProperties: false,
};
