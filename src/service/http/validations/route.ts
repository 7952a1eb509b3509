import { readForm } from '../form.ts';
import { json, type Route } from '../route.ts';
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
  answers: { 200: json('What was found, whatever the verdict', 'Validation') },
  handle: async (service, { ctx, query }) => {
    const at = query.at === undefined ? undefined : new Date(String(query.at));
    const [first] = await validateSentFiles(service, readForm(ctx.req), at);
    ctx.body = first;
  },
};

export const validationRoutes: readonly Route[] = [validate];
