import {
  type CountedFacet,
  type Facet,
  type FoundFacets,
  facets,
  mostCounted,
} from '../../../archive/data-management/index.ts';
import type { PageView } from '../page-view.ts';
import { type Asked, addressOf, type Labelled, withoutCursor } from './asked.ts';

interface FacetsProps {
  readonly view: PageView;
  readonly asked: Asked;
  readonly found: FoundFacets;
  readonly labelled: Labelled;
}

const shown: readonly Facet[] = ['profile', 'category', 'year', 'by', 'verdict', 'state'];

/** How what was found is spread, each value a link that narrows it. Plain links: they work without a script, and by keyboard. */
export function Facets({ view, asked, found, labelled }: FacetsProps) {
  const { t } = view;
  const open = shown.filter((facet) => !asked[facet] && found.values[facet].length > 0);
  if (open.length === 0) return null;
  return (
    <nav class="facets" id="facets" aria-labelledby="facets-title">
      <h2 id="facets-title">{t.say('find.narrow')}</h2>
      {found.isAtLeast ? <p class="hint">{t.say('find.countedNewest', { n: t.number(mostCounted) })}</p> : null}
      {open.map((facet) => (
        <div key={facet} class="facet">
          <h3 id={`facet-${facet}`}>{t.say(`facet.${facet}`)}</h3>
          <ul aria-labelledby={`facet-${facet}`}>
            {found.values[facet].map((each) => (
              <li key={each.value}>
                <a class="value" href={addressOf(withoutCursor(asked), { [facet]: each.value })}>
                  <span>{labelled(facet, each.value, each.label)}</span>{' '}
                  <span class="count">{countOf(view, found, each)}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function countOf({ t }: PageView, { isAtLeast }: FoundFacets, { records }: CountedFacet): string {
  return `${t.number(records)}${isAtLeast ? '+' : ''}`;
}

/** Every condition that holds, each with a link that takes it away. */
export function Conditions({ view: { t }, asked, labelled }: Omit<FacetsProps, 'found'>) {
  const conditions = [
    ...(asked.text ? [{ name: 'text', what: `“${asked.text}”` }] : []),
    ...(asked.signer ? [{ name: 'signer', what: `${t.say('find.signer')}: ${asked.signer}` }] : []),
    ...(asked.from ? [{ name: 'from', what: `${t.say('find.from')} ${t.day(asked.from)}` }] : []),
    ...(asked.to ? [{ name: 'to', what: `${t.say('find.to')} ${t.day(asked.to)}` }] : []),
    ...facets.flatMap((facet) =>
      asked[facet] ? [{ name: facet, what: `${t.say(`facet.${facet}`)}: ${labelled(facet, asked[facet], '')}` }] : [],
    ),
  ];
  if (conditions.length === 0) return null;
  return (
    <ul class="conditions" aria-label={t.say('find.active')}>
      {conditions.map(({ name, what }) => (
        <li key={name}>
          <a href={addressOf(withoutCursor(asked), { [name]: undefined })} aria-label={t.say('find.remove', { what })}>
            {what} <span aria-hidden="true">✕</span>
          </a>
        </li>
      ))}
      <li>
        <a href="/find" class="clear">
          {t.say('find.clear')}
        </a>
      </li>
    </ul>
  );
}
