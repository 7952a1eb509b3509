import { list, named, object, text, utc } from '../schemas.ts';

const preservationEvent = object(
  { id: text, type: text, time: utc, detail: text, outcome: text, outcomeDetail: text, agents: list(text) },
  ['id', 'type', 'time', 'outcome', 'agents'],
);

export const eventSchemas = {
  EventList: object({ preservation: list(preservationEvent), journal: list(named('JournalEntry')) }, [
    'preservation',
    'journal',
  ]),
} as const;
