import { count, list, named, object, type Schema, text, utc } from '../schemas.ts';

export const fidelitySchemas = {
  FidelityStatement: object({ id: text, madeAt: utc, madeBy: text, records: count }, [
    'id',
    'madeAt',
    'madeBy',
    'records',
  ]),
  FidelityStatementList: object({ statements: list(named('FidelityStatement')) }, ['statements']),
} as const;

/** `POST /fidelity-statements`. */
export const statementBody: Schema = {
  type: 'object',
  properties: {
    records: { type: 'array', minItems: 1, maxItems: 2000, items: text, description: 'Ids or numbers' },
    capacity: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'In which it is stated, such as ovlašćeno lice',
    },
  },
  required: ['records', 'capacity'],
  additionalProperties: false,
};
