import type { Context } from 'koa';
import {
  acceptInvitation,
  closeSession,
  findInvitation,
  noteSignIn,
  openSession,
  passkeyRequest,
  type SignInOutcome,
  signInByCode,
  signInByPasskey,
  signInByPassword,
} from '../../../archive/administration/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, readJson, readPlainForm } from '../../http/index.ts';
import { isLanguage } from '../../messages/index.ts';
import { answerWith, goTo, ownAddress } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { languageCookie } from '../page-view.ts';
import {
  callerOf,
  dropSession,
  ownCookie,
  ownOrigin,
  sessionSecret,
  setSession,
  setStep,
  takeStep,
} from './cookies.ts';
import { CodePage, InvitationPage, SignInPage } from './page.tsx';

const year = 365 * 86_400_000;

/** Coming in, going out, and the language, which needs no one to be known. */
export const sessionPages: readonly PageRoute[] = [
  { method: 'get', path: '/sign-in', answer: show },
  { method: 'post', path: '/sign-in', answer: signIn },
  { method: 'post', path: '/sign-in/code', answer: giveCode },
  { method: 'post', path: '/sign-in/passkey/request', answer: askPasskey },
  { method: 'post', path: '/sign-in/passkey', answer: givePasskey },
  { method: 'post', path: '/sign-in/provider', answer: askProvider },
  { method: 'get', path: '/sign-in/provider', answer: takeProvidersAnswer },
  { method: 'post', path: '/invitation', answer: accept },
  { method: 'post', path: '/sign-out', action: 'account.use', answer: signOut },
  {
    method: 'get',
    path: '/language/:language',
    answer: ({ ctx, params, query }) => {
      if (isLanguage(params.language))
        ctx.cookies.set(languageCookie, params.language, { ...ownCookie(ctx), maxAge: year, httpOnly: true });
      goTo(ctx, ownAddress(query.to));
    },
  },
];

/** A link is spent by opening it, not by asking what it is: HEAD leaves it be. An invitation is spent by its form. */
async function show(request: PageRequest): Promise<void> {
  const { ctx, service, view, query } = request;
  const { link } = query;
  if (link && ctx.method === 'GET') {
    const invitation = await findInvitation(service.accounts, link);
    if (invitation) return answerWith(ctx, <InvitationPage view={view} link={link} invitation={invitation} />);
    const secret = await openSession(service.context, link);
    if (secret) return enter(request, { kind: 'session', secret }, '/');
  }
  if (view.actor) return goTo(ctx, '/');
  const notice = query.changed === 'password' ? view.t.say('signIn.passwordSet') : undefined;
  refuse(request, link === undefined ? 200 : 401, {
    to: ownAddress(query.to),
    ...(link === undefined ? {} : { fault: view.t.say('signIn.spent') }),
    ...(notice ? { notice } : {}),
  });
}

async function signIn(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const to = ownAddress(form.get('to'));
  const outcome = await signInByPassword(
    service.accounts,
    callerOf(ctx),
    form.get('name') ?? '',
    form.get('password') ?? '',
  );
  if (outcome.kind === 'second-factor') {
    setStep(ctx, outcome.secret);
    return answerWith(ctx, <CodePage view={view} to={to} />);
  }
  await enter(request, outcome, to);
}

async function giveCode(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const to = ownAddress(form.get('to'));
  const outcome = await signInByCode(service.accounts, callerOf(ctx), takeStep(ctx) ?? '', form.get('code') ?? '');
  if (outcome.kind === 'second-factor') {
    setStep(ctx, outcome.secret);
    return answerWith(ctx, <CodePage view={view} to={to} fault={view.t.say('signIn.wrongCode')} />, 401);
  }
  await enter(request, outcome, to);
}

async function askPasskey({ ctx, service }: PageRequest): Promise<void> {
  ctx.body = await passkeyRequest(service.accounts, { origin: ownOrigin(service, ctx) });
}

async function givePasskey(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const sent = await readJson(ctx.req, ['application/json']);
  const party = { origin: ownOrigin(service, ctx) };
  const outcome = await signInByPasskey(service.accounts, callerOf(ctx), party, sent, view.actor?.person);
  await enter(request, outcome, '/');
  ctx.status = 200;
  ctx.remove('Location');
  ctx.body = { ok: true };
}

async function askProvider({ ctx, service }: PageRequest): Promise<void> {
  await readPlainForm(ctx.req);
  const provider = service.identityProvider;
  if (!provider) throw new ArchiveError('ADDRESS_UNKNOWN', 'No identity provider is configured.');
  const { address, state } = await provider.begin(service.accounts, `${ownOrigin(service, ctx)}/sign-in/provider`);
  setStep(ctx, state);
  goTo(ctx, address);
}

async function takeProvidersAnswer(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const provider = service.identityProvider;
  if (!provider) throw new ArchiveError('ADDRESS_UNKNOWN', 'No identity provider is configured.');
  const answer = new URL(ctx.url, ownOrigin(service, ctx));
  const outcome = await provider.finish(service.accounts, callerOf(ctx), answer, takeStep(ctx));
  if (outcome.kind === 'refused') return refuse(request, 401, { fault: view.t.say('signIn.notLinked') });
  await enter(request, outcome, '/');
}

/** Goes on with a session, or says why there is none. */
async function enter(request: PageRequest, outcome: SignInOutcome, to: string): Promise<void> {
  const { ctx, service, view } = request;
  if (outcome.kind === 'session') {
    const before = sessionSecret(ctx);
    if (before) await closeSession(service.context, before);
    setSession(ctx, outcome.secret);
    return goTo(ctx, to);
  }
  if (outcome.kind === 'locked') {
    waitUntil(ctx, outcome.until, service.context.clock());
    return refuse(request, 429, { to, fault: view.t.problem('TOO_MANY_ATTEMPTS') });
  }
  refuse(request, 401, { to, fault: view.t.say('signIn.refused') });
}

export function waitUntil(ctx: Context, until: string, now: Date): void {
  ctx.set('Retry-After', String(Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000))));
}

function refuse(
  { ctx, service, view }: PageRequest,
  status: number,
  told: { to?: string; fault?: string; notice?: string },
): void {
  const hasProvider = service.identityProvider !== undefined;
  answerWith(ctx, <SignInPage view={view} hasProvider={hasProvider} {...told} />, status);
}

async function accept({ ctx, service, view }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  const link = form.get('link') ?? '';
  const names = { signInName: form.get('signInName') ?? '', displayName: form.get('displayName') ?? '' };
  try {
    await acceptInvitation(service.accounts, link, { password: form.get('password') ?? '', ...names });
  } catch (error) {
    const invitation = await findInvitation(service.accounts, link);
    if (!(error instanceof ArchiveError) || !invitation) throw error;
    const fault = error.code === 'PASSWORD_REFUSED' ? view.t.problem(error.code) : view.t.say('people.refused');
    return answerWith(ctx, <InvitationPage {...{ view, link, invitation, names, fault }} />, 422);
  }
  dropSession(ctx);
  goTo(ctx, '/sign-in?changed=password');
}

async function signOut({ ctx, service }: PageRequest): Promise<void> {
  const { person } = actorOf(ctx);
  const secret = sessionSecret(ctx);
  if (secret) await closeSession(service.context, secret);
  if (person)
    await noteSignIn(service.accounts, {
      kind: 'left',
      means: 'session',
      caller: callerOf(ctx),
      personId: person,
    });
  dropSession(ctx);
  goTo(ctx, '/sign-in');
}
