import { startEvents } from '../../../archive/data-management/index.ts';
import { count, day, list, named, object, type Schema, text, utc } from '../schemas.ts';

const short: Schema = { type: 'string', minLength: 1, maxLength: 500 };

const category: Schema = {
  type: 'object',
  properties: {
    number: { type: 'integer', minimum: 1 },
    mark: { type: 'string', minLength: 1, maxLength: 200 },
    name: { type: 'string', minLength: 1, maxLength: 4000 },
    period: {
      type: 'string',
      pattern: '^(trajno|trajno operativno|[1-9][0-9]{0,2})$',
      description: 'A number of years, `trajno` (permanent) or `trajno operativno` (as long as it is needed)',
    },
    startEvent: { enum: [...startEvents], description: 'From what day the period runs' },
    carrier: { enum: ['paper', 'electronic', 'both'] },
    purpose: short,
    legalBasis: short,
  },
  required: ['number', 'mark', 'name', 'period', 'startEvent'],
  additionalProperties: false,
};

const consent: Schema = {
  type: 'object',
  properties: { number: short, date: day },
  required: ['number', 'date'],
  additionalProperties: false,
  description: 'Of the competent archive; a public body’s list needs it',
};

const formula: Schema = {
  enum: ['year-end', 'exact'],
  description: 'year-end: the period runs from the end of the event’s year; exact: from the day of the event',
};

export const categorySchemas = {
  CategoryList: object(
    {
      id: text,
      creator: text,
      version: count,
      adoptedOn: day,
      validFrom: day,
      formula,
      consent,
      enteredAt: utc,
      categories: list(category),
    },
    ['id', 'creator', 'version', 'adoptedOn', 'validFrom', 'formula', 'enteredAt'],
  ),
  CategoryLists: object({ lists: list(named('CategoryList')) }, ['lists']),
  CategoriesInForce: object({ lists: list(named('CategoryList')), day }, ['lists', 'day']),
} as const;

/** `POST /category-lists`. */
export const listBody: Schema = {
  type: 'object',
  properties: {
    creator: short,
    adoptedOn: day,
    validFrom: day,
    formula,
    consent,
    categories: { type: 'array', minItems: 1, maxItems: 20_000, items: category },
    table: {
      type: 'object',
      description: 'A spreadsheet in the place of `categories`',
      properties: {
        form: { enum: ['csv', 'xlsx'] },
        base64: { type: 'string', contentEncoding: 'base64', pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$' },
      },
      required: ['form', 'base64'],
      additionalProperties: false,
    },
  },
  required: ['creator', 'adoptedOn'],
  oneOf: [{ required: ['categories'] }, { required: ['table'] }],
  additionalProperties: false,
};

export const creatorQuery: Schema = {
  type: 'object',
  properties: { creator: { type: 'string', maxLength: 200, description: 'The id of a creator' } },
  additionalProperties: false,
};

export const tableQuery: Schema = {
  type: 'object',
  properties: { form: { enum: ['json', 'csv', 'xlsx'], default: 'json' } },
  additionalProperties: false,
};
