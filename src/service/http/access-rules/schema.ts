import { count, day, list, named, object, type Schema, text, utc } from '../schemas.ts';

const said = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });

export const accessRuleSchemas = {
  AccessRules: object({ embargoUntil: day, personalData: { type: 'boolean' }, purpose: text, legalBasis: text }, [
    'personalData',
  ]),
  AccessLine: object(
    { sequence: count, time: utc, record: text, recordNumber: text, actor: text, type: text, reason: text },
    ['sequence', 'time', 'record', 'recordNumber', 'actor', 'type'],
  ),
  AccessLog: object({ lines: list(named('AccessLine')), isWhole: { type: 'boolean' } }, ['lines', 'isWhole']),
  ErasureAnswer: object({ id: text, institution: text, answeredAt: utc, answeredBy: text, facts: { type: 'object' } }, [
    'id',
    'answeredAt',
    'answeredBy',
    'facts',
  ]),
  ErasureAnswerList: object({ answers: list(named('ErasureAnswer')) }, ['answers']),
} as const;

export const rulingBody: Schema = {
  type: 'object',
  properties: { embargoUntil: day, personalData: { type: 'boolean' }, reason: said(500) },
  required: ['reason'],
  additionalProperties: false,
};

export const accessLogQuery: Schema = {
  type: 'object',
  properties: { record: said(100), text: said(200) },
  additionalProperties: false,
};

export const erasureBody: Schema = {
  type: 'object',
  properties: {
    requester: said(200),
    receivedOn: day,
    records: { type: 'array', items: said(100), minItems: 1, maxItems: 1000 },
    reason: said(2000),
  },
  required: ['requester', 'receivedOn', 'records', 'reason'],
  additionalProperties: false,
};
