import type { FinishedAudit } from '../../http/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { Badge } from '../badges.tsx';
import type { Cell } from '../tables/shown-table.ts';

type Counts = Pick<FinishedAudit, 'damaged' | 'missing' | 'extra' | 'catalog' | 'evidence' | 'repaired' | 'journal'>;

/** An audit in a word: all whole, all repaired, or something is left. */
export function auditOutcome(t: Speaker, audit: Counts): Required<Pick<Cell, 'text' | 'tone'>> {
  const found = audit.damaged + audit.missing + audit.extra + audit.catalog + audit.evidence;
  if (found === 0 && audit.journal === 'intact') return { tone: 'good', text: t.say('audit.clean') };
  const isMended = audit.journal === 'intact' && audit.evidence === 0 && audit.repaired >= found - audit.catalog;
  return isMended
    ? { tone: 'open', text: t.say('audit.repaired', { n: found }) }
    : { tone: 'bad', text: t.say('audit.findings', { n: found }) };
}

export function AuditBadge({ t, audit }: { readonly t: Speaker; readonly audit: Counts }) {
  const { tone, text } = auditOutcome(t, audit);
  return <Badge tone={tone}>{text}</Badge>;
}
