import { Badge } from '../badges.tsx';
import type { RecordProps } from './record-facts.ts';

const tones = { whole: 'good', damaged: 'bad', missing: 'bad' } as const;

/** Where the copies lie and when each was last read to its last byte. Two folders on one device are one copy. */
export function Copies({ view: { t }, facts: { copies, independentCopies } }: RecordProps) {
  return (
    <section aria-labelledby="copies-title">
      <h2 id="copies-title">{t.say('record.copies')}</h2>
      {copies.length === 0 ? <p class="muted">{t.say('copies.none')}</p> : null}
      <ul class="plain-list">
        {copies.map((copy) => (
          <li key={copy.location} class="copy">
            <strong>{copy.location}</strong>{' '}
            <Badge tone={tones[copy.state]}>
              {t.say(
                copy.state === 'whole' ? 'copy.whole' : copy.state === 'damaged' ? 'copy.damaged' : 'copy.missing',
              )}
            </Badge>
            <span class="muted small block">
              {copy.verifiedAt
                ? t.say('copy.verified', { time: t.time(copy.verifiedAt) })
                : t.say('copy.neverVerified')}
            </span>
          </li>
        ))}
      </ul>
      {copies.length > 0 ? (
        <p class={independentCopies < 2 ? 'notice open' : 'muted'}>
          {independentCopies < 2 ? t.say('copies.onlyOne') : t.count('independent', independentCopies)}
        </p>
      ) : null}
    </section>
  );
}
