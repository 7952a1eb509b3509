import type { Context } from 'koa';
import { contentDisposition } from './files/content-disposition.ts';
import type { Answer } from './route.ts';

/** Media types of documents that the archive makes. */
export const documentTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  json: 'application/json',
  p7s: 'application/pkcs7-signature',
  bin: 'application/octet-stream',
} as const;

/** A document of one of the types; only ever an attachment. */
export function sendDocument(ctx: Context, name: string, form: keyof typeof documentTypes, bytes: Uint8Array): void {
  ctx.set('Content-Disposition', contentDisposition('attachment', name));
  ctx.type = documentTypes[form];
  ctx.body = Buffer.from(bytes);
}

/** How OpenAPI tells of such an answer. */
export function documentAnswer(description: string, forms: readonly (keyof typeof documentTypes)[]): Answer {
  const binary = { type: 'string', contentMediaType: 'application/octet-stream' };
  return {
    description,
    content: Object.fromEntries(
      forms.map((form) => [documentTypes[form], form === 'json' ? { type: 'object' } : binary]),
    ),
    headers: ['Content-Disposition'],
  };
}
