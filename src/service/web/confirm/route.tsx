import { closeSession, confirmPerson, hasTotp, ownPerson } from '../../../archive/administration/index.ts';
import { actorOf, readPlainForm } from '../../http/index.ts';
import { answerWith, goTo, ownAddress } from '../answer.ts';
import { CodeField, Fault, PasswordField } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { callerOf, sessionSecret, setSession } from '../session/cookies.ts';
import { PasskeyButton } from '../session/page.tsx';
import { waitUntil } from '../session/route.tsx';

/** Proving anew who one is, before what cannot be taken back. */
export const confirmPages: readonly PageRoute[] = [
  { method: 'get', path: '/confirm', action: 'account.use', answer: (request) => show(request, request.query.to) },
  { method: 'post', path: '/confirm', action: 'account.use', answer: confirm },
];

async function show({ ctx, service, view }: PageRequest, to: string | undefined, fault?: string, status = 200) {
  const { t } = view;
  const person = await ownPerson(service.accounts, actorOf(ctx));
  const asksCode = await hasTotp(service.accounts, person.id);
  answerWith(
    ctx,
    <Layout view={view} title={t.say('confirm.title')} scripts={['passkey.js']}>
      <h1>{t.say('confirm.title')}</h1>
      <Fault text={fault} />
      <p class="lead">{t.say('confirm.lead')}</p>
      <form method="post" action="/confirm" class="narrow">
        <input type="hidden" name="to" value={ownAddress(to)} />
        <PasswordField id="password" label={t.say('signIn.password')} />
        {asksCode ? <CodeField view={view} /> : null}
        <button type="submit" class="primary">
          {t.say('confirm.submit')}
        </button>
      </form>
      <PasskeyButton view={view} request="/sign-in/passkey/request" answer="/sign-in/passkey" to={ownAddress(to)} />
      {asksCode ? null : <p class="muted">{t.say('confirm.noFactor')}</p>}
    </Layout>,
    status,
  );
}

async function confirm(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const to = form.get('to') ?? '/';
  const proof = { password: form.get('password') ?? '', code: form.get('code') ?? '' };
  const outcome = await confirmPerson(service.accounts, callerOf(ctx), actorOf(ctx), proof);
  if (outcome.kind === 'session') {
    const before = sessionSecret(ctx);
    if (before) await closeSession(service.context, before);
    setSession(ctx, outcome.secret);
    return goTo(ctx, ownAddress(to));
  }
  if (outcome.kind === 'locked') {
    waitUntil(ctx, outcome.until, service.context.clock());
    return show(request, to, view.t.problem('TOO_MANY_ATTEMPTS'), 429);
  }
  await show(request, to, view.t.say('signIn.refused'), 401);
}
