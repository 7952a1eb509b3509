import { copyChannels } from '../../../archive/access/index.ts';
import { count, day, list, named, object, paging, type Schema, sha256, text, utc } from '../schemas.ts';

const channel: Schema = { enum: [...copyChannels] };

const line: Schema = object(
  {
    ...{ id: text, number: text, issuedAt: utc, issuedBy: text, record: text, recordNumber: text },
    ...{
      requestedOn: day,
      purpose: text,
      recipient: text,
      legalInterest: text,
      fee: text,
      channel,
      person: text,
      verdict: text,
    },
    form: { enum: ['electronic'] },
    pages: object({ certificate: count, originals: count }, ['certificate']),
    personSignature: { type: 'object' },
    ...{ paidOn: day, paidAmount: text, revokedAt: utc, revokedReason: text },
  },
  ['id', 'number', 'issuedAt', 'issuedBy', 'record', 'recordNumber'],
);

const event: Schema = object({ sequence: count, time: utc, type: text, actor: text, detail: { type: 'object' } }, [
  'sequence',
  'time',
  'type',
  'actor',
  'detail',
]);

const payment: Schema = object(
  {
    ...{ number: text, account: text, payee: text, amount: text, code: text, purpose: text },
    ...{ reference: text, writtenReference: text, ipsText: text },
    paid: object({ on: day, amount: text }, ['on', 'amount']),
  },
  ['number', 'account', 'payee', 'amount', 'code', 'purpose', 'reference', 'writtenReference', 'ipsText'],
);

const prepared: Schema = object(
  {
    ...{ id: text, number: text, isTest: { type: 'boolean' }, record: text, recordNumber: text, expiresAt: utc },
    ...{ person: text, certificateSerial: text, certificate: text },
  },
  ['id', 'number', 'isTest', 'record', 'recordNumber', 'expiresAt', 'certificate'],
);

export const certifiedCopySchemas = {
  PreparedCopy: prepared,
  PreparedCopyList: object({ copies: list(named('PreparedCopy')) }, ['copies']),
  CopyPayment: payment,
  CertifiedCopy: line,
  CertifiedCopyList: object({ copies: list(named('CertifiedCopy')), next: text }, ['copies']),
  CertifiedCopyHistory: object({ copy: named('CertifiedCopy'), statement: { type: 'object' }, events: list(event) }, [
    'copy',
    'events',
  ]),
} as const;

const said = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });

export const copyBody: Schema = {
  type: 'object',
  properties: {
    script: { enum: ['Cyrl', 'Latn'] },
    purpose: said(500),
    place: said(100),
    recipient: said(200),
    requestedOn: day,
    legalInterest: said(500),
    fee: said(100),
    channel,
    decision: said(1000),
    person: {
      type: 'object',
      properties: { name: said(200), capacity: said(200), act: said(300), certificateSerial: said(100) },
      required: ['name', 'capacity', 'act'],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const revocationBody: Schema = {
  type: 'object',
  properties: { reason: said(1000) },
  required: ['reason'],
  additionalProperties: false,
};

export const deliveryBody: Schema = {
  type: 'object',
  properties: {
    channel,
    sentOn: day,
    proof: { type: 'object', properties: { record: said(60), sha256 }, additionalProperties: false },
    effectiveOn: day,
    legalBasis: said(300),
  },
  required: ['channel', 'sentOn'],
  additionalProperties: false,
};

export const paymentBody: Schema = {
  type: 'object',
  properties: { paidOn: day, amount: said(30), proof: said(100) },
  required: ['paidOn'],
  additionalProperties: false,
};

export const signedCertificateBody: Schema = {
  type: 'object',
  properties: { certificate: { type: 'string', contentMediaType: 'application/pdf' } },
  required: ['certificate'],
};

export const registerQuery: Schema = { type: 'object', properties: paging, additionalProperties: false };
