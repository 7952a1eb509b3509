import { accessLog, answerErasure, authorize, giveReason, ruleAccess } from '../../../archive/administration/index.ts';
import { accessRulesOf, findRecord, listErasureAnswers } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { accessLogCsv, actorOf, contentDisposition, readPlainForm, recordFor } from '../../http/index.ts';
import { answerWith, goTo, ownAddress } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { ErasurePage, LogPage, RulesPage } from './page.tsx';

/** Embargoes, personal data and the reasons for which they are read, and what data subjects ask for. */
export const accessPages: readonly PageRoute[] = [
  { method: 'post', path: '/records/:record/reason', action: 'record.read', answer: say },
  { method: 'get', path: '/records/:record/access', action: 'access.rule', answer: showRules },
  { method: 'post', path: '/records/:record/access', action: 'access.rule', answer: rule },
  { method: 'get', path: '/access-log', action: 'access.log', answer: showLog },
  { method: 'get', path: '/access-log.csv', action: 'access.log', answer: giveLog },
  { method: 'get', path: '/erasure-requests', action: 'office.read', answer: showErasures },
  { method: 'post', path: '/erasure-requests', action: 'office.change', answer: answerRequest },
];

/** Why somebody reads a record; then they are back where they were. */
async function say({ ctx, service: { context }, params }: PageRequest): Promise<void> {
  const actor = actorOf(ctx);
  const record = await findRecord(context.catalog, actor.institution, params.record ?? '');
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', 'There is no such record.');
  authorize(actor, 'record.read', record);
  const form = await readPlainForm(ctx.req);
  await giveReason(context, actor, record, form.get('reason') ?? '');
  goTo(ctx, ownAddress(form.get('next') ?? `/records/${record.number}`));
}

async function showRules({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'access.rule');
  const rules = await accessRulesOf(service.context.catalog, record);
  answerWith(ctx, <RulesPage view={view} record={record} rules={rules} />);
}

async function rule({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'access.rule');
  const form = await readPlainForm(ctx.req);
  const embargoUntil = form.get('embargoUntil') ?? '';
  const personalData = form.get('personalData') ?? '';
  await ruleAccess(service.context, record, {
    ...(embargoUntil ? { embargoUntil } : {}),
    ...(personalData ? { personalData: personalData === 'yes' } : {}),
    reason: (form.get('reason') ?? '').slice(0, 500),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/records/${record.number}/access`);
}

async function showLog({ ctx, service, view, query }: PageRequest): Promise<void> {
  const text = query.text ?? '';
  const log = text === '' ? { lines: [], isWhole: true } : await accessLog(service.context, { text });
  answerWith(ctx, <LogPage view={view} text={text} {...log} />);
}

async function giveLog({ ctx, service, query }: PageRequest): Promise<void> {
  const { lines } = await accessLog(service.context, { text: query.text ?? '' });
  ctx.type = 'text/csv';
  ctx.set('Content-Disposition', contentDisposition('attachment', 'access-log.csv'));
  ctx.body = accessLogCsv(lines);
}

async function showErasures({ ctx, service: { context }, view }: PageRequest): Promise<void> {
  const answers = await listErasureAnswers(context.catalog, actorOf(ctx).institution);
  answerWith(ctx, <ErasurePage view={view} answers={answers} />);
}

async function answerRequest({ ctx, service }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  const said = (name: string) => (form.get(name) ?? '').trim().slice(0, 2000);
  await answerErasure(service.context, {
    requester: said('requester'),
    receivedOn: said('receivedOn'),
    records: said('records')
      .split(/[\s,;]+/)
      .filter(Boolean),
    reason: said('reason'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, '/erasure-requests');
}
