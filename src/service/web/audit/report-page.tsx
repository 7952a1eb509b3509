import type { AuditFinding, AuditReport } from '../../../archive/preservation/index.ts';
import { Badge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { AuditBadge } from './audit-badge.tsx';

const mostShown = 500;

interface ReportProps {
  readonly view: PageView;
  readonly report: AuditReport;
}

/** One audit with every finding and what was done about it. */
export function ReportPage({ view, report }: ReportProps) {
  const { t } = view;
  const findings = [...report.damaged, ...report.missing, ...report.extra];
  const counts = {
    damaged: report.damaged.length,
    missing: report.missing.length,
    extra: report.extra.length,
    catalog: report.catalog.length,
    evidence: (report.evidence ?? []).length, // reports from before evidence was kept have none
    repaired: findings.filter(({ repaired }) => repaired).length,
    journal: report.journal === 'intact' ? ('intact' as const) : ('broken' as const),
  };
  return (
    <Layout view={view} title={t.say('report.title')} part="audit">
      <p class="muted crumb">
        <a href="/audit">{t.say('nav.audit')}</a>
      </p>
      <h1>{t.say('report.title')}</h1>
      <p class="lead-row">
        <AuditBadge t={t} audit={counts} />
      </p>
      <Facts view={view} report={report} />
      {findings.length + report.catalog.length + counts.evidence > 0 ? <h2>{t.say('report.findings')}</h2> : null}
      <Findings view={view} report={report} />
    </Layout>
  );
}

function Facts({ view: { t }, report }: ReportProps) {
  return (
    <dl class="facts">
      <dt>{t.say('report.started')}</dt>
      <dd>{t.time(report.startedAt)}</dd>
      <dt>{t.say('report.ended')}</dt>
      <dd>{t.time(report.finishedAt)}</dd>
      <dt>{t.say('report.read')}</dt>
      <dd>{`${t.count('copies', report.copies)}, ${t.bytes(report.bytes)}`}</dd>
      <dt>{t.say('report.journal')}</dt>
      <dd>{report.journal === 'intact' ? t.say('report.journalIntact') : report.journal}</dd>
    </dl>
  );
}

function Findings({ view, report }: ReportProps) {
  const { t } = view;
  const findings = [...report.damaged, ...report.missing, ...report.extra];
  return (
    <ul class="cards">
      {findings.slice(0, mostShown).map((finding) => (
        <Finding
          key={`${finding.location}${finding.aip}${finding.path}${finding.cause}`}
          view={view}
          finding={finding}
        />
      ))}
      {report.catalog.slice(0, mostShown).map(({ aip, cause, repaired }) => (
        <li key={aip} class="card">
          <span class="title">{t.say('finding.catalog')}</span>
          <code class="digest">{aip}</code>
          <span>{t.cause(cause)}</span>
          <Mended view={view} repaired={repaired} />
        </li>
      ))}
      {(report.evidence ?? []).slice(0, mostShown).map(({ batch, object, cause }) => (
        <li key={`${batch}${object ?? ''}`} class="card">
          <span class="title">{t.say('finding.evidence')}</span>
          <code class="digest">{object ?? batch}</code>
          <span>{cause}</span>
          <Mended view={view} repaired={false} />
        </li>
      ))}
    </ul>
  );
}

function Finding({ view, finding }: { readonly view: PageView; readonly finding: AuditFinding }) {
  const { t } = view;
  return (
    <li class="card">
      <span class="title">{`${t.say(`finding.${finding.kind}`)} – ${finding.location}`}</span>
      <code class="digest">{`${finding.aip} ${finding.path}`}</code>
      <span class="meta">
        <Mended view={view} repaired={finding.repaired} /> <span>{t.cause(finding.cause)}</span>
      </span>
    </li>
  );
}

function Mended({ view: { t }, repaired }: { readonly view: PageView; readonly repaired: boolean }) {
  return repaired ? (
    <Badge tone="good">{t.say('finding.repaired')}</Badge>
  ) : (
    <Badge tone="bad">{t.say('finding.notRepaired')}</Badge>
  );
}
