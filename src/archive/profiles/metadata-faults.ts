import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import type { ErrorPlace } from '../../base/index.ts';
import { checkAccount, checkJmbg, checkModel97, checkPib } from '../../standards/check-digits/index.ts';
import type { FieldCheck, Profile } from './profile.ts';

/** The one fault that may still be mended by what comes later. */
export const missing = 'is missing';

const checkers: Readonly<Record<FieldCheck, (value: string) => boolean>> = {
  pib: checkPib,
  jmbg: checkJmbg,
  account: checkAccount,
  model97: checkModel97,
};

const longestAnywhere = 10_000;

/** Words of our schemas that say something to forms, and nothing of validity. */
const annotations = ['titles', 'descriptions', 'utt', 'choiceTitles', 'multiline', 'amount'];

/** Compiles a metadata schema. Definitions are checked before: schemas are ours, not a stranger's. */
export function metadataCompiler(schema: Readonly<Record<string, unknown>>): Profile['metadataFaults'] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true, messages: true });
  formatsPlugin.default(ajv);
  for (const word of annotations) ajv.addKeyword(word);
  ajv.addKeyword({
    keyword: 'checkDigits',
    type: 'string',
    validate: (check: FieldCheck, value: string) => checkers[check](value),
  });
  const validate = ajv.compile(schema);
  const limits = lengthsIn(schema);
  return (metadata) => {
    const overlong = longer(limits, metadata);
    if (overlong.length > 0) return overlong; // expressions are tried on nothing that is longer than they are made for
    return validate(metadata) ? [] : placesOf(validate.errors ?? []);
  };
}

function lengthsIn({ properties }: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, { maxLength?: number }>>);
  return new Map(fields.map(([name, { maxLength = longestAnywhere }]) => [name, maxLength]));
}

function longer(limits: ReadonlyMap<string, number>, metadata: unknown): ErrorPlace[] {
  if (typeof metadata !== 'object' || metadata === null) return [];
  return Object.entries(metadata).flatMap(([name, value]) => {
    const limit = limits.get(name);
    if (limit === undefined || typeof value !== 'string' || value.length <= limit) return [];
    return [{ pointer: `/${name}`, detail: `is longer than ${limit} characters` }];
  });
}

function placesOf(errors: readonly ErrorObject[]): ErrorPlace[] {
  const places = errors.map((error) => ({ pointer: pointerOf(error), detail: detailOf(error) }));
  return places
    .filter(
      (place, index) =>
        places.findIndex((other) => other.pointer === place.pointer && other.detail === place.detail) === index,
    )
    .slice(0, 100);
}

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const absent =
    keyword === 'required'
      ? params.missingProperty
      : keyword === 'additionalProperties'
        ? params.additionalProperty
        : undefined;
  return absent === undefined
    ? instancePath
    : `${instancePath}/${String(absent).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A sentence's end for each keyword; a closed set, so that pages can say the same in Serbian (`service/messages`). */
function detailOf({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return missing;
    case 'additionalProperties':
      return 'is not a field of this profile';
    case 'minLength':
      return 'is empty';
    case 'maxLength':
      return `is longer than ${params.limit} characters`;
    case 'enum':
      return `must be one of: ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'format':
      return params.format === 'date' ? 'must be a date such as 2026-11-24' : `must be a ${params.format}`;
    case 'pattern':
      return 'has not the form that is asked for';
    case 'checkDigits':
      return 'has a wrong check digit';
    case 'type':
      return `must be of type ${params.type}`;
    default:
      return message ?? 'is not as the profile asks';
  }
}
