import {
  acceptTotp,
  addPasskey,
  changePassword,
  closeAllSessions,
  closeSession,
  confirmPerson,
  dropPasskey,
  endTotp,
  hasTotp,
  offerTotp,
  openTotpOffer,
  ownPerson,
  passkeyOffer,
  type SignInOutcome,
  sessionsOf,
} from '../../../archive/administration/index.ts';
import { listPasskeys, listSignInEvents } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, readJson, readPlainForm } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { callerOf, dropSession, ownOrigin, sessionSecret, setSession, setStep } from '../session/cookies.ts';
import { waitUntil } from '../session/route.tsx';
import { AccountPage } from './page.tsx';
import { RecoveryCodesPage, TotpPage } from './totp-page.tsx';

/** A person's own account: everyone has it, whatever their roles. */
export const accountPages: readonly PageRoute[] = [
  { method: 'get', path: '/account', action: 'account.use', answer: (request) => show(request) },
  { method: 'post', path: '/account/password', action: 'account.use', answer: setPassword },
  { method: 'post', path: '/account/codes', action: 'account.use', answer: beginCodes },
  { method: 'get', path: '/account/codes', action: 'account.use', answer: (request) => showOffer(request) },
  { method: 'post', path: '/account/codes/first', action: 'account.use', answer: takeFirstCode },
  { method: 'post', path: '/account/codes/end', action: 'account.use', answer: endCodes },
  { method: 'post', path: '/account/passkeys/request', action: 'account.use', answer: askPasskey },
  { method: 'post', path: '/account/passkeys', action: 'account.use', answer: keepPasskey },
  { method: 'post', path: '/account/passkeys/drop', action: 'account.use', answer: forgetPasskey },
  { method: 'post', path: '/account/identity', action: 'account.use', answer: linkIdentity },
  { method: 'post', path: '/account/sessions/end', action: 'account.use', answer: endSessions },
];

/** How old a proof may be for adding or taking away a means to sign in. */
const recentMinutes = 10;

async function show({ ctx, service, view }: PageRequest, fault?: string, status = 200): Promise<void> {
  const actor = actorOf(ctx);
  const person = await ownPerson(service.accounts, actor);
  const { catalog } = service.context;
  answerWith(
    ctx,
    <AccountPage
      view={view}
      person={person}
      hasCodes={await hasTotp(service.accounts, person.id)}
      passkeys={await listPasskeys(catalog, person.id)}
      sessions={await sessionsOf(service.accounts, { ...actor, person: person.id })}
      events={await listSignInEvents(catalog, actor.institution, person.id, 20)}
      hasProvider={service.identityProvider !== undefined}
      {...(fault ? { fault } : {})}
    />,
    status,
  );
}

async function setPassword(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const words = { old: form.get('old') ?? '', wanted: form.get('password') ?? '' };
  try {
    await goOn(request, await changePassword(service.accounts, callerOf(ctx), actorOf(ctx), words));
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'PASSWORD_REFUSED') throw error;
    await show(request, view.t.problem(error.code), 422);
  }
}

/** A session, or why there is none. */
async function goOn(request: PageRequest, outcome: SignInOutcome, to = '/account'): Promise<void> {
  const { ctx, service, view } = request;
  if (outcome.kind === 'session') {
    const before = sessionSecret(ctx);
    if (before) await closeSession(service.context, before);
    setSession(ctx, outcome.secret);
    return goTo(ctx, to);
  }
  if (outcome.kind === 'locked') {
    waitUntil(ctx, outcome.until, service.context.clock());
    return show(request, view.t.problem('TOO_MANY_ATTEMPTS'), 429);
  }
  await show(request, view.t.say('signIn.refused'), 401);
}

/** Whoever finds a browser open must not make themselves at home in it: the password is asked for again. */
async function beginCodes(request: PageRequest): Promise<void> {
  const { ctx, service } = request;
  const form = await readPlainForm(ctx.req);
  const outcome = await confirmPerson(service.accounts, callerOf(ctx), actorOf(ctx), {
    password: form.get('password') ?? '',
  });
  if (outcome.kind === 'session') await offerTotp(service.accounts, actorOf(ctx));
  await goOn(request, outcome, '/account/codes');
}

async function showOffer({ ctx, service, view }: PageRequest, fault?: string, status = 200): Promise<void> {
  const offer = await openTotpOffer(service.accounts, actorOf(ctx));
  if (!offer) return goTo(ctx, '/account');
  answerWith(ctx, <TotpPage view={view} offer={offer} {...(fault ? { fault } : {})} />, status);
}

async function takeFirstCode(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const codes = await acceptTotp(service.accounts, actorOf(ctx), form.get('code') ?? '');
  if (!codes) return showOffer(request, view.t.say('signIn.wrongCode'), 401);
  answerWith(ctx, <RecoveryCodesPage view={view} codes={codes} />);
}

async function endCodes(request: PageRequest): Promise<void> {
  const { ctx, service } = request;
  const form = await readPlainForm(ctx.req);
  const proof = { password: form.get('password') ?? '', code: form.get('code') ?? '' };
  const outcome = await confirmPerson(service.accounts, callerOf(ctx), actorOf(ctx), proof);
  if (outcome.kind === 'session') await endTotp(service.accounts, actorOf(ctx));
  await goOn(request, outcome);
}

async function askPasskey({ ctx, service }: PageRequest): Promise<void> {
  requireRecentProof({ ctx, service });
  ctx.body = await passkeyOffer(service.accounts, actorOf(ctx), { origin: ownOrigin(service, ctx) });
}

async function keepPasskey({ ctx, service }: PageRequest): Promise<void> {
  const sent = (await readJson(ctx.req, ['application/json'])) as { name?: unknown; response?: unknown };
  const party = { origin: ownOrigin(service, ctx) };
  const key = { name: String(sent.name ?? ''), response: sent.response };
  await addPasskey(service.accounts, actorOf(ctx), party, key);
  ctx.body = { ok: true };
}

async function forgetPasskey({ ctx, service }: PageRequest): Promise<void> {
  requireRecentProof({ ctx, service });
  const form = await readPlainForm(ctx.req);
  await dropPasskey(service.accounts, actorOf(ctx), form.get('passkey') ?? '');
  goTo(ctx, '/account');
}

async function linkIdentity({ ctx, service }: PageRequest): Promise<void> {
  requireRecentProof({ ctx, service });
  await readPlainForm(ctx.req);
  const provider = service.identityProvider;
  if (!provider) throw new ArchiveError('ADDRESS_UNKNOWN', 'No identity provider is configured.');
  const back = `${ownOrigin(service, ctx)}/sign-in/provider`;
  const { address, state } = await provider.begin(service.accounts, back, actorOf(ctx));
  setStep(ctx, state);
  goTo(ctx, address);
}

async function endSessions({ ctx, service }: PageRequest): Promise<void> {
  await readPlainForm(ctx.req);
  const person = await ownPerson(service.accounts, actorOf(ctx));
  await closeAllSessions(service.accounts, person.id);
  dropSession(ctx);
  goTo(ctx, '/sign-in');
}

function requireRecentProof({ ctx, service }: Pick<PageRequest, 'ctx' | 'service'>): void {
  const age = service.context.clock().getTime() - Date.parse(actorOf(ctx).provedAt ?? '');
  if (!(age <= recentMinutes * 60_000))
    throw new ArchiveError('FRESH_PROOF_REQUIRED', 'Confirm that it is you, and do it again within ten minutes.');
}
