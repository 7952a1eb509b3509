import {
  confirmations,
  consequences,
  contentReaders,
  profileDefinitionSchema,
  signatureRules,
} from '../../../archive/profiles/index.ts';
import { count, list, named, object, type Schema, text, utc } from '../schemas.ts';

const localized = object({ 'sr-Cyrl': text, 'sr-Latn': text, en: text }, ['sr-Cyrl', 'sr-Latn', 'en']);
const yes: Schema = { type: 'boolean' };

export const profileSchemas = {
  Profile: object(
    {
      id: text,
      version: text,
      title: localized,
      description: localized,
      origin: { enum: ['shipped', 'own'] },
      publishedAt: utc,
      publishedBy: text,
      withdrawn: yes,
      metadataSchema: {
        type: 'object',
        description: 'JSON Schema 2020-12 of `fields` of a record',
        additionalProperties: true,
      },
      formats: { anyOf: [{ const: '*' }, list(text)] },
      maxFileSize: count,
      signature: { enum: [...signatureRules] },
      onFailedSignature: { enum: [...consequences] },
      onIndeterminateSignature: { enum: [...consequences] },
      onUnscannedFile: { enum: ['archive', 'quarantine'] },
      confirmation: { enum: [...confirmations] },
      secondCheck: yes,
      approval: yes,
      category: text,
      publicVerification: { enum: ['number', 'title'] },
      personSignature: { enum: ['none', 'required'] },
      reads: { enum: [...contentReaders] },
      digitised: yes,
      longTermFormats: { enum: ['pdf-a'] },
      fillsStatutoryFields: yes,
      fields: list({ type: 'object', additionalProperties: true }),
      definition: { type: 'object', description: 'As it was published', additionalProperties: true },
    },
    [
      'id',
      'version',
      'title',
      'origin',
      'metadataSchema',
      'formats',
      'maxFileSize',
      'onFailedSignature',
      'confirmation',
      'fields',
      'definition',
    ],
  ),
  ProfileList: object({ profiles: list(named('Profile')) }, ['profiles']),
} as const;

/** `POST /profiles`. */
export const profileBody: Schema = profileDefinitionSchema;

/** `POST /profiles/{profile}/versions`: the whole definition; the id is in the address. */
export const profileVersionBody: Schema = {
  ...profileDefinitionSchema,
  required: profileDefinitionSchema.required.filter((name) => name !== 'id'),
  properties: {
    ...profileDefinitionSchema.properties,
    basedOn: { ...text, description: 'The version that was seen; another one in use meanwhile is a conflict' },
  },
};

/** `POST /profiles/{profile}/withdrawal`. */
export const withdrawalBody: Schema = {
  type: 'object',
  properties: { reason: { type: 'string', minLength: 1, maxLength: 1000, description: 'Why; kept in the journal' } },
  required: ['reason'],
  additionalProperties: false,
};
