import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { ArchiveError, type ErrorPlace } from '../../../base/index.ts';
import type { Profile } from './profile.ts';

/** Makes a compiler of metadata schemas that may refer to the shared ones. Schemas are the operator's, not a stranger's. */
export function metadataCompiler(
  shared: readonly object[],
): (schema: Readonly<Record<string, unknown>>) => Profile['metadataFaults'] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true, messages: true });
  formatsPlugin.default(ajv);
  for (const word of ['titles', 'descriptions', 'utt']) ajv.addKeyword(word);
  for (const schema of shared) ajv.addSchema(schema);
  return (schema) => {
    const validate = ajv.compile(schema);
    return (metadata) => (validate(metadata) ? [] : placesOf(validate.errors ?? []));
  };
}

/**
 * Compares the producer's metadata with what the profile asks for.
 * @param incomplete more may be said later: what is missing is no fault yet
 * @throws ArchiveError METADATA_INVALID with a JSON pointer and a sentence for each fault
 */
export function checkMetadata(
  profile: Pick<Profile, 'id' | 'metadataFaults'>,
  metadata: unknown,
  { incomplete = false }: { readonly incomplete?: boolean } = {},
): void {
  const places = profile.metadataFaults(metadata).filter(({ detail }) => !incomplete || detail !== missing);
  if (places.length === 0) return;
  const [first] = places;
  const summary = first ? ` “${first.pointer || '/'}” ${first.detail}.` : '';
  throw new ArchiveError(
    'METADATA_INVALID',
    `The metadata do not fit profile “${profile.id}”:${summary} Correct the fields and send the record again.`,
    { places },
  );
}

const missing = 'is missing';

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
  const missing =
    keyword === 'required'
      ? params.missingProperty
      : keyword === 'additionalProperties'
        ? params.additionalProperty
        : undefined;
  return missing === undefined
    ? instancePath
    : `${instancePath}/${String(missing).replaceAll('~', '~0').replaceAll('/', '~1')}`;
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
    case 'type':
      return `must be of type ${params.type}`;
    default:
      return message ?? 'is not as the profile asks';
  }
}
