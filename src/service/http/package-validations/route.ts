import { readForm } from '../form.ts';
import { json, type Route } from '../route.ts';
import { packageValidationBody, packageValidationQuery } from './schema.ts';
import { validateSentPackage } from './validate-sent-package.ts';

const validate: Route = {
  method: 'post',
  path: '/package-validations',
  operation: 'validatePackage',
  summary: 'Judge an E-ARK package, anyone’s, by every requirement; nothing of it is kept',
  action: 'package.validate',
  query: packageValidationQuery,
  body: { type: 'multipart/form-data', schema: packageValidationBody },
  answers: { 200: json('What was found, whether or not the package is valid', 'PackageValidation') },
  handle: async (service, { ctx, query }) => {
    ctx.body = await validateSentPackage(service, readForm(ctx.req), query.spec as string | undefined);
  },
};

export const packageValidationRoutes: readonly Route[] = [validate];
