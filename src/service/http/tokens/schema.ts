import { object, type Schema, text } from '../schemas.ts';

export const tokenSchemas = {
  Token: object({ name: text, role: text, token: { ...text, description: 'Shown this once and kept nowhere' } }, [
    'name',
    'role',
    'token',
  ]),
} as const;

export const tokenBody: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f]+$' },
    role: { enum: ['administrator', 'officer', 'auditor'] },
  },
  required: ['name', 'role'],
  additionalProperties: false,
};
