import { creatorSchema } from '../../../archive/administration/index.ts';
import { count, list, named, object, type Schema, text, utc } from '../schemas.ts';

export const creatorSchemas = {
  Creator: object(
    {
      id: text,
      version: count,
      enteredAt: utc,
      facts: {
        type: 'object',
        description: 'As it was entered; of a personal number the last three digits',
        additionalProperties: true,
      },
      warnings: list({ enum: ['REGISTRATION_NUMBER_UNUSUAL'] }),
    },
    ['id', 'version', 'enteredAt', 'facts'],
  ),
  CreatorList: object({ creators: list(named('Creator')) }, ['creators']),
} as const;

/** `POST /creators`: checked where it is entered, so that the places of faults are told the same everywhere. */
export const creatorBody: Schema = creatorSchema;
