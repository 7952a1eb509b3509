import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ArchiveError } from '../../base/index.ts';
import { type LocalizedText, metadataCompiler, type Profile, type ProfileField } from './checks/index.ts';

export type { Profile, ProfileField } from './checks/index.ts';

/** The kinds of record that this archive knows. */
export interface Profiles {
  readonly all: readonly Profile[];
  /**
   * The newest version of a profile, or the one given; `general` when nothing is asked for.
   * @throws ArchiveError PROFILE_UNKNOWN
   */
  find(id?: string, version?: string): Profile;
}

type ProfileFile = Omit<Profile, 'fields' | 'metadataFaults'>;
type Schema = Readonly<Record<string, unknown>>;

/** The profile that records get when none is named. */
const usual = 'general';

/**
 * Reads the profiles of a folder, once: each `*.json` is a profile, or a schema with `$id` that profiles refer to.
 * @throws Error when a file is not what it must be: an archive does not start with half its rules
 */
export async function readProfiles(folder: string): Promise<Profiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: parsed(name, await readFile(join(folder, name), 'utf8')) })),
  );
  const shared = files.filter(({ content }) => typeof content.$id === 'string').map(({ content }) => content);
  const compile = metadataCompiler(shared);
  const all = files
    .filter(({ content }) => !shared.includes(content))
    .map(({ name, content }): Profile => {
      const file = checkedProfile(name, content);
      const fields = fieldsOf(file.metadataSchema, shared);
      return { ...file, fields, metadataFaults: compile(file.metadataSchema) };
    });
  if (!all.some(({ id }) => id === usual)) throw new Error(`${folder} has no profile “${usual}”`);
  return { all, find: (id = usual, version) => findProfile(all, id, version) };
}

function findProfile(all: readonly Profile[], id: string, version: string | undefined): Profile {
  const versions = all
    .filter((profile) => profile.id === id && (version === undefined || profile.version === version))
    .sort((one, other) => other.version.localeCompare(one.version, 'en', { numeric: true }));
  if (versions[0]) return versions[0];
  const known = [...new Set(all.map((profile) => profile.id))].join(', ');
  throw new ArchiveError('PROFILE_UNKNOWN', `There is no profile “${id}”. Choose one of: ${known}.`);
}

function parsed(name: string, text: string): Schema {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`profile ${name} is not JSON`, { cause });
  }
}

const localized = {
  type: 'object',
  required: ['sr-Cyrl', 'sr-Latn', 'en'],
  additionalProperties: { type: 'string', minLength: 1 },
};

const validateProfile = new Ajv2020({ allErrors: true }).compile<ProfileFile>({
  type: 'object',
  required: ['id', 'version', 'title', 'metadataSchema', 'formats', 'maxFileSize', 'onFailedSignature', 'confirmation'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    version: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)*$' },
    title: localized,
    description: localized,
    metadataSchema: { type: 'object' },
    formats: { anyOf: [{ const: '*' }, { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } }] },
    maxFileSize: { type: 'integer', minimum: 1 },
    signature: { enum: ['required', 'optional'] },
    onFailedSignature: { enum: ['archive', 'quarantine', 'refuse'] },
    onUnscannedFile: { enum: ['archive', 'quarantine'] },
    confirmation: { enum: ['none', 'test-seal'] },
    category: { type: 'string', minLength: 1 },
    publicVerification: { enum: ['number', 'title'] },
    personSignature: { enum: ['none', 'required'] },
  },
  additionalProperties: false,
});

function checkedProfile(name: string, content: Schema): ProfileFile {
  if (validateProfile(content)) return content;
  const [fault] = validateProfile.errors ?? [];
  throw new Error(`profile ${name}: ${fault?.instancePath || '/'} ${fault?.message}`);
}

function fieldsOf(schema: Schema, shared: readonly Schema[]): ProfileField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(members(schema.properties)).map(([name, value]) => {
    const field = resolved(members(value), shared);
    const titles = (field.titles as LocalizedText | undefined) ?? { 'sr-Cyrl': name, 'sr-Latn': name, en: name };
    return {
      name,
      title: titles,
      ...(field.descriptions ? { description: field.descriptions as LocalizedText } : {}),
      required: required.includes(name),
      kind: kindOf(field),
      ...(Array.isArray(field.enum) ? { choices: field.enum.map(String) } : {}),
      ...(typeof field.maxLength === 'number' ? { maxLength: field.maxLength } : {}),
      ...(typeof field.pattern === 'string' ? { pattern: field.pattern } : {}),
    };
  });
}

function kindOf(field: Schema): ProfileField['kind'] {
  if (Array.isArray(field.enum)) return 'choice';
  if (field.format === 'date') return 'date';
  return typeof field.maxLength === 'number' && field.maxLength > 1000 ? 'long-text' : 'text';
}

/** Follows one `$ref` of the form `ID#/$defs/NAME` into the shared schemas. */
function resolved(field: Schema, shared: readonly Schema[]): Schema {
  if (typeof field.$ref !== 'string') return field;
  const [id, name] = field.$ref.split('#/$defs/');
  const target = shared.find((schema) => schema.$id === id);
  return { ...members(members(target?.$defs)[name ?? '']), ...field };
}

function members(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
