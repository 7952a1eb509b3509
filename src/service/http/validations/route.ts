import { etsiReport } from '../../../standards/signatures/index.ts';
import { readForm } from '../form.ts';
import type { Route } from '../route.ts';
import { validationBody, validationQuery } from './schema.ts';
import { validateSentFiles } from './validate-sent-files.ts';

const validate: Route = {
  method: 'post',
  path: '/validations',
  operation: 'validateSignatures',
  summary: 'Validate the signatures of a document by EN 319 102-1; nothing of it is kept',
  action: 'signature.validate',
  query: validationQuery,
  body: { type: 'multipart/form-data', schema: validationBody },
  answers: {
    200: {
      description: 'What was found, whatever the verdict; as XML where there is a signature',
      content: {
        'application/json': { $ref: '#/components/schemas/Validation' },
        'application/xml': { type: 'string', description: 'ETSI TS 119 102-2, on `Accept: application/xml`' },
      },
    },
  },
  handle: async (service, { ctx, query }) => {
    const at = query.at === undefined ? undefined : new Date(String(query.at));
    const [first] = await validateSentFiles(service, readForm(ctx.req), at);
    const xml = first && ctx.accepts('json', 'xml') === 'xml' ? etsiReport(first, first.file) : undefined;
    if (xml) {
      ctx.type = 'application/xml';
      ctx.body = Buffer.from(xml);
    } else ctx.body = first;
  },
};

export const validationRoutes: readonly Route[] = [validate];
