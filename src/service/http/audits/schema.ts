import { count, list, object, paging, type Schema, text, utc } from '../schemas.ts';

const finding = object(
  {
    kind: { enum: ['damaged', 'missing', 'extra'] },
    aip: text,
    location: text,
    path: text,
    cause: text,
    expected: text,
    found: text,
    repaired: { type: 'boolean' },
  },
  ['kind', 'aip', 'location', 'path', 'cause', 'repaired'],
);

export const auditSchemas = {
  Audit: object(
    {
      id: text,
      startedAt: utc,
      finishedAt: utc,
      copies: count,
      bytes: count,
      damaged: list(finding),
      missing: list(finding),
      extra: list(finding),
      journal: text,
      evidence: list(object({ batch: text, object: text, cause: text }, ['batch', 'cause'])),
      catalog: list(object({ aip: text, cause: text, repaired: { type: 'boolean' } }, ['aip', 'cause', 'repaired'])),
    },
    ['id', 'startedAt', 'finishedAt', 'copies', 'bytes', 'damaged', 'missing', 'extra', 'journal', 'catalog'],
  ),
  AuditList: object(
    {
      audits: list(
        object(
          {
            id: text,
            finishedAt: utc,
            copies: count,
            bytes: count,
            damaged: count,
            missing: count,
            extra: count,
            repaired: count,
            catalog: count,
            evidence: count,
            journal: { enum: ['intact', 'broken'] },
          },
          ['id', 'finishedAt'],
        ),
      ),
      coverage: list(
        object({ location: text, copies: count, whole: count, oldest: utc }, ['location', 'copies', 'whole']),
      ),
      next: text,
    },
    ['audits', 'coverage'],
  ),
} as const;

export const auditQuery: Schema = { type: 'object', properties: { ...paging }, additionalProperties: false };

export const auditBody: Schema = {
  type: 'object',
  properties: { location: { type: 'string', maxLength: 40, description: 'Only this location' } },
  additionalProperties: false,
};
