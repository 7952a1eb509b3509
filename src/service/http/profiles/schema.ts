import { count, list, object, text } from '../schemas.ts';

const localized = object({ 'sr-Cyrl': text, 'sr-Latn': text, en: text }, ['sr-Cyrl', 'sr-Latn', 'en']);

const profile = object(
  {
    id: text,
    version: text,
    title: localized,
    description: localized,
    metadataSchema: { type: 'object', additionalProperties: true },
    formats: { anyOf: [{ const: '*' }, list(text)] },
    maxFileSize: count,
    signature: { enum: ['required', 'optional'] },
    onFailedSignature: { enum: ['archive', 'quarantine', 'refuse'] },
    confirmation: { enum: ['none', 'test-seal'] },
    category: text,
    fields: list({ type: 'object', additionalProperties: true }),
  },
  ['id', 'version', 'title', 'metadataSchema', 'formats', 'maxFileSize', 'onFailedSignature', 'confirmation', 'fields'],
);

export const profileSchemas = { ProfileList: object({ profiles: list(profile) }, ['profiles']) } as const;
