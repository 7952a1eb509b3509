import { listEntries, openJobs, revalidationState } from '../../../archive/data-management/index.ts';
import { evidenceState, readAuditReport, reidentifyJob } from '../../../archive/preservation/index.ts';
import { utcSeconds } from '../../../base/index.ts';
import { actorOf, auditPrefix, finishedAudit, presentLocations, readPlainForm, startAudit } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { AuditPage } from './page.tsx';
import { ReportPage } from './report-page.tsx';

/** The state of all copies, and audits. */
export const auditPages: readonly PageRoute[] = [
  { method: 'get', path: '/audit', action: 'audit.read', answer: show },
  { method: 'post', path: '/audit', action: 'audit.start', answer: start },
  { method: 'get', path: '/audit/:audit', action: 'audit.read', answer: showReport },
];

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { catalog, storage } = service.context;
  const actor = actorOf(ctx);
  const entries = await listEntries(catalog, { institution: actor.institution, type: 'audit.finished', limit: 20 });
  const open = await openJobs(catalog, actor.institution);
  const running = open.find(({ name }) => name === 'audit');
  const identifying = open.find(({ name }) => name === reidentifyJob);
  answerWith(
    ctx,
    <AuditPage
      view={view}
      locations={await presentLocations(service)}
      independentCopies={await storage.independentCopies()}
      evidence={{
        state: await evidenceState(service.evidence),
        authorities: service.evidence.authorities.health(),
        revalidations: await revalidationState(catalog, utcSeconds(service.context.clock())),
      }}
      audits={entries.map(finishedAudit)}
      mayStart={view.may('audit.start')}
      {...(running ? { running } : {})}
      {...(identifying ? { identifying } : {})}
    />,
  );
}

async function start({ ctx, service }: PageRequest): Promise<void> {
  await readPlainForm(ctx.req);
  await startAudit(service, actorOf(ctx), undefined);
  goTo(ctx, '/audit');
}

async function showReport({ ctx, service, view, params }: PageRequest): Promise<void> {
  const report = await readAuditReport(service.context, `${auditPrefix}${params.audit}`);
  answerWith(ctx, <ReportPage view={view} report={report} />);
}
