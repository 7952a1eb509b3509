import { Readable } from 'node:stream';
import { exportJournal } from '../../../archive/access/index.ts';
import { openJobs, revalidationState } from '../../../archive/data-management/index.ts';
import { evidenceState, readAuditReport, reidentifyJob } from '../../../archive/preservation/index.ts';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  actorOf,
  auditPrefix,
  contentDisposition,
  presentLocations,
  readPlainForm,
  sendStream,
  startAudit,
} from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { sendTable, wantedTable } from '../tables/shown-table.ts';
import { coverageOf } from './coverage.ts';
import { deskTables } from './desk-tables.ts';
import { AuditPage } from './page.tsx';
import { ReportPage } from './report-page.tsx';

/** The audit desk: the state of all copies, what was found, what is due, and the proof of it to take away. */
export const auditPages: readonly PageRoute[] = [
  { method: 'get', path: '/audit', action: 'audit.read', answer: show },
  { method: 'post', path: '/audit', action: 'audit.start', answer: start },
  { method: 'get', path: '/audit/journal', action: 'journal.read', answer: takeJournal },
  { method: 'get', path: '/audit/tables/:table', action: 'audit.read', answer: takeTable },
  { method: 'get', path: '/audit/:audit', action: 'audit.read', answer: showReport },
];

const rowsOnPage = 12;
const rowsTaken = 5000;

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { catalog, storage, clock } = service.context;
  const actor = actorOf(ctx);
  const open = await openJobs(catalog, actor.institution);
  const running = open.find(({ name }) => name === 'audit');
  const identifying = open.find(({ name }) => name === reidentifyJob);
  const request = { service, actor, view, limit: rowsOnPage };
  answerWith(
    ctx,
    <AuditPage
      view={view}
      locations={await presentLocations(service)}
      independentCopies={await storage.independentCopies()}
      evidence={{
        state: await evidenceState(service.evidence),
        authorities: service.evidence.authorities.health(),
        revalidations: await revalidationState(catalog, utcSeconds(clock())),
      }}
      coverage={await coverageOf(service)}
      tables={await Promise.all(Object.values(deskTables).map((build) => build(request)))}
      mayStart={view.may('audit.start')}
      {...(running ? { running } : {})}
      {...(identifying ? { identifying } : {})}
    />,
  );
}

async function start({ ctx, service }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  await startAudit(service, actorOf(ctx), form.get('location') || undefined);
  goTo(ctx, '/audit');
}

async function takeTable({ ctx, service, view, params }: PageRequest): Promise<void> {
  const { table, form } = wantedTable(params.table);
  const build = Object.hasOwn(deskTables, table) ? deskTables[table] : undefined;
  if (!build) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such table.');
  const made = await build({ service, actor: actorOf(ctx), view, limit: rowsTaken });
  const { institution, clock } = service.context;
  await sendTable(ctx, made, { form, author: institution.name, made: clock(), t: view.t });
}

async function takeJournal({ ctx, service }: PageRequest): Promise<void> {
  const { catalog, clock } = service.context;
  const name = `journal-${utcSeconds(clock()).slice(0, 10)}.jsonl`;
  ctx.set('Content-Disposition', contentDisposition('attachment', name));
  ctx.type = 'application/jsonl';
  sendStream(service, ctx, Readable.from(exportJournal(catalog, actorOf(ctx).institution)));
}

async function showReport({ ctx, service, view, params }: PageRequest): Promise<void> {
  const report = await readAuditReport(service.context, `${auditPrefix}${params.audit}`);
  answerWith(ctx, <ReportPage view={view} report={report} />);
}
