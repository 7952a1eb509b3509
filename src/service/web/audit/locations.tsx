import type { ShownLocation } from '../../http/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { Badge } from '../badges.tsx';
import type { PageView } from '../page-view.ts';

interface LocationsProps {
  readonly view: PageView;
  readonly locations: readonly ShownLocation[];
  readonly independentCopies: number;
}

/** The places where copies lie, and how much of each was found whole. */
export function Locations({ view: { t }, locations, independentCopies }: LocationsProps) {
  return (
    <section aria-labelledby="locations-title">
      <h2 id="locations-title">{t.say('audit.locations')}</h2>
      <p class={independentCopies < 2 ? 'notice open' : 'muted'}>
        {independentCopies < 2 ? t.say('copies.onlyOne') : t.count('independent', independentCopies)}
      </p>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.say('location.name')}</th>
              <th scope="col">{t.say('location.state')}</th>
              <th scope="col" class="number-cell">
                {t.say('location.whole')}
              </th>
              <th scope="col">{t.say('location.oldest')}</th>
              <th scope="col" class="number-cell">
                {t.say('location.free')}
              </th>
            </tr>
          </thead>
          <tbody>
            {locations.map((location) => (
              <Location key={location.name} t={t} location={location} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Location({ t, location }: { readonly t: Speaker; readonly location: ShownLocation }) {
  return (
    <tr>
      <th scope="row">{location.name}</th>
      <td data-label={t.say('location.state')}>
        {location.state === 'active' && location.device !== undefined ? (
          <Badge tone="good">{t.say('location.active')}</Badge>
        ) : (
          <Badge tone="bad">{t.say(location.state === 'active' ? 'location.away' : 'location.catchingUp')}</Badge>
        )}
      </td>
      <td class="number-cell" data-label={t.say('location.whole')}>
        {`${t.number(location.whole)} / ${t.number(location.copies)}`}
      </td>
      <td data-label={t.say('location.oldest')}>{location.oldestVerified ? t.time(location.oldestVerified) : '–'}</td>
      <td class="number-cell" data-label={t.say('location.free')}>
        {location.freeBytes === undefined ? '–' : t.bytes(location.freeBytes)}
      </td>
    </tr>
  );
}
