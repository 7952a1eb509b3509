import { list, object, type Schema, text, utc } from '../schemas.ts';

const trustedList = object(
  { territory: text, sequenceNumber: { type: 'integer' }, sha256: text, stale: { type: 'boolean' } },
  ['territory', 'sequenceNumber', 'sha256'],
);

const indication = { enum: ['PASSED', 'INDETERMINATE', 'FAILED'] };

const timestamp = object(
  {
    id: text,
    type: text,
    productionTime: utc,
    indication,
    subIndication: text,
    reason: text,
    reasonCode: text,
    signedBy: text,
    tsaCertSha256: text,
    digestAlg: text,
    qualification: text,
    trustedList,
  },
  ['id', 'type', 'productionTime', 'indication', 'reason'],
);

const signature = object(
  {
    id: text,
    format: text,
    indication: { enum: ['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED'] },
    subIndication: text,
    reason: text,
    reasonCode: text,
    signedBy: text,
    signingCertSha256: text,
    signingCertSerial: text,
    signingCertIssuer: text,
    sigValueSha256: text,
    claimedSigningTime: utc,
    bestSignatureTime: utc,
    digestAlg: text,
    signatureAlg: text,
    qualification: text,
    trustedList,
    timestamps: list(timestamp),
    proofs: list(object({ time: utc, by: text }, ['time', 'by'])),
    withoutProofs: object({ indication: text, subIndication: text }, ['indication']),
    intact: { type: 'boolean' },
    valid: { type: 'boolean' },
    modifications: list({ type: 'object' }),
    scopes: list({ type: 'object' }),
  },
  ['id', 'format', 'indication', 'reason', 'bestSignatureTime', 'timestamps', 'intact', 'valid', 'scopes'],
);

const evidenceRecord = object(
  {
    id: text,
    type: text,
    indication,
    subIndication: text,
    reason: text,
    reasonCode: text,
    notCovered: list(text),
    timestamps: list(timestamp),
  },
  ['id', 'type', 'indication', 'reason', 'timestamps'],
);

export const validationQuery: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    at: { ...utc, description: 'The validation time; now when left out' },
  },
};

export const validationBody: Schema = {
  type: 'object',
  properties: {
    document: { type: 'string', format: 'binary', description: 'The signed document, or the signature' },
    content: {
      type: 'array',
      items: { type: 'string', format: 'binary' },
      description: 'What a detached signature is over, each under its own name; evidence records too',
    },
  },
};

export const validationSchemas = {
  Validation: object(
    {
      file: text,
      sha256: text,
      container: text,
      validationTime: utc,
      policy: text,
      signatures: list(signature),
      evidenceRecords: list(evidenceRecord),
      timestamps: list(timestamp),
      error: object({ code: text, message: text }, ['code', 'message']),
    },
    ['file', 'sha256', 'container', 'validationTime', 'policy', 'signatures', 'evidenceRecords', 'timestamps'],
  ),
};
