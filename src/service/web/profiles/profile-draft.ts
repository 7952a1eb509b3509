import type { EnteredText, FieldDefinition, ProfileDefinition } from '../../../archive/profiles/index.ts';

/** A definition while it is edited: what the form says, whatever it is. It travels in the form; nothing is kept meanwhile. */
export interface ProfileDraft {
  readonly values: Readonly<Record<string, string>>;
  readonly fields: readonly Readonly<Record<string, string>>[];
}

/** Parts of the form that are one value each. */
export const draftValues = [
  'id',
  'basedOn',
  'title.sr-Cyrl',
  'title.sr-Latn',
  'title.en',
  'description.sr-Cyrl',
  'description.sr-Latn',
  'description.en',
  'formats',
  'maxMegabytes',
  'signature',
  'onFailedSignature',
  'onIndeterminateSignature',
  'onUnscannedFile',
  'confirmation',
  'category',
  'publicVerification',
  'personSignature',
  'reads',
] as const;

/** Those that are ticked or not. */
export const draftSwitches = [
  'secondCheck',
  'approval',
  'digitised',
  'longTermFormats',
  'fillsStatutoryFields',
] as const;

const fieldValues = [
  'name',
  'kind',
  'required',
  'title.sr-Cyrl',
  'title.sr-Latn',
  'title.en',
  'description.sr-Cyrl',
  'description.sr-Latn',
  'description.en',
  'maxLength',
  'pattern',
  'check',
  'choices',
] as const;

const mostFields = 100;
const megabyte = 1 << 20;

/** The form as it was sent. */
export function draftFrom(form: URLSearchParams): ProfileDraft {
  const said = (names: readonly string[], prefix = '') =>
    Object.fromEntries(names.map((name) => [name, (form.get(`${prefix}${name}`) ?? '').replace(/\r\n/g, '\n').trim()]));
  const count = Math.min(mostFields, Number.parseInt(form.get('fields') ?? '0', 10) || 0);
  return {
    values: said([...draftValues, ...draftSwitches]),
    fields: Array.from({ length: count }, (_, index) => said(fieldValues, `f${index}.`)),
  };
}

/** What the form begins with. */
export function draftOf(definition: ProfileDefinition, basedOn: string): ProfileDraft {
  const { id, formats, maxFileSize, fields, title, description } = definition;
  const rules = definition as unknown as Readonly<Record<string, unknown>>;
  const plain = (name: string) => (rules[name] === undefined || rules[name] === false ? '' : String(rules[name]));
  return {
    values: {
      ...Object.fromEntries([...draftValues, ...draftSwitches].map((name) => [name, plain(name)])),
      id,
      basedOn,
      ...entered('title', title),
      ...entered('description', description),
      formats: formats === '*' ? '*' : formats.join('\n'),
      maxMegabytes: String(maxFileSize / megabyte),
      confirmation: definition.confirmation === 'test-seal' ? 'seal' : definition.confirmation,
    },
    fields: fields.map(fieldDraft),
  };
}

function fieldDraft(field: FieldDefinition): Record<string, string> {
  const { name, kind = 'shared', required, title, description, maxLength, pattern, check, choices = [] } = field;
  return {
    name,
    kind,
    required: required ? 'yes' : '',
    ...entered('title', title),
    ...entered('description', description),
    maxLength: maxLength === undefined ? '' : String(maxLength),
    pattern: pattern ?? '',
    check: check ?? '',
    choices: choices
      .map(({ value, title: named }) => (named ? [value, named['sr-Cyrl'], named.en].join(' | ') : value))
      .join('\n'),
  };
}

function entered(name: string, text: EnteredText | undefined): Record<string, string> {
  return {
    [`${name}.sr-Cyrl`]: text?.['sr-Cyrl'] ?? '',
    [`${name}.sr-Latn`]: text?.['sr-Latn'] ?? '',
    [`${name}.en`]: text?.en ?? '',
  };
}

/** The definition that the draft says; whether it is sound, whoever publishes it finds out. */
export function definitionOf({ values, fields }: ProfileDraft): ProfileDefinition {
  const formats = lines(values.formats);
  const megabytes = Number((values.maxMegabytes ?? '').replace(',', '.'));
  const description = textOf(values, 'description');
  const said = (name: string) => (values[name] ? { [name]: values[name] } : {});
  const ticked = (name: string) => (values[name] ? { [name]: true } : {});
  return {
    id: values.id,
    title: textOf(values, 'title') ?? {},
    ...(description ? { description } : {}),
    fields: fields.map(fieldOf),
    formats: formats.length === 0 || formats.includes('*') ? '*' : formats,
    maxFileSize: Math.round(megabytes * megabyte),
    ...said('signature'),
    onFailedSignature: values.onFailedSignature,
    ...said('onIndeterminateSignature'),
    ...said('onUnscannedFile'),
    confirmation: values.confirmation,
    ...ticked('secondCheck'),
    ...ticked('approval'),
    ...said('category'),
    ...said('publicVerification'),
    ...said('personSignature'),
    ...said('reads'),
    ...ticked('digitised'),
    ...(values.longTermFormats ? { longTermFormats: 'pdf-a' } : {}),
    ...ticked('fillsStatutoryFields'),
  } as unknown as ProfileDefinition;
}

function fieldOf(field: Readonly<Record<string, string>>): object {
  const { name, kind, required, maxLength, pattern, check } = field;
  const [title, description] = [textOf(field, 'title'), textOf(field, 'description')];
  const choices = lines(field.choices).map((line) => {
    const [value = '', cyrillic = '', english = ''] = line.split('|').map((part) => part.trim());
    return cyrillic === '' ? { value } : { value, title: { 'sr-Cyrl': cyrillic, en: english || cyrillic } };
  });
  const isText = kind === 'text' || kind === 'long-text';
  return {
    name,
    ...(kind === 'shared' ? {} : { kind }),
    ...(required ? { required: true } : {}),
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(isText && maxLength ? { maxLength: Number(maxLength) } : {}),
    ...(kind === 'text' && pattern ? { pattern } : {}),
    ...(kind === 'text' && check ? { check } : {}),
    ...(choices.length > 0 && (kind === 'choice' || kind === 'shared') ? { choices } : {}),
  };
}

function textOf(values: Readonly<Record<string, string>>, name: string): object | undefined {
  const parts = ['sr-Cyrl', 'sr-Latn', 'en'].flatMap((language) => {
    const text = values[`${name}.${language}`];
    return text ? [[language, text] as const] : [];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

function lines(text = ''): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Does what a button of the form says: `add`, `add-shared`, `remove-2`, `up-2`, `down-2`. Anything else changes nothing. */
export function edited(draft: ProfileDraft, command: string, shared: string): ProfileDraft {
  const fields = [...draft.fields];
  const [verb, at] = [command.replace(/-\d+$/, ''), Number(/-(\d+)$/.exec(command)?.[1] ?? -1)];
  const field = fields[at];
  if (verb === 'add') fields.push({ kind: 'text' });
  else if (verb === 'add-shared' && shared !== '') fields.push({ name: shared, kind: 'shared' });
  else if (verb === 'remove' && field) fields.splice(at, 1);
  else if ((verb === 'up' || verb === 'down') && field) {
    const other = verb === 'up' ? at - 1 : at + 1;
    const neighbour = fields[other];
    if (neighbour) {
      fields[other] = field;
      fields[at] = neighbour;
    }
  }
  return { ...draft, fields: fields.slice(0, mostFields) };
}
