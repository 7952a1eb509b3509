import { type Action, issueApiToken, type Role } from '../../../archive/administration/index.ts';
import { json, type Route } from '../route.ts';
import { tokenBody } from './schema.ts';

const issue: Route = {
  method: 'post',
  path: '/tokens',
  operation: 'issueToken',
  summary: 'A bearer token for a person or program with this role',
  action: 'token.issue',
  body: { type: 'application/json', schema: tokenBody },
  answers: { 201: json('The token', 'Token') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const { name, role, scopes } = body as { name: string; role: Role; scopes?: Action[] };
    const token = await issueApiToken(context, name, role, scopes, actor);
    ctx.status = 201;
    ctx.body = { name, role, ...(scopes ? { scopes } : {}), token };
  },
};

export const tokenRoutes: readonly Route[] = [issue];
