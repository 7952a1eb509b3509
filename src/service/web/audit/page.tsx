import type { Job } from '../../../archive/data-management/index.ts';
import type { ShownLocation } from '../../http/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { DataTable } from '../tables/data-table.tsx';
import type { ShownTable } from '../tables/shown-table.ts';
import type { Coverage } from './coverage.ts';
import { CoverageChart } from './coverage-chart.tsx';
import { Evidence, type EvidenceFacts } from './evidence.tsx';
import { Identification } from './identification.tsx';
import { Locations } from './locations.tsx';

export interface AuditProps {
  readonly view: PageView;
  readonly locations: readonly ShownLocation[];
  readonly independentCopies: number;
  readonly evidence: EvidenceFacts;
  readonly coverage: Coverage;
  /** In the order in which they are shown. */
  readonly tables: readonly ShownTable[];
  /** The audit that waits or runs. */
  readonly running?: Job;
  /** The walk over the holdings that newer signatures of formats made necessary. */
  readonly identifying?: Job;
  readonly mayStart: boolean;
}

/** Whether every copy is whole: how much was read and when, what was found and done, what is due. */
export function AuditPage(props: AuditProps) {
  const { view, running, identifying, coverage, tables } = props;
  const { t } = view;
  const [first, ...rest] = tables;
  return (
    <Layout view={view} title={t.say('audit.title')} part="audit" scripts={['audit.js']}>
      <h1>{t.say('audit.title')}</h1>
      <p class="lead">{t.say('audit.lead')}</p>
      {running ? <Progress view={view} job={running} /> : props.mayStart ? <Start {...props} /> : null}
      {identifying ? <Identification view={view} job={identifying} /> : null}
      {first ? <DataTable view={view} table={first} base="/audit/tables" /> : null}
      <p class="muted">{t.say('coverage.lead', { n: t.number(coverage.periodDays) })}</p>
      <CoverageChart view={view} coverage={coverage} />
      <Locations {...props} />
      <Evidence {...props} />
      {rest.map((table) => (
        <DataTable key={table.name} view={view} table={table} base="/audit/tables" />
      ))}
      {view.may('access.log') ? (
        <p>
          <a class="button" href="/access-log">
            {t.say('access.log')}
          </a>
        </p>
      ) : null}
      {view.may('journal.read') ? (
        <p class="notice">
          <a href="/audit/journal" download>
            {t.say('journal.take')}
          </a>
          <span class="block small">{t.say('journal.check')}</span>
        </p>
      ) : null}
    </Layout>
  );
}

function Start({ view: { t }, locations }: Pick<AuditProps, 'view' | 'locations'>) {
  return (
    <form method="post" action="/audit" class="start">
      <label for="audit-location">{t.say('audit.where')}</label>
      <select id="audit-location" name="location">
        <option value="">{t.say('audit.everywhere')}</option>
        {locations.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" class="primary">
        {t.say('audit.start')}
      </button>
      <span class="hint">{t.say('audit.startHint')}</span>
    </form>
  );
}

/** Filled in by a script while it runs; without one, by loading the page again. */
function Progress({ view: { t }, job }: { readonly view: PageView; readonly job: Job }) {
  const { done, total } = job.progress ?? { done: 0, total: 0 };
  return (
    <section
      class="notice"
      id="running"
      data-job={job.id}
      data-text={t.say('audit.progress')}
      aria-labelledby="running-title"
    >
      <h2 id="running-title">{t.say('audit.running')}</h2>
      <progress aria-labelledby="running-title" max={total || 1} value={total ? done : undefined} />
      <p id="running-text" aria-live="polite">
        {total ? t.say('audit.progress', { done: t.number(done), total: t.number(total) }) : t.say('audit.waiting')}
      </p>
      <p>
        <a href="/audit">{t.say('audit.reload')}</a>
      </p>
    </section>
  );
}
