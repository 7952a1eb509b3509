import {
  type CopyRequest,
  copyHistory,
  copyPayment,
  type Delivery,
  issueOnce,
  listCopies,
  type PaymentReceived,
  recordDelivery,
  recordPayment,
  revokeCopy,
} from '../../../archive/access/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { copyBody, deliveryBody, paymentBody, registerQuery, revocationBody } from './schema.ts';
import { sendCopy } from './send-copy.ts';

const issue: Route = {
  method: 'post',
  path: '/records/:record/certified-copies',
  operation: 'issueCertifiedCopy',
  summary: 'Issue a certified copy: a ZIP with container, certificate and reading copies, which is kept nowhere else',
  action: 'copy.issue',
  body: { type: 'application/json', schema: copyBody },
  answers: {
    201: {
      description: 'The files of the copy; with the built-in test seal they say TEST and nothing is registered',
      content: { 'application/zip': { type: 'string', contentMediaType: 'application/zip' } },
      headers: ['Content-Disposition', 'Trajno-Copy'],
    },
  },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'copy.issue');
    const wish = body as Omit<CopyRequest, 'record' | 'actor'>;
    const request: CopyRequest = { ...wish, record: record.id, actor: actor.name };
    const issued = await issueOnce(service.copies, ctx.get('Idempotency-Key'), request);
    ctx.status = 201;
    await sendCopy(ctx, issued, record.number);
  },
};

const ofRecord: Route = {
  method: 'get',
  path: '/records/:record/certified-copies',
  operation: 'listCertifiedCopiesOfRecord',
  summary: 'The certified copies that were issued of a record, newest first',
  action: 'copy.read',
  query: registerQuery,
  answers: { 200: json('The copies', 'CertifiedCopyList') },
  handle: async (service, { ctx, params, query }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'copy.read');
    ctx.body = presentPage(await listCopies(service.copies, { ...pageOf(query), recordId: record.id }));
  },
};

const register: Route = {
  method: 'get',
  path: '/certified-copies',
  operation: 'listCertifiedCopies',
  summary: 'The register of issued copies, newest first',
  action: 'copy.read',
  query: registerQuery,
  answers: { 200: json('The copies', 'CertifiedCopyList') },
  handle: async ({ copies }, { ctx, query }) => {
    ctx.body = presentPage(await listCopies(copies, pageOf(query)));
  },
};

const read: Route = {
  method: 'get',
  path: '/certified-copies/:copy',
  operation: 'readCertifiedCopy',
  summary: 'An issued copy: what it states, and what became of it',
  action: 'copy.read',
  answers: { 200: json('The copy', 'CertifiedCopyHistory') },
  handle: async ({ copies }, { ctx, params }) => {
    ctx.body = await presentHistory(copies, params.copy);
  },
};

const revoke: Route = {
  method: 'post',
  path: '/certified-copies/:copy/revocation',
  operation: 'revokeCertifiedCopy',
  summary: 'Revoke an issued copy: the public page and the revocation list tell it from now on',
  action: 'copy.revoke',
  body: { type: 'application/json', schema: revocationBody },
  answers: { 200: json('The copy', 'CertifiedCopyHistory') },
  handle: async ({ copies }, { ctx, actor, params, body }) => {
    const { reason } = body as { reason: string };
    await revokeCopy(copies, { copy: params.copy ?? '', actor: actor.name, reason });
    ctx.body = await presentHistory(copies, params.copy);
  },
};

const deliver: Route = {
  method: 'post',
  path: '/certified-copies/:copy/deliveries',
  operation: 'recordCopyDelivery',
  summary: 'Record how an issued copy was delivered, with its proof and legal basis',
  action: 'copy.issue',
  body: { type: 'application/json', schema: deliveryBody },
  answers: { 201: json('The copy', 'CertifiedCopyHistory') },
  handle: async ({ copies }, { ctx, actor, params, body }) => {
    await recordDelivery(copies, { copy: params.copy ?? '', actor: actor.name, delivery: body as Delivery });
    ctx.status = 201;
    ctx.body = await presentHistory(copies, params.copy);
  },
};

const payment: Route = {
  method: 'get',
  path: '/certified-copies/:copy/payment',
  operation: 'readCopyPayment',
  summary: 'How the fee of a copy is paid: account, reference of model 97, and the text of the NBS IPS QR code',
  action: 'copy.read',
  answers: { 200: json('The payment', 'CopyPayment') },
  handle: async ({ copies }, { ctx, params }) => {
    ctx.body = await copyPayment(copies, params.copy ?? '');
  },
};

const pay: Route = {
  method: 'post',
  path: '/certified-copies/:copy/payment',
  operation: 'recordCopyPayment',
  summary: 'Record that the fee of a copy was paid; the copy is named by its number or by the reference of the payment',
  action: 'copy.issue',
  body: { type: 'application/json', schema: paymentBody },
  answers: { 201: json('The copy', 'CertifiedCopyHistory') },
  handle: async ({ copies }, { ctx, actor, params, body }) => {
    const received = body as PaymentReceived;
    const { number } = await recordPayment(copies, { copy: params.copy ?? '', actor: actor.name, payment: received });
    ctx.status = 201;
    ctx.body = await presentHistory(copies, number);
  },
};

function pageOf(query: Readonly<Record<string, unknown>>) {
  return { limit: Number(query.limit), ...(query.cursor ? { before: Number(query.cursor) } : {}) };
}

function presentPage({ copies, next }: Awaited<ReturnType<typeof listCopies>>): object {
  return { copies, ...(next === undefined ? {} : { next: String(next) }) };
}

async function presentHistory(context: Parameters<typeof copyHistory>[0], copy = ''): Promise<object> {
  const { line, statement, events } = await copyHistory(context, copy);
  return {
    copy: line,
    ...(statement ? { statement } : {}),
    events: events.map(({ sequence, time, type, actor, detail }) => ({ sequence, time, type, actor, detail })),
  };
}

export const certifiedCopyRoutes: readonly Route[] = [issue, ofRecord, register, read, revoke, deliver, payment, pay];
