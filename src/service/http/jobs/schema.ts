import { count, list, named, object, text, utc } from '../schemas.ts';

export const jobSchemas = {
  Job: object(
    {
      id: text,
      name: text,
      state: { enum: ['waiting', 'running', 'done', 'failed'] },
      attempts: count,
      progress: object({ done: count, total: count }, ['done', 'total']),
      outcome: { type: 'object', additionalProperties: true },
      createdAt: utc,
      updatedAt: utc,
    },
    ['id', 'name', 'state', 'attempts', 'createdAt', 'updatedAt'],
  ),
  JobList: object({ jobs: list(named('Job')) }, ['jobs']),
} as const;
