import { count, list, object, text, utc } from '../schemas.ts';

const version = object(
  { version: { ...count, minimum: 1 }, createdAt: utc, reason: text, inventorySha512: text, journalSequence: count },
  ['version', 'createdAt', 'inventorySha512', 'journalSequence'],
);

export const versionSchemas = { VersionList: object({ versions: list(version) }, ['versions']) } as const;
