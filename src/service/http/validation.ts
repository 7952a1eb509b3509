import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { ArchiveError, type ErrorPlace } from '../../base/index.ts';
import type { Schema } from './schemas.ts';

const strict = new Ajv2020({ allErrors: true, strict: false, useDefaults: true });
/** Queries are text: numbers and truth values are read from it. */
const lenient = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, coerceTypes: true });

/** Compares what came with a schema, filling in defaults. @throws ArchiveError REQUEST_MALFORMED with the places */
export type Check = (value: unknown) => void;

export function bodyCheck(schema: Schema): Check {
  return checkBy(strict, schema, 'body');
}

export function queryCheck(schema: Schema): Check {
  return checkBy(lenient, schema, 'query');
}

function checkBy(ajv: Ajv2020, schema: Schema, what: string): Check {
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return;
    const places = placesOf(validate.errors);
    const [first] = places;
    throw new ArchiveError(
      'REQUEST_MALFORMED',
      `The ${what} is not as it must be: ${first?.pointer || '/'} ${first?.detail}.`,
      { places },
    );
  };
}

/** A JSON pointer and a sentence's end for each fault. */
export function placesOf(errors: readonly ErrorObject[] | null | undefined): ErrorPlace[] {
  return (errors ?? []).slice(0, 50).map(({ instancePath, keyword, params, message }) => ({
    pointer:
      keyword === 'additionalProperties'
        ? `${instancePath}/${params.additionalProperty}`
        : keyword === 'required'
          ? `${instancePath}/${params.missingProperty}`
          : instancePath,
    detail: message ?? 'is not as it must be',
  }));
}
