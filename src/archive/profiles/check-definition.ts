import { Ajv2020 } from 'ajv/dist/2020.js';
import { ArchiveError, type ErrorPlace } from '../../base/index.ts';
import {
  confirmations,
  consequences,
  contentReaders,
  type FieldDefinition,
  fieldChecks,
  fieldKinds,
  type ProfileDefinition,
  signatureRules,
} from './profile.ts';
import { longestWithPattern, patternFault } from './safe-pattern.ts';

const text = { type: 'string', minLength: 1, maxLength: 1000 };
const entered = {
  type: 'object',
  required: ['sr-Cyrl', 'en'],
  properties: { 'sr-Cyrl': text, 'sr-Latn': text, en: text },
  additionalProperties: false,
};

/** What a person may say in a definition (JSON Schema 2020-12); the rest is in `checkDefinition`. */
export const profileDefinitionSchema = {
  type: 'object',
  required: ['id', 'title', 'fields', 'formats', 'maxFileSize', 'onFailedSignature', 'confirmation'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' },
    title: entered,
    description: entered,
    fields: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,63}$' },
          title: entered,
          description: entered,
          kind: { enum: [...fieldKinds] },
          required: { type: 'boolean' },
          maxLength: { type: 'integer', minimum: 1, maximum: 10_000 },
          pattern: { type: 'string', minLength: 1, maxLength: 200 },
          check: { enum: [...fieldChecks] },
          choices: {
            type: 'array',
            minItems: 1,
            maxItems: 500,
            items: {
              type: 'object',
              required: ['value'],
              properties: { value: { type: 'string', minLength: 1, maxLength: 200 }, title: entered },
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    },
    formats: {
      anyOf: [
        { const: '*' },
        {
          type: 'array',
          minItems: 1,
          maxItems: 200,
          items: { type: 'string', pattern: '^((x-)?fmt/[0-9]{1,5}|[a-z]+/([a-zA-Z0-9.+-]{1,100}|\\*))$' },
        },
      ],
    },
    maxFileSize: { type: 'integer', minimum: 1, maximum: 2 ** 40 },
    signature: { enum: [...signatureRules] },
    onFailedSignature: { enum: [...consequences] },
    onIndeterminateSignature: { enum: [...consequences] },
    onUnscannedFile: { enum: ['archive', 'quarantine'] },
    confirmation: { enum: [...confirmations] },
    secondCheck: { type: 'boolean' },
    approval: { type: 'boolean' },
    category: { type: 'string', minLength: 1, maxLength: 200 },
    publicVerification: { enum: ['number', 'title'] },
    personSignature: { enum: ['none', 'required'] },
    reads: { enum: [...contentReaders] },
    digitised: { type: 'boolean' },
    longTermFormats: { enum: ['pdf-a'] },
    fillsStatutoryFields: { type: 'boolean' },
  },
  additionalProperties: false,
} as const;

const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile<ProfileDefinition>(
  profileDefinitionSchema,
);

/**
 * Takes a definition for what it says, or tells every place where it is not as it must be.
 * @param isShared whether there is a shared field of this name
 * @throws ArchiveError METADATA_INVALID with a place for each fault
 */
export function checkDefinition(content: unknown, isShared: (name: string) => boolean): ProfileDefinition {
  if (!validate(content))
    throw invalid(
      (validate.errors ?? []).map(({ instancePath, keyword, params, message }) => ({
        pointer: keyword === 'required' ? `${instancePath}/${params.missingProperty}` : instancePath,
        detail: keyword === 'required' ? 'is missing' : (message ?? 'is not as it must be'),
      })),
    );
  const places = content.fields.flatMap((field, index) => [
    ...fieldFaults(field, isShared).map(({ pointer, detail }) => ({ pointer: `/fields/${index}${pointer}`, detail })),
    ...(content.fields.findIndex(({ name }) => name === field.name) < index
      ? [{ pointer: `/fields/${index}/name`, detail: 'stands there twice' }]
      : []),
  ]);
  if (places.length > 0) throw invalid(places);
  return content;
}

function fieldFaults(field: FieldDefinition, isShared: (name: string) => boolean): ErrorPlace[] {
  const { name, title, kind, pattern, choices, check } = field;
  const faults: ErrorPlace[] = [];
  const fault = (pointer: string, detail: string) => faults.push({ pointer, detail });
  if (kind === undefined && !isShared(name)) fault('/kind', 'is missing');
  if (kind !== undefined && title === undefined) fault('/title', 'is missing');
  if (kind !== undefined && isShared(name)) fault('/name', 'is the name of a shared field');
  if (kind === 'choice' && !choices) fault('/choices', 'is missing');
  if (choices && kind !== 'choice' && !isShared(name)) fault('/choices', 'belongs to a field of choices');
  if ((pattern || check) && kind !== 'text') fault(pattern ? '/pattern' : '/check', 'belongs to a field of text');
  const values = (choices ?? []).map(({ value }) => value);
  if (new Set(values).size < values.length) fault('/choices', 'stands there twice');
  const wrong = pattern === undefined ? undefined : patternFault(pattern);
  if (wrong) fault('/pattern', wrong);
  if (pattern && (field.maxLength ?? 0) > longestWithPattern) fault('/maxLength', 'is too long beside an expression');
  return faults;
}

function invalid(places: readonly ErrorPlace[]): ArchiveError {
  const [first] = places;
  return new ArchiveError(
    'METADATA_INVALID',
    `The definition of the profile is not as it must be: “${first?.pointer || '/'}” ${first?.detail}.`,
    { places: places.slice(0, 100) },
  );
}
