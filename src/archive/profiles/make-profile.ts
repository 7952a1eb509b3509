import type { ErrorPlace } from '../../base/index.ts';
import { localized } from './entered-text.ts';
import { metadataCompiler } from './metadata-faults.ts';
import type { FieldDefinition, FieldKind, LocalizedText, Profile, ProfileDefinition, ProfileField } from './profile.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The fields that every profile may take by name: title, and those of UTT 5 point 6 (`profiles/fields.json`). */
export type SharedFields = Readonly<Record<string, Schema>>;

/** A version of a profile and what is known of how it came to be. */
export type VersionOfProfile = Pick<Profile, 'version' | 'origin' | 'publishedAt' | 'publishedBy' | 'withdrawn'>;

/** Makes everything that follows from a definition: JSON Schema, fields for forms, the compiled validation. */
export function makeProfile(definition: ProfileDefinition, version: VersionOfProfile, shared: SharedFields): Profile {
  const { id, title, description, fields: defined, ...rules } = definition;
  const schemas = defined.map((field) => [field.name, fieldSchema(field, shared)] as const);
  const required = defined.filter((field) => field.required).map(({ name }) => name);
  const metadataSchema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:trajno:profile:${id}:${version.version}`,
    type: 'object',
    properties: Object.fromEntries(schemas),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return {
    ...rules,
    ...version,
    id,
    title: localized(title),
    ...(description ? { description: localized(description) } : {}),
    metadataSchema,
    fields: schemas.map(([name, schema]) => fieldOf(name, schema, required.includes(name))),
    definition,
    metadataFaults: compiledWhenAsked(metadataSchema),
  };
}

/** Most profiles of an archive are not used by a command that is over in a second. */
function compiledWhenAsked(schema: Schema): Profile['metadataFaults'] {
  let faults: ((metadata: unknown) => ErrorPlace[]) | undefined;
  return (metadata) => {
    faults ??= metadataCompiler(schema);
    return faults(metadata);
  };
}

function fieldSchema(field: FieldDefinition, shared: SharedFields): Schema {
  const { name, title, description, kind, choices } = field;
  if (kind === undefined) {
    const { enum: values, ...base } = shared[name] ?? {};
    return {
      ...base,
      ...(values ? { enum: values } : {}),
      ...(title ? { title: title.en, titles: localized(title) } : {}),
      ...(description ? { description: description.en, descriptions: localized(description) } : {}),
      ...(choices ? choiceSchema(choices) : {}),
    };
  }
  return {
    title: title?.en ?? name,
    titles: title ? localized(title) : { 'sr-Cyrl': name, 'sr-Latn': name, en: name },
    ...(description ? { description: description.en, descriptions: localized(description) } : {}),
    ...valueSchema(field, kind),
  };
}

function valueSchema({ maxLength, pattern, check, choices = [] }: FieldDefinition, kind: FieldKind): Schema {
  switch (kind) {
    case 'choice':
      return choiceSchema(choices);
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', format: 'date' };
    case 'number':
      return { type: 'integer', minimum: -1e12, maximum: 1e12 };
    case 'amount':
      return { type: 'string', pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,2})?$', amount: true };
    default:
      return {
        type: 'string',
        minLength: 1,
        maxLength: maxLength ?? (kind === 'text' ? 500 : 10_000),
        ...(kind === 'long-text' ? { multiline: true } : {}),
        ...(pattern ? { pattern: `^(?:${pattern})$` } : {}),
        ...(check ? { checkDigits: check } : {}),
      };
  }
}

function choiceSchema(choices: NonNullable<FieldDefinition['choices']>): Schema {
  const named = choices.filter(({ title }) => title !== undefined);
  return {
    type: 'string',
    enum: choices.map(({ value }) => value),
    ...(named.length > 0
      ? { choiceTitles: Object.fromEntries(named.map(({ value, title }) => [value, title && localized(title)])) }
      : {}),
  };
}

function fieldOf(name: string, field: Schema, required: boolean): ProfileField {
  const titles = (field.titles as LocalizedText | undefined) ?? { 'sr-Cyrl': name, 'sr-Latn': name, en: name };
  return {
    name,
    title: titles,
    ...(field.descriptions ? { description: field.descriptions as LocalizedText } : {}),
    required,
    kind: kindOf(field),
    ...(Array.isArray(field.enum) ? { choices: field.enum.map(String) } : {}),
    ...(field.choiceTitles ? { choiceTitles: field.choiceTitles as Record<string, LocalizedText> } : {}),
    ...(typeof field.maxLength === 'number' ? { maxLength: field.maxLength } : {}),
    ...(typeof field.pattern === 'string' ? { pattern: field.pattern } : {}),
  };
}

function kindOf(field: Schema): FieldKind {
  if (Array.isArray(field.enum)) return 'choice';
  if (field.format === 'date') return 'date';
  if (field.type === 'integer') return 'number';
  if (field.amount === true) return 'amount';
  return field.multiline === true || (typeof field.maxLength === 'number' && field.maxLength > 1000)
    ? 'long-text'
    : 'text';
}
