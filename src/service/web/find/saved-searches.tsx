import type { SavedSearch } from '../../../archive/data-management/index.ts';
import type { PageView } from '../page-view.ts';
import { type Asked, withoutCursor } from './asked.ts';

interface SavedProps {
  readonly view: PageView;
  readonly asked: Asked;
  readonly saved: readonly SavedSearch[];
}

/** Searches that one keeps: to open, to remove, and the one on the page to keep. */
export function SavedSearches({ view: { t }, asked, saved }: SavedProps) {
  const query = new URLSearchParams(withoutCursor(asked) as Record<string, string>).toString();
  const isKept = saved.some((search) => search.query === query);
  if (saved.length === 0 && query === '') return null;
  return (
    <section class="saved" aria-labelledby="saved-title">
      <h2 id="saved-title">{t.say('saved.title')}</h2>
      {saved.length === 0 ? null : (
        <ul class="plain-list">
          {saved.map(({ id, name, query: kept }) => (
            <li key={id} class="saved-search">
              <a href={`/find?${kept}`} aria-current={kept === query ? 'page' : undefined}>
                {name}
              </a>
              <form method="post" action="/find/saved/remove">
                <input type="hidden" name="id" value={id} />
                <button type="submit" class="plain" aria-label={t.say('saved.removeOne', { name })}>
                  {t.say('saved.remove')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {query && !isKept ? (
        <form method="post" action="/find/saved">
          <input type="hidden" name="query" value={query} />
          <label for="saved-name">{t.say('saved.name')}</label>
          <input id="saved-name" name="name" type="text" required maxLength={100} autocomplete="off" />
          <button type="submit" class="secondary">
            {t.say('saved.save')}
          </button>
        </form>
      ) : null}
    </section>
  );
}
