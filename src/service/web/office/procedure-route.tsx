import {
  abandonDisposal,
  decideDisposal,
  disposalDocument,
  disposalDocuments,
  disposalJob,
  handOverPackageJob,
  openHandOverPackage,
  requestPackage,
  reviewDisposal,
  sendDisposal,
  sendHandOver,
} from '../../../archive/administration/index.ts';
import {
  type Disposal,
  type DisposalKind,
  disposalItems,
  enqueueJob,
  findCreator,
  openJobs,
} from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, disposalFor, documentTypes, formOfDocument, queueExecution, sendPackage } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { type OfficeAnswers, readOfficeForm, sendAttachment } from './form.ts';
import { ProcedurePage } from './procedure-page.tsx';
import { roomOf } from './procedure-props.ts';
import { listProcedures, propose } from './procedures.tsx';

/** The pages of disposals, or of hand-overs. */
export function procedurePages(kind: DisposalKind): PageRoute[] {
  const base = `/office/${roomOf({ kind })}`;
  const one = `${base}/:disposal`;
  const step = (action: PageRoute['action'], path: string, take: TakeStep): PageRoute => ({
    method: 'post',
    path: `${one}/${path}`,
    ...(action ? { action } : {}),
    answer: async (request) => {
      const disposal = await disposalOf(request, kind);
      await take(request, disposal, await readOfficeForm(request.ctx));
      goTo(request.ctx, `${base}/${disposal.number}`);
    },
  });
  const pages: PageRoute[] = [
    { method: 'get', path: base, action: 'office.read', answer: (request) => listProcedures(request, kind) },
    { method: 'post', path: base, action: 'disposal.propose', answer: (request) => propose(request, kind) },
    { method: 'get', path: one, action: 'office.read', answer: (request) => show(request, kind) },
    step('disposal.decide', 'review', review),
    step('disposal.propose', 'letter', send),
    step('disposal.decide', 'decision', decide),
    step('record.dispose', 'execution', execute),
    step('disposal.propose', 'abandonment', abandon),
    {
      method: 'get',
      path: `${one}/documents/:document`,
      action: 'office.read',
      answer: (it) => giveDocument(it, kind),
    },
  ];
  if (kind === 'destruction')
    pages.push({ method: 'get', path: `${one}/request`, action: 'office.read', answer: giveRequest });
  else
    pages.push(step('disposal.propose', 'package', makePackage), {
      method: 'get',
      path: `${one}/package`,
      action: 'record.export',
      answer: givePackage,
    });
  return pages;
}

type TakeStep = (request: PageRequest, disposal: Disposal, form: OfficeAnswers) => Promise<unknown>;

const disposalOf = ({ ctx, service, params }: PageRequest, kind: DisposalKind) =>
  disposalFor(service, { actor: actorOf(ctx), params }, kind);

async function show(request: PageRequest, kind: DisposalKind): Promise<void> {
  const { ctx, service, view } = request;
  const disposal = await disposalOf(request, kind);
  const { catalog, institution } = service.context;
  const creator = await findCreator(catalog, institution.id, disposal.creator);
  const job = (await openJobs(catalog, institution.id)).find(
    ({ name, payload }) => [disposalJob, handOverPackageJob].includes(name) && payload.disposal === disposal.id,
  );
  const items = await disposalItems(catalog, disposal.id);
  answerWith(
    ctx,
    <ProcedurePage
      view={view}
      disposal={disposal}
      items={items}
      creator={creator?.facts.name ?? ''}
      {...(job ? { job } : {})}
    />,
  );
}

const review: TakeStep = ({ ctx, service }, { id }, { said, all, optional }) =>
  reviewDisposal(service.context, {
    disposal: id,
    members: all('members'),
    minutes: { number: said('minutes'), date: said('date') },
    agreed: said('refuse') === '',
    leaveOut: all('leaveOut'),
    whole: said('whole') !== '',
    ...optional('place'),
    ...optional('opinion'),
    ...optional('remark'),
    actor: actorOf(ctx).name,
  });

const send: TakeStep = ({ ctx, service }, { id, kind }, { said, optional }) => {
  const letter = {
    ...{ disposal: id, letter: said('letter'), date: said('date'), channel: said('channel') },
    ...optional('contact'),
    actor: actorOf(ctx).name,
  };
  return kind === 'hand-over' ? sendHandOver(service.context, letter) : sendDisposal(service.context, letter);
};

const decide: TakeStep = ({ ctx, service }, { id }, { said, all, file }) =>
  decideDisposal(service.context, {
    disposal: id,
    number: said('number'),
    date: said('date'),
    approved: said('refuse') === '',
    leaveOut: all('leaveOut'),
    ...(file ? { document: file } : {}),
    actor: actorOf(ctx).name,
  });

const execute: TakeStep = ({ ctx, service }, { id }, { said }) => {
  if (said('method') === '') throw new ArchiveError('REQUEST_MALFORMED', 'Say how it is destroyed.');
  return queueExecution(service, id, said('method'), { actor: actorOf(ctx) });
};

const abandon: TakeStep = ({ ctx, service }, { id }, { said }) =>
  abandonDisposal(service.context, { disposal: id, reason: said('reason'), actor: actorOf(ctx).name });

const makePackage: TakeStep = async ({ ctx, service: { context, wakeWorker } }, { id }) => {
  const actor = actorOf(ctx);
  await enqueueJob(context.catalog, context.clock, {
    institution: actor.institution,
    name: handOverPackageJob,
    payload: { disposal: id, actor: actor.name },
  });
  wakeWorker();
};

async function giveDocument(request: PageRequest, kind: DisposalKind): Promise<void> {
  const { ctx, service, params } = request;
  const disposal = await disposalOf(request, kind);
  const name = disposalDocuments.find((known) => known === params.document);
  if (!name) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
  const bytes = await disposalDocument(service.context, disposal, name);
  sendAttachment(ctx, `${disposal.number}-${name}`, documentTypes[formOfDocument(name)], bytes);
}

async function giveRequest(request: PageRequest): Promise<void> {
  const { ctx, service } = request;
  const disposal = await disposalOf(request, 'destruction');
  sendPackage(service, ctx, `eArhiv-${disposal.number}.zip`, await requestPackage(service.context, disposal));
}

async function givePackage(request: PageRequest): Promise<void> {
  const { ctx, service } = request;
  const disposal = await disposalOf(request, 'hand-over');
  sendPackage(service, ctx, `${disposal.number}.zip`, await openHandOverPackage(service.context, disposal));
}
