import { actions, roles } from '../../../archive/administration/index.ts';
import { list, object, type Schema, text } from '../schemas.ts';

export const tokenSchemas = {
  Token: object(
    { name: text, role: text, scopes: list(text), token: { ...text, description: 'Shown this once and kept nowhere' } },
    ['name', 'role', 'token'],
  ),
} as const;

export const tokenBody: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f]+$' },
    role: { enum: [...roles] },
    scopes: {
      type: 'array',
      items: { enum: [...actions] },
      minItems: 1,
      uniqueItems: true,
      description: 'The only actions, of those the role allows, that the token is for',
    },
  },
  required: ['name', 'role'],
  additionalProperties: false,
};
