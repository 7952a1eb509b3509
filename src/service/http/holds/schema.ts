import { holdScopes } from '../../../archive/data-management/index.ts';
import { day, list, named, object, type Schema, text, utc } from '../schemas.ts';

const short: Schema = { type: 'string', minLength: 1, maxLength: 1000 };

const query: Schema = {
  type: 'object',
  description: 'What is looked for, as in `GET /records`: holds what it finds now and later',
  properties: {
    text: { type: 'string', maxLength: 500 },
    signer: { type: 'string', maxLength: 500 },
    field: {
      type: 'object',
      properties: { name: short, text: short },
      required: ['name', 'text'],
      additionalProperties: false,
    },
    receivedFrom: day,
    receivedTo: day,
  },
  additionalProperties: false,
};

export const holdSchemas = {
  Hold: object(
    {
      id: text,
      scope: { enum: [...holdScopes] },
      target: text,
      query,
      owner: text,
      mandate: text,
      reason: text,
      reviewOn: day,
      placedAt: utc,
      placedBy: text,
      lifted: object({ at: utc, by: text, reason: text }, ['at', 'by', 'reason']),
    },
    ['id', 'scope', 'owner', 'mandate', 'reason', 'reviewOn', 'placedAt', 'placedBy'],
  ),
  HoldList: object({ holds: list(named('Hold')) }, ['holds']),
} as const;

/** `POST /holds`. */
export const holdBody: Schema = {
  type: 'object',
  properties: {
    scope: { enum: [...holdScopes] },
    target: { ...short, description: 'A record’s id or number, a case number, a category’s mark' },
    query,
    owner: { ...short, description: 'By whose word' },
    mandate: { ...short, description: 'By what act' },
    reason: short,
    reviewOn: { ...day, description: 'When somebody looks whether it is still needed; it does not end by itself' },
  },
  required: ['scope', 'owner', 'mandate', 'reason', 'reviewOn'],
  additionalProperties: false,
};

export const holdReviewBody: Schema = {
  type: 'object',
  properties: { reviewOn: day },
  required: ['reviewOn'],
  additionalProperties: false,
};

export const liftingBody: Schema = {
  type: 'object',
  properties: { reason: short },
  required: ['reason'],
  additionalProperties: false,
};

export const holdQuery: Schema = {
  type: 'object',
  properties: { lifted: { type: 'boolean', default: false, description: 'Those that were lifted, too' } },
  additionalProperties: false,
};
