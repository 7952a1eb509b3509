import { count, day, list, named, object, type Schema, text, utc } from '../schemas.ts';

const short: Schema = { type: 'string', minLength: 1, maxLength: 1000 };
const year: Schema = { type: 'string', pattern: '^\\d{4}$' };

const facts = {
  content: text,
  period: text,
  consent: text,
  quantity: text,
  place: text,
  remark: text,
  reason: text,
};

export const archiveBookSchemas = {
  BookRow: object(
    {
      number: { ...count, description: 'Column 1: goes on from year to year' },
      version: count,
      carrier: { enum: ['paper', 'electronic'] },
      mark: text,
      yearFrom: year,
      yearTo: year,
      enteredOn: day,
      records: count,
      bytes: count,
      disposedRecords: count,
      disposedBytes: count,
      minutes: list(text),
      ...facts,
      columns: { ...list(text), description: 'The 11 columns of form AK, as they are printed' },
    },
    ['number', 'version', 'carrier', 'mark', 'yearFrom', 'yearTo', 'enteredOn', 'content', 'columns'],
  ),
  ProposedBookRow: object({ mark: text, list: text, year, records: count, bytes: count, ...facts, corrects: count }, [
    'mark',
    'year',
    'records',
    'bytes',
    'content',
  ]),
  ArchiveBook: object(
    {
      creator: text,
      rows: list(named('BookRow')),
      proposed: {
        ...list(named('ProposedBookRow')),
        description: 'What the store holds and the book does not tell so',
      },
    },
    ['creator', 'rows', 'proposed'],
  ),
  EnteredRows: object({ entered: count }, ['entered']),
  EnteredRow: object({ number: count }, ['number']),
  Transcript: object(
    {
      id: text,
      creator: text,
      year,
      madeAt: utc,
      submittedOn: day,
      submission: object({ letter: text, channel: text }, ['letter', 'channel']),
    },
    ['id', 'creator', 'year', 'madeAt'],
  ),
  TranscriptList: object(
    {
      transcripts: list(named('Transcript')),
      due: list(
        object(
          {
            creator: text,
            year,
            dueOn: day,
            state: { enum: ['nothing-to-send', 'due', 'overdue', 'submitted'] },
            submittedOn: day,
          },
          ['creator', 'year', 'dueOn', 'state'],
        ),
      ),
    },
    ['transcripts', 'due'],
  ),
} as const;

export const bookQuery: Schema = {
  type: 'object',
  properties: {
    year: { ...year, description: 'Of creation; the whole book when left out' },
    versions: { type: 'boolean', default: false, description: 'Earlier versions of corrected rows, too' },
    form: { enum: ['json', 'csv', 'xlsx', 'pdf'], default: 'json' },
  },
  additionalProperties: false,
};

export const rowsBody: Schema = {
  type: 'object',
  properties: { year },
  additionalProperties: false,
};

export const paperRowBody: Schema = {
  type: 'object',
  properties: {
    mark: short,
    yearFrom: year,
    yearTo: year,
    content: short,
    period: short,
    consent: { type: 'string', maxLength: 200 },
    quantity: short,
    place: short,
    remark: short,
    corrects: {
      type: 'object',
      properties: { number: { type: 'integer', minimum: 1 }, reason: short },
      required: ['number', 'reason'],
      additionalProperties: false,
    },
  },
  required: ['mark', 'yearFrom', 'yearTo', 'content', 'period', 'consent', 'quantity', 'place'],
  additionalProperties: false,
};

export const transcriptBody: Schema = {
  type: 'object',
  properties: { year },
  required: ['year'],
  additionalProperties: false,
};

export const submissionOfTranscriptBody: Schema = {
  type: 'object',
  properties: { submittedOn: day, letter: short, channel: short },
  required: ['submittedOn', 'letter', 'channel'],
  additionalProperties: false,
};
