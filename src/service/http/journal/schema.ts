import { count, list, object, paging, type Schema, text, utc } from '../schemas.ts';

export const journalSchemas = {
  JournalEntry: object(
    {
      sequence: count,
      time: utc,
      institution: text,
      type: text,
      subject: text,
      actor: text,
      detail: { type: 'object', additionalProperties: true },
      hash: text,
    },
    ['sequence', 'time', 'institution', 'type', 'actor', 'detail', 'hash'],
  ),
  Journal: object(
    {
      head: object({ sequence: count, hash: text }, ['sequence', 'hash']),
      entries: list({ $ref: '#/components/schemas/JournalEntry' }),
      next: text,
    },
    ['head', 'entries'],
  ),
} as const;

export const journalQuery: Schema = {
  type: 'object',
  properties: {
    subject: { type: 'string', maxLength: 200, description: 'Id of the record, location or job it is about' },
    type: { type: 'string', maxLength: 50, pattern: '^[a-z]+\\.[a-z-]+$' },
    ...paging,
  },
  additionalProperties: false,
};
