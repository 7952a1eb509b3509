import {
  type Action,
  actions,
  issueApiToken,
  listApiTokens,
  type Role,
  revokeApiToken,
  roles,
} from '../../../archive/administration/index.ts';
import { actorOf, readPlainForm } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { TokensPage } from './page.tsx';

/** The tokens of programs. */
export const tokenPages: readonly PageRoute[] = [
  { method: 'get', path: '/tokens', action: 'token.revoke', answer: (request) => show(request, {}) },
  { method: 'post', path: '/tokens', action: 'token.issue', answer: issue },
  { method: 'post', path: '/tokens/revoke', action: 'token.revoke', answer: revoke },
];

async function show({ ctx, service, view }: PageRequest, told: { fault?: string; secret?: string }, status = 200) {
  answerWith(
    ctx,
    <TokensPage view={view} tokens={await listApiTokens(service.context, actorOf(ctx))} {...told} />,
    status,
  );
}

async function issue(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const name = (form.get('name') ?? '').normalize('NFC').trim();
  const role = form.get('role') as Role;
  const scopes = form.getAll('scope').filter((scope): scope is Action => actions.includes(scope as Action));
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name) || !roles.includes(role))
    return show(request, { fault: view.t.say('tokens.refused') }, 422);
  const limits = scopes.length > 0 ? scopes : undefined;
  const secret = await issueApiToken(service.context, name, role, limits, actorOf(ctx));
  await show(request, { secret });
}

async function revoke({ ctx, service }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  await revokeApiToken(service.context, actorOf(ctx), form.get('token') ?? '');
  goTo(ctx, '/tokens');
}
