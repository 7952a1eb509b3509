import { count, list, object, text, utc } from '../schemas.ts';

const copy = object({ location: text, state: { enum: ['whole', 'damaged', 'missing'] }, verifiedAt: utc }, [
  'location',
  'state',
]);

export const copySchemas = {
  CopyList: object({ copies: list(copy), independentCopies: count }, ['copies', 'independentCopies']),
} as const;
