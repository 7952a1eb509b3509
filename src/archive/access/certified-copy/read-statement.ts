import { Ajv2020 } from 'ajv/dist/2020.js';
import { FormatError } from '../../../base/index.ts';
import type { CopyStatement } from './copy-statement.ts';

const text = { type: 'string', maxLength: 4000 };
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const sha512 = { type: 'string', pattern: '^[0-9a-f]{128}$' };
const utc = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' };
const verdict = {
  type: 'object',
  required: ['indication', 'validatedAt'],
  properties: { indication: text, validatedAt: utc },
};

/** What the checks rely on; further members are let be. */
const isStatement = new Ajv2020({ allErrors: false }).compile<CopyStatement>({
  type: 'object',
  required: [
    ...['statement', 'number', 'isTest', 'code', 'issuedAt', 'issuer', 'seal', 'record'],
    ...['files', 'signatures', 'verdict', 'preservation'],
  ],
  properties: {
    statement: { const: 'trajno-certified-copy-1' },
    number: text,
    isTest: { type: 'boolean' },
    code: text,
    verifyAt: text,
    evidenceAt: text,
    issuedAt: utc,
    issuer: { type: 'object', required: ['kind', 'name'], properties: { kind: text, name: text } },
    personSignature: { const: true },
    authorisedPerson: { type: 'object', required: ['name'], properties: { name: text, certificateSerial: text } },
    seal: {
      type: 'object',
      required: ['name', 'certificateSha256', 'anchorName', 'anchorSha256'],
      properties: { name: text, certificateSha256: sha256, anchorName: text, anchorSha256: sha256 },
    },
    record: {
      type: 'object',
      required: ['id', 'number', 'title'],
      properties: { id: text, number: text, title: text },
    },
    files: {
      type: 'array',
      minItems: 1,
      maxItems: 10_000,
      items: {
        type: 'object',
        required: ['name', 'originalName', 'size', 'sha256', 'sha512'],
        properties: { name: text, originalName: text, size: { type: 'integer' }, sha256, sha512 },
      },
    },
    signatures: {
      type: 'array',
      maxItems: 10_000,
      items: {
        type: 'object',
        required: ['file', 'now'],
        properties: { file: text, now: verdict, atArchiving: verdict },
      },
    },
    verdict: { enum: ['TOTAL_PASSED', 'INDETERMINATE', 'NONE'] },
    preservation: { type: 'object', required: ['provenUntil'], properties: { provenUntil: utc } },
  },
});

/** Reads `copy.json`. @throws FormatError when it is none */
export function readStatement(bytes: Uint8Array): CopyStatement {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new FormatError('copy.json', 'it is not JSON', { cause });
  }
  if (isStatement(value)) return value;
  const [fault] = isStatement.errors ?? [];
  throw new FormatError('copy.json', `${fault?.instancePath || '/'} ${fault?.message}`);
}
