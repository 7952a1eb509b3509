import { countOpenJobs, listJobs, readSetting } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, isRetriable, readPlainForm, retryEndedJob, scannerAnswers } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { sendTable, wantedTable } from '../tables/shown-table.ts';
import { OperationsPage } from './page.tsx';
import { operationsTables } from './tables.ts';

/** For whoever runs the archive. */
export const operationsPages: readonly PageRoute[] = [
  { method: 'get', path: '/operations', action: 'job.read', answer: show },
  { method: 'post', path: '/operations/jobs', action: 'job.retry', answer: retry },
  { method: 'get', path: '/operations/tables/:table', action: 'job.read', answer: takeTable },
];

const rowsOnPage = 12;
const rowsTaken = 1000;

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { catalog } = service.context;
  const actor = actorOf(ctx);
  const request = { service, actor, view, limit: rowsOnPage };
  const latest = await listJobs(catalog, actor.institution, 100);
  answerWith(
    ctx,
    <OperationsPage
      view={view}
      tables={await Promise.all(Object.values(operationsTables).map((build) => build(request)))}
      failed={latest.filter((job) => job.state === 'failed' && isRetriable(job)).slice(0, rowsOnPage)}
      open={await countOpenJobs(catalog)}
      scanner={await scannerAnswers(service)}
      lastBackup={await readSetting(catalog, 'last-backup')}
    />,
  );
}

async function retry({ ctx, service }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  await retryEndedJob(service, actorOf(ctx), form.get('job') ?? '');
  goTo(ctx, '/operations');
}

async function takeTable({ ctx, service, view, params }: PageRequest): Promise<void> {
  const { table, form } = wantedTable(params.table);
  const build = Object.hasOwn(operationsTables, table) ? operationsTables[table] : undefined;
  if (!build) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such table.');
  const made = await build({ service, actor: actorOf(ctx), view, limit: rowsTaken });
  const { institution, clock } = service.context;
  await sendTable(ctx, made, { form, author: institution.name, made: clock(), t: view.t });
}
