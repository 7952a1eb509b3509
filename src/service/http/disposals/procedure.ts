import {
  abandonDisposal,
  type DisposalDocument,
  decideDisposal,
  disposalDocument,
  disposalDocuments,
  disposalJob,
  requestStatus,
  requireExecutable,
  reviewDisposal,
} from '../../../archive/administration/index.ts';
import {
  type Disposal,
  type DisposalKind,
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
import { abandonmentBody, archiveDecisionBody, executionBody } from './schema.ts';

/** Destruction and hand-over are one procedure at two addresses. */
export interface Procedure {
  readonly kind: DisposalKind;
  /** `/disposals`; its parameter is `:disposal`. */
  readonly path: '/disposals' | '/handovers';
  /** In the names of operations. */
  readonly name: 'Disposal' | 'HandOver';
  readonly plural: string;
}

/** What is said of a step, who may take it, and what it does. */
interface StepOf<Said> extends Pick<Route, 'path' | 'operation' | 'summary' | 'action'> {
  readonly schema: Schema;
  readonly take: (context: Service['context'], said: Said) => Promise<Disposal>;
}

/** A step of a procedure: what is said of it, who says it, and the disposal as it is then. */
export function stepRoute<Said>(of: Procedure, { path, schema, take, ...route }: StepOf<Said>): Route {
  return {
    ...route,
    method: 'post',
    path: `${of.path}/:disposal/${path}`,
    body: { type: 'application/json', schema },
    answers: { 200: json('The procedure as it is now', 'Disposal') },
    handle: async (service, request) => {
      const { id } = await disposalFor(service, request, of.kind);
      const said = { ...(request.body as object), disposal: id, actor: request.actor.name };
      request.ctx.body = await complete(service, await take(service.context, said as Said));
    },
  };
}

/** Where all of a kind, and one of them, are read. */
export function readRoutes(of: Procedure, summary: string): Route[] {
  return [
    {
      method: 'get',
      path: of.path,
      operation: `list${of.plural}`,
      summary,
      action: 'office.read',
      answers: { 200: json('They, newest first', 'DisposalList') },
      handle: async ({ context }, { ctx, actor }) => {
        ctx.body = { disposals: (await listDisposals(context.catalog, actor.institution, of.kind)).map(present) };
      },
    },
    {
      method: 'get',
      path: `${of.path}/:disposal`,
      operation: `read${of.name}`,
      summary: 'One with its inventory and what became of each record',
      action: 'office.read',
      answers: { 200: json('The procedure', 'Disposal') },
      handle: async (service, request) => {
        request.ctx.body = await complete(service, await disposalFor(service, request, of.kind));
      },
    },
  ];
}

/** What the commission found. */
export function reviewRoute(of: Procedure, schema: Schema): Route {
  return stepRoute(of, {
    path: 'review',
    operation: `review${of.name}`,
    summary: 'What the commission found; another person than the one who proposed enters it',
    action: 'disposal.decide',
    schema,
    take: reviewDisposal,
  });
}

/** What the competent archive said, with its document. */
export function decisionRoute(
  of: Procedure,
  { path, operation, summary }: Pick<Route, 'path' | 'operation' | 'summary'>,
): Route {
  return stepRoute(of, {
    ...{ path, operation, summary },
    action: 'disposal.decide',
    schema: archiveDecisionBody,
    take: (context, { document, ...said }: SentDecision) =>
      decideDisposal(context, {
        ...said,
        document: { name: document.name, content: Buffer.from(document.base64, 'base64') },
      }),
  });
}

/** As it comes in JSON. */
type SentDecision = Omit<Parameters<typeof decideDisposal>[1], 'document'> & {
  readonly document: { readonly name: string; readonly base64: string };
};

/** Gives one up. */
export function abandonRoute(of: Procedure): Route {
  return stepRoute(of, {
    path: 'abandonment',
    operation: `abandon${of.name}`,
    summary: 'Give it up before anything of it was removed; its records are free again',
    action: 'disposal.propose',
    schema: abandonmentBody,
    take: abandonDisposal,
  });
}

/** Executes what may be executed. */
export function executeRoute(of: Procedure, summary: string): Route {
  return {
    method: 'post',
    path: `${of.path}/:disposal/execution`,
    operation: `execute${of.name}`,
    summary,
    action: 'record.dispose',
    body: { type: 'application/json', schema: executionBody },
    answers: { 202: json('The job that does it', 'Job', ['Location']) },
    handle: async (service, request) => {
      const { ctx, actor, body } = request;
      const { method } = body as { method: string };
      const known = await disposalFor(service, request, of.kind);
      const id = await queueExecution(service, known.id, method, request);
      await answerWithJob(service, ctx, actor, id);
    },
  };
}

/** Queues the job that executes. @throws ArchiveError FOUR_EYES_REQUIRED | STATE_CONFLICT */
export async function queueExecution(
  { context, wakeWorker }: Pick<Service, 'context' | 'wakeWorker'>,
  disposal: string,
  method: string,
  { actor }: Pick<ApiRequest, 'actor'>,
): Promise<string> {
  await requireExecutable(context, disposal, actor.name);
  const id = await enqueueJob(context.catalog, context.clock, {
    institution: actor.institution,
    name: disposalJob,
    payload: { disposal, method, actor: actor.name },
  });
  wakeWorker();
  return id;
}

/** Documents of a procedure, as they were sealed. */
export function documentRoute(of: Procedure): Route {
  return {
    method: 'get',
    path: `${of.path}/:disposal/documents/:document`,
    operation: `read${of.name}Document`,
    summary: `A document of it, as it was sealed: ${disposalDocuments.join(', ')}`,
    action: 'office.read',
    answers: { 200: documentAnswer('The document', ['csv', 'xlsx', 'json', 'p7s', 'pdf', 'bin']) },
    handle: async (service, request) => {
      const { ctx, params } = request;
      const disposal = await disposalFor(service, request, of.kind);
      const name = disposalDocuments.find((known) => known === params.document);
      if (!name) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
      const bytes = await disposalDocument(service.context, disposal, name);
      sendDocument(ctx, `${disposal.number}-${name}`, formOfDocument(name), bytes);
    },
  };
}

/** The form of a document, by its name. */
export function formOfDocument(name: DisposalDocument): Parameters<typeof sendDocument>[2] {
  const end = name.split('.').at(-1);
  return end === 'csv' || end === 'xlsx' || end === 'json' || end === 'p7s' || end === 'pdf' ? end : 'bin';
}

/** @throws ArchiveError ENTRY_UNKNOWN */
export async function disposalFor(
  { context }: Pick<Service, 'context'>,
  { actor, params }: Pick<ApiRequest, 'actor' | 'params'>,
  kind: DisposalKind,
): Promise<Disposal> {
  const disposal = await findDisposal(context.catalog, actor.institution, params.disposal ?? '');
  if (disposal?.kind !== kind) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such procedure.');
  return disposal;
}

function present({ institution: _institution, version: _version, steps, ...disposal }: Disposal): object {
  return { ...disposal, request: requestStatus({ steps }), steps: steps.map(({ object: _object, ...step }) => step) };
}

/** One with its inventory, as answers have it. */
export async function complete({ context }: Pick<Service, 'context'>, disposal: Disposal): Promise<object> {
  return { ...present(disposal), items: await disposalItems(context.catalog, disposal.id) };
}
