import { count, day, list, named, object, type Schema, text, utc } from '../schemas.ts';

const short: Schema = { type: 'string', minLength: 1, maxLength: 1000 };

const facts: Schema = {
  type: 'object',
  properties: {
    subject: short,
    sender: short,
    senderNumber: short,
    senderDate: day,
    unit: short,
    routing: {
      type: 'object',
      description: 'Razvod: a/a with the period, R with a day, a unit, an original that was sent on',
      properties: { mark: short, date: day },
      required: ['mark', 'date'],
      additionalProperties: false,
    },
    continues: { ...short, description: 'A case of an earlier year that this one goes on from (prenos)' },
  },
  required: ['subject'],
  additionalProperties: false,
};

export const registerSchemas = {
  RegisterEntry: object(
    {
      id: text,
      number: { ...text, description: 'As it is cited: book-base/year-sub' },
      creator: text,
      book: text,
      year: text,
      base: count,
      sub: count,
      receivedOn: day,
      registeredAt: utc,
      record: text,
      facts,
      voided: object({ at: utc, by: text, reason: text }, ['at', 'by', 'reason']),
    },
    ['id', 'number', 'creator', 'book', 'year', 'base', 'sub', 'receivedOn', 'registeredAt', 'facts'],
  ),
  Register: object({ entries: list(named('RegisterEntry')) }, ['entries']),
  ClosedRegister: object({ entries: count }, ['entries']),
} as const;

export const registerQuery: Schema = {
  type: 'object',
  properties: {
    creator: { type: 'string', maxLength: 200 },
    book: { type: 'string', maxLength: 20 },
    year: { type: 'string', pattern: '^\\d{4}$' },
    case: { type: 'integer', minimum: 1 },
    record: { type: 'string', maxLength: 200 },
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 200 },
  },
  additionalProperties: false,
};

export const registerBody: Schema = {
  type: 'object',
  properties: {
    creator: short,
    book: { type: 'string', minLength: 1, maxLength: 20 },
    receivedOn: day,
    case: { type: 'integer', minimum: 1, description: 'The base number of a case; a new one when left out' },
    record: { ...short, description: 'The record that holds the act' },
    facts,
  },
  required: ['creator', 'receivedOn', 'facts'],
  additionalProperties: false,
};

export const voidBody: Schema = {
  type: 'object',
  properties: { reason: short },
  required: ['reason'],
  additionalProperties: false,
};

export const closingBody: Schema = {
  type: 'object',
  properties: { creator: short, book: short, year: { type: 'string', pattern: '^\\d{4}$' } },
  required: ['creator', 'book', 'year'],
  additionalProperties: false,
};
