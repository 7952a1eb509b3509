import type { ListedRecord } from '../../../archive/data-management/index.ts';
import { StateBadge, VerdictBadges } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

export interface FindProps {
  readonly view: PageView;
  readonly query: Readonly<Record<string, string>>;
  readonly records: readonly ListedRecord[];
  readonly next?: number;
}

const states = ['archived', 'awaiting', 'received', 'quarantined', 'failed', 'rejected', 'disposed'];

/** One box, a few filters, and what was found, newest first. */
export function FindPage({ view, query, records, next }: FindProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('find.title')} part="find">
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
              value={query.text ?? ''}
              maxLength={500}
              placeholder={t.say('find.placeholder')}
            />
            <button type="submit" class="primary">
              {t.say('find.submit')}
            </button>
          </div>
          <Filters view={view} query={query} />
        </form>
      </search>
      {records.length === 0 ? (
        <p class="empty">{t.say(Object.keys(query).length === 0 ? 'find.nothingYet' : 'find.nothing')}</p>
      ) : (
        <ul class="cards" aria-label={t.say('find.results')}>
          {records.map((record) => (
            <Found key={record.id} view={view} record={record} />
          ))}
        </ul>
      )}
      <Paging view={view} query={query} next={next} />
    </Layout>
  );
}

function Filters({ view: { t }, query }: Pick<FindProps, 'view' | 'query'>) {
  const isOpen = ['signer', 'state', 'from', 'to'].some((name) => query[name]);
  return (
    <details class="filters" open={isOpen}>
      <summary>{t.say('find.filters')}</summary>
      <div class="filter-row">
        <div class="field">
          <label for="state">{t.say('find.state')}</label>
          <select id="state" name="state">
            <option value="">{t.say('find.any')}</option>
            {states.map((state) => (
              <option key={state} value={state} selected={query.state === state}>
                {t.state(state)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="signer">{t.say('find.signer')}</label>
          <input id="signer" name="signer" type="text" maxLength={200} value={query.signer ?? ''} />
        </div>
        <div class="field">
          <label for="from">{t.say('find.from')}</label>
          <input id="from" name="from" type="date" value={query.from ?? ''} />
        </div>
        <div class="field">
          <label for="to">{t.say('find.to')}</label>
          <input id="to" name="to" type="date" value={query.to ?? ''} />
        </div>
      </div>
      <p>
        <a href="/find">{t.say('find.clear')}</a>
      </p>
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

function Paging({
  view: { t },
  query,
  next,
}: Pick<FindProps, 'view' | 'query'> & { readonly next: number | undefined }) {
  const { cursor, ...first } = query;
  if (next === undefined && !cursor) return null;
  return (
    <nav class="paging" aria-label={t.say('paging')}>
      {cursor ? <a href={addressOf(first)}>{t.say('paging.first')}</a> : null}
      {next === undefined ? null : (
        <a rel="next" href={addressOf({ ...first, cursor: String(next) })}>
          {t.say('paging.next')}
        </a>
      )}
    </nav>
  );
}

function addressOf(query: Readonly<Record<string, string>>): string {
  return `/find?${new URLSearchParams(query)}`;
}
