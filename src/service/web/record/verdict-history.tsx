import { Badge, toneOf } from '../badges.tsx';
import type { RecordProps } from './record-facts.ts';

/** What every re-validation found, newest first: nothing is ever overwritten. */
export function VerdictHistory({ view: { t }, facts: { verdicts } }: RecordProps) {
  if (verdicts.length === 0) return null;
  return (
    <section aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">{t.say('verdicts.title')}</h2>
      <ol class="timeline">
        {[...verdicts].reverse().map((verdict) => (
          <li key={`${verdict.validatedAt}-${verdict.number}`}>
            <time dateTime={verdict.validatedAt}>{t.time(verdict.validatedAt)}</time>
            <Badge tone={toneOf(verdict.indication)}>{t.indication(verdict.indication)}</Badge>{' '}
            {t.say('verdicts.signature', { number: t.number(verdict.number + 1) })}
            {verdict.report ? ` · ${t.say('verdicts.changed')}` : ''}
            {verdict.reasonCode && verdict.indication !== 'TOTAL_PASSED' ? (
              <p class="muted small">{t.reason(verdict.reasonCode, undefined)}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
