import { fidelityDocument, listFidelityStatements, stateFidelity } from '../../../archive/administration/index.ts';
import { json, type Route } from '../route.ts';
import { documentAnswer, sendDocument } from '../send-document.ts';
import { statementBody } from './schema.ts';

const listAll: Route = {
  method: 'get',
  path: '/fidelity-statements',
  operation: 'listFidelityStatements',
  summary: 'Statements that digitised or converted records are true to their sources, newest first',
  action: 'office.read',
  answers: { 200: json('The statements', 'FidelityStatementList') },
  handle: async ({ context }, { ctx }) => {
    ctx.body = { statements: await listFidelityStatements(context) };
  },
};

const state: Route = {
  method: 'post',
  path: '/fidelity-statements',
  operation: 'stateFidelity',
  summary: 'State for a batch of records that they are true to their sources: a sealed PDF/A, kept in the store',
  action: 'record.approve',
  body: { type: 'application/json', schema: statementBody },
  answers: { 201: json('The statement', 'FidelityStatement') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const { records, capacity } = body as { records: readonly string[]; capacity: string };
    ctx.status = 201;
    ctx.body = await stateFidelity(context, { records, capacity, actor: actor.name });
  },
};

const read: Route = {
  method: 'get',
  path: '/fidelity-statements/:statement/document',
  operation: 'readFidelityStatement',
  summary: 'The statement as it was sealed',
  action: 'office.read',
  answers: { 200: documentAnswer('The statement', ['pdf']) },
  handle: async ({ context }, { ctx, params }) => {
    sendDocument(ctx, 'izjava.pdf', 'pdf', await fidelityDocument(context, params.statement ?? ''));
  },
};

export const fidelityRoutes: readonly Route[] = [listAll, state, read];
