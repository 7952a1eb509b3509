import { count, list, object, type Schema, text, utc } from '../schemas.ts';

const flag: Schema = { type: 'boolean' };

const amount: Schema = { type: 'number', minimum: 0 };
const price = object({ amount, currency: text }, ['amount', 'currency']);

const authority = object(
  {
    name: text,
    isTest: flag,
    stamped: count,
    failures: count,
    lastFailure: text,
    restsUntil: utc,
    price,
    monthlyQuota: count,
  },
  ['name', 'isTest', 'stamped', 'failures'],
);

const timestampUse = object(
  {
    name: text,
    isTest: flag,
    usedThisMonth: count,
    usedLastMonth: count,
    expectedThisMonth: count,
    monthlyQuota: count,
    price,
    costThisMonth: amount,
    expectedCostThisMonth: amount,
  },
  ['name', 'isTest', 'usedThisMonth', 'usedLastMonth', 'expectedThisMonth'],
);

const verdict = object(
  {
    number: count,
    validatedAt: utc,
    indication: { enum: ['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED'] },
    subIndication: text,
    reasonCode: text,
    bestSignatureTime: utc,
    trigger: { enum: ['first', 'yearly', 'trust-list', 'engine', 'algorithm', 'request'] },
    engine: text,
    report: text,
  },
  ['number', 'validatedAt', 'indication', 'trigger', 'engine'],
);

export const evidenceSchemas = {
  EvidenceState: object(
    {
      pending: object({ objects: count, oldest: utc }, ['objects']),
      batches: count,
      covered: count,
      nextDue: utc,
      dueWithin90Days: count,
      authorities: list(authority),
      timestamps: list(timestampUse),
      revalidations: object({ due: count, next: utc }, ['due']),
      lost: object({ batches: count, objects: count, examples: list(text) }, ['batches', 'objects', 'examples']),
    },
    ['pending', 'batches', 'covered', 'dueWithin90Days', 'authorities', 'timestamps', 'revalidations'],
  ),
  VerdictHistory: object(
    {
      verdicts: list(verdict),
      evidence: object({ batch: text, isTest: flag, stampedAt: utc, expiresAt: utc }, [
        'batch',
        'isTest',
        'stampedAt',
        'expiresAt',
      ]),
    },
    ['verdicts'],
  ),
} as const;

export const evidenceQuery: Schema = {
  type: 'object',
  properties: {
    authority: { type: 'string', maxLength: 300, description: 'What would be lost if this authority fell today' },
    digest: { enum: ['sha256', 'sha384', 'sha512'], description: 'What would be lost if this algorithm fell today' },
  },
  additionalProperties: false,
};
