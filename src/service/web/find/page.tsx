import {
  type FoundFacets,
  facets,
  type ListedRecord,
  mostCounted,
  type SavedSearch,
} from '../../../archive/data-management/index.ts';
import { StateBadge, VerdictBadges } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { type Asked, addressOf, type Labelled, withoutCursor } from './asked.ts';
import { Conditions, Facets } from './facets.tsx';
import { SavedSearches } from './saved-searches.tsx';

export interface FindProps {
  readonly view: PageView;
  readonly asked: Asked;
  readonly records: readonly ListedRecord[];
  readonly found: FoundFacets;
  readonly saved: readonly SavedSearch[];
  readonly labelled: Labelled;
  readonly next?: number;
}

/** One box, what holds, what was found, newest first, and how it is spread. */
export function FindPage(props: FindProps) {
  const { view, asked, records, found } = props;
  const { t } = view;
  return (
    <Layout view={view} title={asked.text ? `${asked.text} – ${t.say('find.title')}` : t.say('find.title')} part="find">
      <h1>{t.say('find.title')}</h1>
      <search>
        <form method="get" action="/find" class="search">
          <label for="text" class="unseen">
            {t.say('find.label')}
          </label>
          <div class="with-button">
            <input
              id="text"
              type="search"
              name="text"
              value={asked.text ?? ''}
              maxLength={500}
              placeholder={t.say('find.placeholder')}
            />
            <button type="submit" class="primary">
              {t.say('find.submit')}
            </button>
          </div>
          {facets.map((facet) =>
            asked[facet] ? <input key={facet} type="hidden" name={facet} value={asked[facet]} /> : null,
          )}
          <Filters view={view} asked={asked} />
        </form>
      </search>
      <Conditions {...props} />
      <div class="found">
        <div>
          <p class="muted small" role="status">
            {found.isAtLeast
              ? t.say('find.atLeast', { n: t.number(mostCounted) })
              : t.say('find.exactly', { n: t.number(found.records) })}
          </p>
          {records.length === 0 ? (
            <p class="empty">{t.say(Object.keys(asked).length === 0 ? 'find.nothingYet' : 'find.nothing')}</p>
          ) : (
            <ul class="cards" aria-label={t.say('find.results')}>
              {records.map((record) => (
                <Found key={record.id} view={view} record={record} />
              ))}
            </ul>
          )}
          <Paging {...props} />
        </div>
        <div class="beside">
          <Facets {...props} />
          <SavedSearches {...props} />
        </div>
      </div>
    </Layout>
  );
}

function Filters({ view: { t }, asked }: Pick<FindProps, 'view' | 'asked'>) {
  const isOpen = ['signer', 'from', 'to'].some((name) => asked[name]);
  return (
    <details class="filters" open={isOpen}>
      <summary>{t.say('find.filters')}</summary>
      <div class="filter-row">
        <div class="field">
          <label for="signer">{t.say('find.signer')}</label>
          <input id="signer" name="signer" type="text" maxLength={200} value={asked.signer ?? ''} />
        </div>
        <div class="field">
          <label for="from">{t.say('find.from')}</label>
          <input id="from" name="from" type="date" value={asked.from ?? ''} />
        </div>
        <div class="field">
          <label for="to">{t.say('find.to')}</label>
          <input id="to" name="to" type="date" value={asked.to ?? ''} />
        </div>
      </div>
    </details>
  );
}

function Found({ view: { t }, record }: { readonly view: PageView; readonly record: ListedRecord }) {
  return (
    <li class="card">
      <a class="title" href={`/records/${record.number}`}>
        {record.title}
      </a>
      <span class="meta">
        <span>{record.number}</span>
        <span>{t.day(record.receivedAt)}</span>
        <StateBadge t={t} state={record.state} />
        <VerdictBadges t={t} verdicts={record.verdicts} isChecked={record.version > 0} />
      </span>
    </li>
  );
}

function Paging({ view: { t }, asked, next }: FindProps) {
  if (next === undefined && !asked.cursor) return null;
  return (
    <nav class="paging" aria-label={t.say('paging')}>
      {asked.cursor ? <a href={addressOf(withoutCursor(asked))}>{t.say('paging.first')}</a> : null}
      {next === undefined ? null : (
        <a rel="next" href={addressOf(asked, { cursor: String(next) })}>
          {t.say('paging.next')}
        </a>
      )}
    </nav>
  );
}
