import { list, object, type Schema, text, utc } from '../schemas.ts';

export const dipSchemas = {
  DipOrder: object({ id: text, records: list(text), expiresAt: utc, package: text }, [
    'id',
    'records',
    'expiresAt',
    'package',
  ]),
} as const;

/** Records whose packages are wanted; of one alone, some of the files. */
export const dipRequest: Schema = {
  type: 'object',
  properties: {
    records: {
      type: 'array',
      items: { type: 'string', maxLength: 100 },
      minItems: 1,
      maxItems: 1000,
      uniqueItems: true,
    },
    files: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 1_000_000 }, minItems: 1, maxItems: 10_000 },
  },
  required: ['records'],
  additionalProperties: false,
};

/** Files whose fields are named by the number of the original that each stands for: `file-1`. */
export const redactedDipBody: Schema = {
  type: 'object',
  properties: { reason: { type: 'string', minLength: 1, maxLength: 1000 } },
  patternProperties: { '^file-[1-9][0-9]*$': { type: 'string', contentMediaType: 'application/octet-stream' } },
  required: ['reason'],
};
