import type { Job } from '../../../archive/data-management/index.ts';
import { Badge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { DataTable } from '../tables/data-table.tsx';
import type { ShownTable } from '../tables/shown-table.ts';

interface OperationsProps {
  readonly view: PageView;
  readonly tables: readonly ShownTable[];
  /** Jobs that failed and may be run again. */
  readonly failed: readonly Job[];
  readonly open: { readonly waiting: number; readonly running: number };
  /** Undefined where no scanner is configured. */
  readonly scanner: boolean | undefined;
  readonly lastBackup: string | undefined;
}

/** Whether the archive can go on working, and until when. */
export function OperationsPage(props: OperationsProps) {
  const { view, tables, failed } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t.say('operations.title')} part="operations">
      <h1>{t.say('operations.title')}</h1>
      <p class="lead">{t.say('operations.lead')}</p>
      <Services {...props} />
      {failed.length > 0 ? <Failed view={view} failed={failed} /> : null}
      {tables.map((table) => (
        <DataTable key={table.name} view={view} table={table} base="/operations/tables" />
      ))}
    </Layout>
  );
}

function Services({ view: { t }, open, scanner, lastBackup }: OperationsProps) {
  return (
    <section aria-labelledby="services-title">
      <h2 id="services-title">{t.say('operations.services')}</h2>
      <dl class="facts">
        <dt>{t.say('operations.scanner')}</dt>
        <dd>
          {scanner === undefined ? (
            <Badge tone="open">{t.say('operations.noScanner')}</Badge>
          ) : (
            <Badge tone={scanner ? 'good' : 'bad'}>{t.say(scanner ? 'operations.answers' : 'operations.silent')}</Badge>
          )}
        </dd>
        <dt>{t.say('operations.backup')}</dt>
        <dd>{lastBackup ? t.time(lastBackup) : t.say('operations.noBackup')}</dd>
        <dt>{t.say('jobs.title')}</dt>
        <dd>{t.say('operations.queue', { waiting: t.number(open.waiting), running: t.number(open.running) })}</dd>
      </dl>
    </section>
  );
}

function Failed({ view: { t, may }, failed }: Pick<OperationsProps, 'view' | 'failed'>) {
  return (
    <section class="notice bad" aria-labelledby="failed-title">
      <h2 id="failed-title">{t.say('jobs.failed')}</h2>
      <ul class="plain-list">
        {failed.map((job) => (
          <li key={job.id}>
            <strong>{t.job(job.name)}</strong> · {t.time(job.updatedAt)} ·{' '}
            {t.problem(String(job.outcome?.code ?? 'FAULT'))}
            {may('job.retry') ? (
              <form method="post" action="/operations/jobs">
                <input type="hidden" name="job" value={job.id} />
                <button
                  type="submit"
                  class="secondary"
                  aria-label={t.say('jobs.retryOne', { name: t.job(job.name), time: t.time(job.updatedAt) })}
                >
                  {t.say('jobs.retry')}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
