import {
  abandonDisposal,
  type DisposalDocument,
  decideDisposal,
  disposalDocument,
  disposalDocuments,
  disposalJob,
  proposeDisposal,
  requireExecutable,
  reviewDisposal,
  sendDisposal,
} from '../../../archive/administration/index.ts';
import {
  type Disposal,
  disposalItems,
  enqueueJob,
  findDisposal,
  listDisposals,
} from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { answerWithJob } from '../jobs/answer-with-job.ts';
import { type ApiRequest, json, type Route } from '../route.ts';
import type { Schema } from '../schemas.ts';
import { documentAnswer, sendDocument } from '../send-document.ts';
import type { Service } from '../service.ts';
import { abandonmentBody, archiveDecisionBody, executionBody, letterBody, proposalBody, reviewBody } from './schema.ts';

const listAll: Route = {
  method: 'get',
  path: '/disposals',
  operation: 'listDisposals',
  summary: 'Disposals, newest first, with every step that was taken',
  action: 'office.read',
  answers: { 200: json('The disposals', 'DisposalList') },
  handle: async ({ context }, { ctx, actor }) => {
    ctx.body = { disposals: (await listDisposals(context.catalog, actor.institution)).map(present) };
  },
};

const propose: Route = {
  method: 'post',
  path: '/disposals',
  operation: 'proposeDisposal',
  summary: 'Set records aside for destruction: makes the inventory (popis); each record that may not be in it is named',
  action: 'disposal.propose',
  body: { type: 'application/json', schema: proposalBody },
  answers: { 201: json('The disposal with its inventory', 'Disposal') },
  handle: async (service, { ctx, actor, body }) => {
    const proposal = body as Omit<Parameters<typeof proposeDisposal>[1], 'actor'>;
    ctx.status = 201;
    ctx.body = await complete(service, await proposeDisposal(service.context, { ...proposal, actor: actor.name }));
  },
};

const read: Route = {
  method: 'get',
  path: '/disposals/:disposal',
  operation: 'readDisposal',
  summary: 'A disposal with its inventory and what became of each record',
  action: 'office.read',
  answers: { 200: json('The disposal', 'Disposal') },
  handle: async (service, request) => {
    request.ctx.body = await complete(service, await disposalFor(service, request));
  },
};

/** A step of a disposal: what is said of it, who says it, and the disposal as it is then. */
function step<Said>(
  { path, ...route }: Pick<Route, 'path' | 'operation' | 'summary' | 'action'>,
  schema: Schema,
  take: (context: Service['context'], said: Said) => Promise<Disposal>,
): Route {
  return {
    ...route,
    method: 'post',
    path: `/disposals/:disposal/${path}`,
    body: { type: 'application/json', schema },
    answers: { 200: json('The disposal', 'Disposal') },
    handle: async (service, { ctx, actor, params, body }) => {
      const said = { ...(body as object), disposal: params.disposal ?? '', actor: actor.name };
      ctx.body = await complete(service, await take(service.context, said as Said));
    },
  };
}

const review = step(
  {
    path: 'review',
    operation: 'reviewDisposal',
    summary: 'What the commission found; another person than the one who proposed enters it',
    action: 'disposal.decide',
  },
  reviewBody,
  reviewDisposal,
);

const send = step(
  {
    path: 'letter',
    operation: 'sendDisposal',
    summary: 'That the request went to the competent archive: letter, day, channel',
    action: 'disposal.propose',
  },
  letterBody,
  sendDisposal,
);

const decide = step(
  {
    path: 'decision',
    operation: 'decideDisposal',
    summary: 'What the competent archive decided, with the decision itself',
    action: 'disposal.decide',
  },
  archiveDecisionBody,
  (context, { document, ...said }: SentDecision) =>
    decideDisposal(context, {
      ...said,
      document: { name: document.name, content: Buffer.from(document.base64, 'base64') },
    }),
);

/** As it comes in JSON. */
type SentDecision = Omit<Parameters<typeof decideDisposal>[1], 'document'> & {
  readonly document: { readonly name: string; readonly base64: string };
};

const execute: Route = {
  method: 'post',
  path: '/disposals/:disposal/execution',
  operation: 'executeDisposal',
  summary: 'Destroy what was approved, in every location: a job; asked again, it goes on where it stopped',
  action: 'record.dispose',
  body: { type: 'application/json', schema: executionBody },
  answers: { 202: json('The job that does it', 'Job', ['Location']) },
  handle: async ({ context, wakeWorker }, { ctx, actor, params, body }) => {
    const { method } = body as { method: string };
    const { id: disposal } = await requireExecutable(context, params.disposal ?? '', actor.name);
    const id = await enqueueJob(context.catalog, context.clock, {
      institution: actor.institution,
      name: disposalJob,
      payload: { disposal, method, actor: actor.name },
    });
    wakeWorker();
    await answerWithJob({ context }, ctx, actor, id);
  },
};

const abandon = step(
  {
    path: 'abandonment',
    operation: 'abandonDisposal',
    summary: 'Give a disposal up before anything of it was destroyed; its records are free again',
    action: 'disposal.propose',
  },
  abandonmentBody,
  abandonDisposal,
);

const readDocument: Route = {
  method: 'get',
  path: '/disposals/:disposal/documents/:document',
  operation: 'readDisposalDocument',
  summary: `A document of a disposal, as it was sealed: ${disposalDocuments.join(', ')}`,
  action: 'office.read',
  answers: { 200: documentAnswer('The document', ['csv', 'xlsx', 'json', 'p7s', 'pdf', 'bin']) },
  handle: async (service, request) => {
    const { ctx, params } = request;
    const disposal = await disposalFor(service, request);
    const name = disposalDocuments.find((known) => known === params.document);
    if (!name) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
    const bytes = await disposalDocument(service.context, disposal, name);
    sendDocument(ctx, `${disposal.number}-${name}`, formOf(name), bytes);
  },
};

function formOf(name: DisposalDocument): Parameters<typeof sendDocument>[2] {
  const end = name.split('.').at(-1);
  return end === 'csv' || end === 'xlsx' || end === 'json' || end === 'p7s' || end === 'pdf' ? end : 'bin';
}

async function disposalFor({ context }: Pick<Service, 'context'>, { actor, params }: ApiRequest): Promise<Disposal> {
  const disposal = await findDisposal(context.catalog, actor.institution, params.disposal ?? '');
  if (!disposal) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such disposal.');
  return disposal;
}

function present({ institution: _institution, version: _version, steps, ...disposal }: Disposal): object {
  return { ...disposal, steps: steps.map(({ object: _object, ...step }) => step) };
}

async function complete({ context }: Pick<Service, 'context'>, disposal: Disposal): Promise<object> {
  return { ...present(disposal), items: await disposalItems(context.catalog, disposal.id) };
}

export const disposalRoutes: readonly Route[] = [
  listAll,
  propose,
  read,
  review,
  send,
  decide,
  execute,
  abandon,
  readDocument,
];
