import {
  findHandOvers,
  handOverPackageJob,
  openHandOverPackage,
  proposeHandOver,
  sendHandOver,
} from '../../../archive/administration/index.ts';
import { enqueueJob } from '../../../archive/data-management/index.ts';
import {
  abandonRoute,
  complete,
  decisionRoute,
  disposalFor,
  documentRoute,
  executeRoute,
  type Procedure,
  readRoutes,
  reviewRoute,
  stepRoute,
} from '../disposals/procedure.ts';
import { handOverReviewBody, letterBody, proposalBody } from '../disposals/schema.ts';
import { sendPackage, zipContent } from '../files/send-package.ts';
import { answerWithJob } from '../jobs/answer-with-job.ts';
import { json, type Route } from '../route.ts';

const handOver: Procedure = { kind: 'hand-over', path: '/handovers', name: 'HandOver', plural: 'HandOvers' };

const candidates: Route = {
  method: 'get',
  path: '/handovers/candidates',
  operation: 'listHandOverCandidates',
  summary: 'Permanent records of public bodies that are due for hand-over, thirty years after they were made',
  action: 'office.read',
  query: {
    type: 'object',
    properties: {
      creator: { type: 'string', maxLength: 200 },
      within: {
        type: 'integer',
        minimum: 0,
        maximum: 100,
        default: 0,
        description: 'Years that are looked ahead',
      },
      cursor: { type: 'string', maxLength: 200 },
      limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
    },
    additionalProperties: false,
  },
  answers: { 200: json('The candidates, oldest first', 'HandOverCandidateList') },
  handle: async ({ context }, { ctx, query }) => {
    const { creator, within, cursor, limit } = query as {
      creator?: string;
      within: number;
      cursor?: string;
      limit: number;
    };
    const wanted = { ...(creator ? { creator } : {}), ...(cursor ? { after: cursor } : {}), within, limit };
    ctx.body = await findHandOvers(context, wanted);
  },
};

const propose: Route = {
  method: 'post',
  path: '/handovers',
  operation: 'proposeHandOver',
  summary: 'Set permanent records aside for hand-over: makes the inventory; each record that may not be in it is named',
  action: 'disposal.propose',
  body: { type: 'application/json', schema: proposalBody },
  answers: { 201: json('The hand-over with its inventory', 'Disposal') },
  handle: async (service, { ctx, actor, body }) => {
    const proposal = body as Omit<Parameters<typeof proposeHandOver>[1], 'actor'>;
    ctx.status = 201;
    ctx.body = await complete(service, await proposeHandOver(service.context, { ...proposal, actor: actor.name }));
  },
};

const makePackage: Route = {
  method: 'post',
  path: '/handovers/:disposal/package',
  operation: 'makeHandOverPackage',
  summary: 'Make the package (E-ARK SIP) with records, proofs and registers: a job',
  action: 'disposal.propose',
  answers: { 202: json('The job that makes it', 'Job', ['Location']) },
  handle: async (service, request) => {
    const { context, wakeWorker } = service;
    const { ctx, actor } = request;
    const { id: disposal } = await disposalFor(service, request, 'hand-over');
    const id = await enqueueJob(context.catalog, context.clock, {
      institution: actor.institution,
      name: handOverPackageJob,
      payload: { disposal, actor: actor.name },
    });
    wakeWorker();
    await answerWithJob(service, ctx, actor, id);
  },
};

const readPackage: Route = {
  method: 'get',
  path: '/handovers/:disposal/package',
  operation: 'readHandOverPackage',
  summary: 'The package as a ZIP, made while it is sent; by range as well',
  action: 'record.export',
  answers: {
    200: {
      description: 'The whole ZIP',
      content: zipContent,
      headers: ['ETag', 'Accept-Ranges', 'Content-Disposition'],
    },
    206: { description: 'The range that was asked for', content: zipContent, headers: ['Content-Range'] },
    304: { description: 'It is as `If-None-Match` says' },
  },
  handle: async (service, request) => {
    const disposal = await disposalFor(service, request, 'hand-over');
    const contents = await openHandOverPackage(service.context, disposal);
    sendPackage(service, request.ctx, `${disposal.number}.zip`, contents);
  },
};

export const handOverRoutes: readonly Route[] = [
  candidates,
  ...readRoutes(handOver, 'Hand-overs to public archives, newest first, with every step that was taken'),
  propose,
  reviewRoute(handOver, handOverReviewBody),
  makePackage,
  readPackage,
  stepRoute(handOver, {
    path: 'letter',
    operation: 'sendHandOver',
    summary: 'That the package was handed over: letter, day, channel; makes the minutes',
    action: 'disposal.propose',
    schema: letterBody,
    take: sendHandOver,
  }),
  decisionRoute(handOver, {
    path: 'receipt',
    operation: 'confirmHandOver',
    summary: 'The archive’s receipt, or its refusal, with the document itself; nothing is removed before it',
  }),
  executeRoute(handOver, 'Remove here what the archive has received, in every location: a job'),
  abandonRoute(handOver),
  documentRoute(handOver),
];
