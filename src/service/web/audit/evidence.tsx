import type { EvidenceState, TimestampUse } from '../../../archive/preservation/index.ts';
import type { AuthorityHealth } from '../../../archive/trust-services/index.ts';
import { Badge } from '../badges.tsx';
import type { PageView } from '../page-view.ts';

/** Where the proofs of existence and the re-validations stand. */
export interface EvidenceFacts {
  readonly state: EvidenceState;
  readonly authorities: readonly AuthorityHealth[];
  readonly revalidations: { readonly due: number; readonly next?: string };
}

interface EvidenceProps {
  readonly view: PageView;
  readonly evidence: EvidenceFacts;
}

/** How much is proven to exist, what waits, what is due, and whether the authorities answer. */
export function Evidence({ view: { t }, evidence: { state, authorities, revalidations } }: EvidenceProps) {
  const { pending, batches, covered, nextDue, dueWithin90Days, timestamps } = state;
  return (
    <section aria-labelledby="evidence-title">
      <h2 id="evidence-title">{t.say('auditEvidence.title')}</h2>
      <ul class="plain-list">
        <li>{t.say('auditEvidence.covered', { covered: t.number(covered), batches: t.number(batches) })}</li>
        <li>{t.say('auditEvidence.waiting', { waiting: t.number(pending.objects) })}</li>
        <li>{t.say('auditEvidence.due', { due: t.number(dueWithin90Days), next: nextDue ? t.time(nextDue) : '–' })}</li>
        <li>
          {t.say('auditEvidence.revalidations', {
            due: t.number(revalidations.due),
            next: revalidations.next ? t.time(revalidations.next) : '–',
          })}
        </li>
      </ul>
      <h3>{t.say('auditEvidence.authorities')}</h3>
      <ul class="plain-list">
        {authorities.map(({ name, isTest, failures }, index) => (
          <li key={name}>
            <Badge tone={failures > 0 ? 'bad' : 'good'}>
              {t.say(failures > 0 ? 'auditEvidence.silent' : 'auditEvidence.answers')}
            </Badge>{' '}
            {name} · {timestamps[index] ? useOf(t, timestamps[index]) : ''}
            {isTest ? ` · ${t.say('auditEvidence.test')}` : ''}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useOf(t: PageView['t'], use: TimestampUse): string {
  const {
    usedThisMonth,
    usedLastMonth,
    expectedThisMonth,
    monthlyQuota,
    price,
    costThisMonth = 0,
    expectedCostThisMonth = 0,
  } = use;
  const said = t.say('auditEvidence.used', {
    used: t.number(usedThisMonth),
    last: t.number(usedLastMonth),
    expected: t.number(expectedThisMonth),
  });
  const quota = monthlyQuota === undefined ? '' : t.say('auditEvidence.quota', { quota: t.number(monthlyQuota) });
  const cost = price
    ? t.say('auditEvidence.cost', {
        cost: t.number(costThisMonth),
        expected: t.number(expectedCostThisMonth),
        currency: price.currency,
      })
    : '';
  return [said, quota, cost].filter(Boolean).join(' · ');
}
