import { count, list, named, object, text, utc } from '../schemas.ts';

export const jobSchemas = {
  Job: object(
    {
      id: text,
      name: text,
      state: { enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] },
      attempts: count,
      progress: object({ done: count, total: count }, ['done', 'total']),
      outcome: { type: 'object', additionalProperties: true },
      runAt: utc,
      cancelRequestedAt: utc,
      createdAt: utc,
      updatedAt: utc,
    },
    ['id', 'name', 'state', 'attempts', 'runAt', 'createdAt', 'updatedAt'],
  ),
  JobList: object({ jobs: list(named('Job')) }, ['jobs']),
} as const;
