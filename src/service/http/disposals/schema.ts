import { count, day, list, named, object, type Schema, sha256, text, utc } from '../schemas.ts';

const short: Schema = { type: 'string', minLength: 1, maxLength: 1000 };
const records: Schema = { type: 'array', maxItems: 5_000, items: { type: 'string', minLength: 1, maxLength: 200 } };
const states = ['proposed', 'reviewed', 'sent', 'approved', 'refused', 'completed', 'abandoned'];

const disposalMembers = {
  id: text,
  number: text,
  creator: text,
  kind: { enum: ['destruction', 'hand-over'] },
  state: { enum: states },
  proposedBy: text,
  proposedAt: utc,
  early: text,
  request: object(
    {
      status: { enum: ['not-sent', 'sent', 'approved', 'rejected'] },
      since: day,
      channel: text,
      number: text,
    },
    ['status'],
  ),
  steps: list(
    object(
      {
        step: { enum: ['commission', 'packaged', 'sent', 'decision', 'completed', 'abandoned'] },
        time: utc,
        actor: text,
        facts: { type: 'object', additionalProperties: true },
      },
      ['step', 'time', 'actor', 'facts'],
    ),
  ),
};
const disposalRequired = ['id', 'number', 'creator', 'kind', 'state', 'proposedBy', 'proposedAt', 'steps'];

export const disposalSchemas = {
  ListedDisposal: object(disposalMembers, disposalRequired),
  DisposalList: object({ disposals: list(named('ListedDisposal')) }, ['disposals']),
  Disposal: object(
    {
      ...disposalMembers,
      items: list(
        object(
          {
            number: count,
            record: text,
            recordNumber: text,
            kind: text,
            list: text,
            mark: text,
            year: text,
            listNumber: count,
            period: text,
            expiresOn: day,
            files: count,
            bytes: count,
            bookRow: count,
            sha256: list(sha256),
            state: { enum: ['listed', 'left-out', 'disposed'] },
          },
          ['number', 'record', 'recordNumber', 'kind', 'mark', 'year', 'period', 'files', 'bytes', 'state'],
        ),
      ),
    },
    [...disposalRequired, 'items'],
  ),
} as const;

/** `POST /disposals`. */
export const proposalBody: Schema = {
  type: 'object',
  properties: {
    creator: short,
    records: { ...records, minItems: 1, description: 'Ids or numbers; all that may be set aside when left out' },
    early: { ...short, description: 'Why it is done before the periods end; kept for good' },
  },
  required: ['creator'],
  additionalProperties: false,
};

const reviewMembers = {
  members: { type: 'array', minItems: 2, maxItems: 50, items: short },
  minutes: {
    type: 'object',
    properties: { number: short, date: day },
    required: ['number', 'date'],
    additionalProperties: false,
  },
  agreed: { type: 'boolean' },
  leaveOut: records,
  remark: short,
};

export const reviewBody: Schema = {
  type: 'object',
  properties: reviewMembers,
  required: ['members', 'minutes', 'agreed'],
  additionalProperties: false,
};

/** The same of a hand-over (UNI-10). */
export const handOverReviewBody: Schema = {
  ...reviewBody,
  properties: {
    ...reviewMembers,
    place: { ...short, description: 'Where the hand-over takes place' },
    whole: { type: 'boolean', description: 'Whether the whole fonds is handed over' },
    opinion: { ...short, description: 'What the commission thinks of the use of the material' },
  },
  required: ['members', 'minutes', 'agreed', 'place', 'opinion'],
};

export const letterBody: Schema = {
  type: 'object',
  properties: { letter: short, date: day, channel: short, contact: short },
  required: ['letter', 'date', 'channel'],
  additionalProperties: false,
};

export const archiveDecisionBody: Schema = {
  type: 'object',
  properties: {
    number: short,
    date: day,
    approved: { type: 'boolean' },
    leaveOut: records,
    document: {
      type: 'object',
      description: 'The decision itself',
      properties: {
        name: short,
        base64: { type: 'string', minLength: 4, contentEncoding: 'base64', pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$' },
      },
      required: ['name', 'base64'],
      additionalProperties: false,
    },
  },
  required: ['number', 'date', 'approved', 'document'],
  additionalProperties: false,
};

export const executionBody: Schema = {
  type: 'object',
  properties: { method: { ...short, description: 'How the content is destroyed; said on the certificate' } },
  required: ['method'],
  additionalProperties: false,
};

export const abandonmentBody: Schema = {
  type: 'object',
  properties: { reason: short },
  required: ['reason'],
  additionalProperties: false,
};
