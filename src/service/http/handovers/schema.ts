import { count, day, list, object, text } from '../schemas.ts';

export const handOverSchemas = {
  HandOverCandidateList: object(
    {
      candidates: list(
        object(
          {
            record: text,
            creator: text,
            mark: text,
            createdYear: text,
            bytes: count,
            dueFrom: day,
            holds: list(text),
            disposal: text,
            bookRow: count,
          },
          ['record', 'creator', 'mark', 'createdYear', 'bytes', 'dueFrom', 'holds'],
        ),
      ),
      next: text,
    },
    ['candidates'],
  ),
} as const;
