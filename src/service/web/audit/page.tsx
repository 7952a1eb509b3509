import type { Job } from '../../../archive/data-management/index.ts';
import type { FinishedAudit, ShownLocation } from '../../http/index.ts';
import { Badge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { Evidence, type EvidenceFacts } from './evidence.tsx';
import { Identification } from './identification.tsx';
import { Locations } from './locations.tsx';

export interface AuditProps {
  readonly view: PageView;
  readonly locations: readonly ShownLocation[];
  readonly independentCopies: number;
  readonly evidence: EvidenceFacts;
  readonly audits: readonly FinishedAudit[];
  /** The audit that waits or runs. */
  readonly running?: Job;
  /** The walk over the holdings that newer signatures of formats made necessary. */
  readonly identifying?: Job;
  readonly mayStart: boolean;
}

/** Whether every copy is whole: where they lie, when they were read, what was found. */
export function AuditPage(props: AuditProps) {
  const { view, running, identifying } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t.say('audit.title')} part="audit" scripts={['audit.js']}>
      <h1>{t.say('audit.title')}</h1>
      <p class="lead">{t.say('audit.lead')}</p>
      {running ? <Progress view={view} job={running} /> : props.mayStart ? <Start view={view} /> : null}
      {identifying ? <Identification view={view} job={identifying} /> : null}
      <Locations {...props} />
      <Evidence {...props} />
      <Audits {...props} />
    </Layout>
  );
}

function Start({ view: { t } }: Pick<AuditProps, 'view'>) {
  return (
    <form method="post" action="/audit" class="start">
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

function Audits({ view: { t }, audits }: AuditProps) {
  return (
    <section aria-labelledby="audits-title">
      <h2 id="audits-title">{t.say('audit.finished')}</h2>
      {audits.length === 0 ? <p class="empty">{t.say('audit.none')}</p> : null}
      <ul class="cards">
        {audits.map((audit) => (
          <li key={audit.id} class="card">
            <a class="title" href={`/audit/${audit.id}`}>
              {t.time(audit.finishedAt)}
            </a>
            <span class="meta">
              <AuditBadge view={{ t }} audit={audit} />
              <span>{t.count('copies', audit.copies)}</span>
              <span>{t.bytes(audit.bytes)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AuditBadgeProps {
  readonly view: Pick<PageView, 't'>;
  readonly audit: Pick<
    FinishedAudit,
    'damaged' | 'missing' | 'extra' | 'catalog' | 'evidence' | 'repaired' | 'journal'
  >;
}

/** An audit in a word: all whole, all repaired, or something is left. */
export function AuditBadge({ view: { t }, audit }: AuditBadgeProps) {
  const found = audit.damaged + audit.missing + audit.extra + audit.catalog + audit.evidence;
  if (found === 0 && audit.journal === 'intact') return <Badge tone="good">{t.say('audit.clean')}</Badge>;
  const isMended = audit.journal === 'intact' && audit.evidence === 0 && audit.repaired >= found - audit.catalog;
  return isMended ? (
    <Badge tone="open">{t.say('audit.repaired', { n: found })}</Badge>
  ) : (
    <Badge tone="bad">{t.say('audit.findings', { n: found })}</Badge>
  );
}
