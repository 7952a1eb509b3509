import { count, list, object, type Schema, text, utc } from '../schemas.ts';

const location = object(
  {
    name: text,
    state: { enum: ['active', 'catching-up'] },
    device: text,
    freeBytes: count,
    site: text,
    ownerType: text,
    administrator: text,
    copies: count,
    whole: count,
    oldestVerified: utc,
  },
  ['name', 'state', 'copies', 'whole'],
);

export const locationSchemas = {
  LocationList: object({ locations: list(location), independentCopies: count }, ['locations', 'independentCopies']),
} as const;

export const locationDecisionBody: Schema = {
  type: 'object',
  properties: {
    decision: {
      enum: ['leave', 'bring-back'],
      description: 'leave: receipts do not wait for it any more; bring-back: it gets what it missed and counts again',
    },
    reason: { type: 'string', minLength: 1, maxLength: 1000 },
  },
  required: ['decision', 'reason'],
  additionalProperties: false,
};
