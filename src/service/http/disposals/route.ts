import { proposeDisposal, requestPackage, sendDisposal } from '../../../archive/administration/index.ts';
import { sendPackage, zipContent } from '../files/send-package.ts';
import { json, type Route } from '../route.ts';
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
} from './procedure.ts';
import { letterBody, proposalBody, reviewBody } from './schema.ts';

const destruction: Procedure = { kind: 'destruction', path: '/disposals', name: 'Disposal', plural: 'Disposals' };

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

const readRequest: Route = {
  method: 'get',
  path: '/disposals/:disposal/request',
  operation: 'readDisposalRequest',
  summary:
    'What the request for approval is sent with through eArhiv, as a ZIP: inventory, commission, archive book, categories',
  action: 'office.read',
  answers: { 200: { description: 'The ZIP', content: zipContent, headers: ['ETag', 'Content-Disposition'] } },
  handle: async (service, request) => {
    const disposal = await disposalFor(service, request, 'destruction');
    sendPackage(service, request.ctx, `eArhiv-${disposal.number}.zip`, await requestPackage(service.context, disposal));
  },
};

export const disposalRoutes: readonly Route[] = [
  ...readRoutes(destruction, 'Disposals, newest first, with every step that was taken'),
  propose,
  reviewRoute(destruction, reviewBody),
  stepRoute(destruction, {
    path: 'letter',
    operation: 'sendDisposal',
    summary: 'That the request went to the competent archive: letter, day, channel',
    action: 'disposal.propose',
    schema: letterBody,
    take: sendDisposal,
  }),
  decisionRoute(destruction, {
    path: 'decision',
    operation: 'decideDisposal',
    summary: 'What the competent archive decided, with the decision itself',
  }),
  executeRoute(
    destruction,
    'Destroy what was approved, in every location: a job; asked again, it goes on where it stopped',
  ),
  abandonRoute(destruction),
  readRequest,
  documentRoute(destruction),
];
