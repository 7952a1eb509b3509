import { list, object, type Schema, text } from '../schemas.ts';

/** Versions as `--spec` takes them. */
export const specifications = ['2.0.4', '2.1', '2.1.0', '2.2', '2.2.0'] as const;

export const packageValidationQuery: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: { spec: { enum: specifications, description: 'Judge by this version, whatever the package declares' } },
};

export const packageValidationBody: Schema = {
  type: 'object',
  properties: {
    spec: { enum: specifications, description: 'The same as in the query' },
    file: {
      type: 'array',
      items: { type: 'string', format: 'binary' },
      description: 'One ZIP or TAR; or the files of a folder, each with its path as its file name',
    },
  },
};

export const packageValidationSchemas = {
  PackageValidation: object(
    {
      valid: { type: 'boolean' },
      specification: text,
      findings: list(
        object(
          { id: text, level: { enum: ['MUST', 'SHOULD', 'MAY'] }, requirement: text, message: text, place: text },
          ['id', 'level', 'message', 'place'],
        ),
      ),
      checked: list(text),
    },
    ['valid', 'specification', 'findings', 'checked'],
  ),
};
