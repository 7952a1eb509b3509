import {
  type CopyRequest,
  completeCopy,
  type PreparedCopy,
  prepareCopy,
  withdrawPrepared,
} from '../../../archive/access/index.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { json, type Route, recordFor } from '../route.ts';
import { readSignedCertificate } from './read-signed-certificate.ts';
import { copyBody, signedCertificateBody } from './schema.ts';
import { sendCopy } from './send-copy.ts';

const prepare: Route = {
  method: 'post',
  path: '/records/:record/prepared-copies',
  operation: 'prepareCertifiedCopy',
  summary: 'Prepare a certified copy whose certificate the authorised person signs before it is sealed',
  action: 'copy.issue',
  body: { type: 'application/json', schema: copyBody },
  answers: { 201: json('What waits to be signed', 'PreparedCopy', ['Location']) },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'copy.issue');
    const wish = body as Omit<CopyRequest, 'record' | 'actor'>;
    const prepared = await prepareCopy(service.copies, { ...wish, record: record.id, actor: actor.name });
    ctx.set('Location', `/api/v1/prepared-copies/${prepared.id}/certificate`);
    ctx.status = 201;
    ctx.body = present(prepared);
  },
};

const list: Route = {
  method: 'get',
  path: '/prepared-copies',
  operation: 'listPreparedCopies',
  summary: 'Copies whose certificates wait for the authorised person’s signature, oldest first',
  action: 'copy.issue',
  answers: { 200: json('The copies', 'PreparedCopyList') },
  handle: async ({ copies }, { ctx, actor }) => {
    ctx.body = { copies: (await copies.prepared.list(actor.institution)).map(present) };
  },
};

const certificate: Route = {
  method: 'get',
  path: '/prepared-copies/:copy/certificate',
  operation: 'readPreparedCertificate',
  summary: 'The certificate to be signed',
  action: 'copy.issue',
  answers: {
    200: {
      description: 'PDF/A-3, not sealed yet',
      content: { 'application/pdf': { type: 'string', contentMediaType: 'application/pdf' } },
      headers: ['Content-Disposition'],
    },
  },
  handle: async ({ copies }, { ctx, actor, params }) => {
    const prepared = await copies.prepared.find(actor.institution, params.copy ?? '');
    ctx.type = 'application/pdf';
    ctx.set('Content-Disposition', contentDisposition('attachment', `${prepared.statement.number}-to-sign.pdf`));
    ctx.body = await copies.prepared.certificate(prepared);
  },
};

const complete: Route = {
  method: 'post',
  path: '/prepared-copies/:copy/signed-certificate',
  operation: 'completePreparedCopy',
  summary:
    'Return the certificate with the authorised person’s signature: it is checked and sealed, and the copy is issued',
  action: 'copy.issue',
  body: { type: 'multipart/form-data', schema: signedCertificateBody },
  answers: {
    201: {
      description: 'The files of the copy, as one ZIP',
      content: { 'application/zip': { type: 'string', contentMediaType: 'application/zip' } },
      headers: ['Content-Disposition', 'Trajno-Copy'],
    },
  },
  handle: async ({ copies }, { ctx, params }) => {
    const issued = await completeCopy(copies, params.copy ?? '', await readSignedCertificate(ctx.req));
    ctx.status = 201;
    await sendCopy(ctx, issued, issued.statement.record.number);
  },
};

const withdraw: Route = {
  method: 'post',
  path: '/prepared-copies/:copy/withdrawal',
  operation: 'withdrawPreparedCopy',
  summary: 'Give up a prepared copy; its number is void',
  action: 'copy.issue',
  answers: { 200: json('Those that still wait', 'PreparedCopyList') },
  handle: async ({ copies }, { ctx, actor, params }) => {
    await withdrawPrepared(copies, params.copy ?? '', actor.name);
    ctx.body = { copies: (await copies.prepared.list(actor.institution)).map(present) };
  },
};

function present({ id, statement, expiresAt }: PreparedCopy): object {
  const { number, isTest, record, authorisedPerson } = statement;
  return {
    ...{ id, number, isTest, record: record.id, recordNumber: record.number, expiresAt },
    ...(authorisedPerson
      ? { person: authorisedPerson.name, certificateSerial: authorisedPerson.certificateSerial }
      : {}),
    certificate: `/api/v1/prepared-copies/${id}/certificate`,
  };
}

export const preparedCopyRoutes: readonly Route[] = [prepare, list, certificate, complete, withdraw];
