import type { ListedRecord } from '../../../archive/data-management/index.ts';
import { StateBadge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface TasksProps {
  readonly view: PageView;
  readonly kinds: readonly TaskKind[];
}

/** Records in one state that asks for a person. */
export interface TaskKind {
  readonly state: 'quarantined' | 'failed' | 'awaiting';
  readonly count: number;
  /** The newest of them. */
  readonly records: readonly ListedRecord[];
}

/** What waits for a person: decisions, failures, records without a category. */
export function TasksPage({ view, kinds }: TasksProps) {
  const { t } = view;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <Layout view={view} title={t.say('tasks.title')} part="tasks">
      <h1>{t.say('tasks.title')}</h1>
      <p class="lead">{total === 0 ? t.say('tasks.none') : t.count('tasks', total)}</p>
      {kinds
        .filter(({ count }) => count > 0)
        .map((kind) => (
          <Tasks key={kind.state} view={view} kind={kind} />
        ))}
    </Layout>
  );
}

function Tasks({ view: { t }, kind: { state, count, records } }: { readonly view: PageView; readonly kind: TaskKind }) {
  return (
    <section aria-labelledby={`tasks-${state}`}>
      <h2 id={`tasks-${state}`}>
        {t.say(`tasks.${state}`)} <span class="muted">({t.number(count)})</span>
      </h2>
      <p class="hint">{t.say(`tasks.${state}Hint`)}</p>
      <ul class="cards">
        {records.map((record) => (
          <li key={record.id} class="card">
            <a
              class="title"
              href={state === 'awaiting' ? `/records/${record.number}/correct` : `/records/${record.number}`}
            >
              {record.title}
            </a>
            <span class="meta">
              <span>{record.number}</span>
              <span>{t.day(record.receivedAt)}</span>
              <StateBadge t={t} state={record.state} />
            </span>
            {record.reason ? <span class="muted">{t.problem(record.reason.code)}</span> : null}
          </li>
        ))}
      </ul>
      {count > records.length ? (
        <p>
          <a href={`/find?state=${state}`}>{t.say('tasks.all')}</a>
        </p>
      ) : null}
    </section>
  );
}
