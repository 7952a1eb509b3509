import type { IndexedEntry } from '../../../archive/data-management/index.ts';

/** An audit in a list: what its entry in the journal says. */
export interface FinishedAudit {
  readonly id: string;
  readonly finishedAt: string;
  readonly copies: number;
  readonly bytes: number;
  readonly damaged: number;
  readonly missing: number;
  readonly extra: number;
  readonly repaired: number;
  readonly catalog: number;
  readonly evidence: number;
  readonly journal: 'intact' | 'broken';
}

export function finishedAudit({ subject, time, detail }: IndexedEntry): FinishedAudit {
  const count = (name: string) => Number(detail[name] ?? 0);
  return {
    id: (subject ?? '').replace(auditPrefix, ''),
    finishedAt: time,
    copies: count('copies'),
    bytes: count('bytes'),
    damaged: count('damaged'),
    missing: count('missing'),
    extra: count('extra'),
    repaired: count('repaired'),
    catalog: count('catalog'),
    evidence: count('evidence'),
    journal: detail.journal === 'intact' ? 'intact' : 'broken',
  };
}

/** Audits are objects of the store with this before their number. */
export const auditPrefix = 'urn:trajno:audit:';
