import { startEvents } from '../../../archive/data-management/index.ts';
import { count, day, list, named, object, type Schema, text } from '../schemas.ts';

const period = {
  mark: text,
  creator: text,
  list: text,
  caseNumber: text,
  createdYear: text,
  period: text,
  startEvent: { enum: [...startEvents] },
  formula: { enum: ['year-end', 'exact'] },
  startedOn: day,
  expiresOn: day,
  extendedTo: day,
};

const classification = object(
  {
    creator: text,
    list: text,
    listVersion: text,
    consent: text,
    mark: text,
    name: text,
    period: text,
    startEvent: { enum: [...startEvents] },
    formula: text,
  },
  ['creator', 'list', 'listVersion', 'mark', 'name', 'period', 'startEvent', 'formula'],
);

export const retentionSchemas = {
  Retention: object(
    {
      record: text,
      number: text,
      regime: { enum: ['permanent', 'time-limited'] },
      classification,
      startedOn: day,
      expiresOn: day,
      extendedTo: day,
      holds: list(named('Hold')),
      disposal: { ...text, description: 'Number of a disposal that is under way' },
      explanation: object({ 'sr-Cyrl': text, 'sr-Latn': text, en: text }, ['sr-Cyrl', 'sr-Latn', 'en']),
    },
    ['record', 'number', 'holds', 'explanation'],
  ),
  CandidateList: object(
    {
      candidates: list(
        object(
          {
            record: text,
            ...period,
            bytes: count,
            setAsideBy: day,
            isOverdue: { type: 'boolean' },
            holds: list(text),
            disposal: text,
            bookRow: count,
          },
          ['record', 'mark', 'period', 'expiresOn', 'setAsideBy', 'isOverdue', 'holds'],
        ),
      ),
      next: text,
    },
    ['candidates'],
  ),
  RetentionCounts: object({ permanent: count, limited: count, notStarted: count, unlisted: count }, [
    'permanent',
    'limited',
    'notStarted',
    'unlisted',
  ]),
  RetentionEvent: object({ event: text, date: day, record: text, case: text }, ['event', 'date']),
} as const;

export const candidateQuery: Schema = {
  type: 'object',
  properties: {
    creator: { type: 'string', maxLength: 200 },
    cursor: { type: 'string', maxLength: 100, pattern: '^\\d{4}-\\d\\d-\\d\\d urn:uuid:[0-9a-f-]{36}$' },
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
  additionalProperties: false,
};

/** `POST /retention/events`. */
export const eventBody: Schema = {
  type: 'object',
  properties: {
    record: { type: 'string', minLength: 1, maxLength: 200 },
    case: { type: 'string', minLength: 1, maxLength: 200, description: 'A case number: all records of the case' },
    event: { enum: startEvents.filter((event) => event !== 'created' && event !== 'archived') },
    date: day,
  },
  required: ['event', 'date'],
  oneOf: [{ required: ['record'] }, { required: ['case'] }],
  additionalProperties: false,
};

/** `POST /records/{record}/extensions`. */
export const extensionBody: Schema = {
  type: 'object',
  properties: { until: day, reason: { type: 'string', minLength: 1, maxLength: 1000 } },
  required: ['until', 'reason'],
  additionalProperties: false,
};
