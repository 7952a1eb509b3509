import type { ListedToken, Passkey, Person, SignInEvent } from '../../../archive/data-management/index.ts';
import { CodeField, Fault, PasswordField, TextField } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface AccountProps {
  readonly view: PageView;
  readonly person: Person;
  readonly hasCodes: boolean;
  readonly passkeys: readonly Passkey[];
  readonly sessions: readonly ListedToken[];
  readonly events: readonly SignInEvent[];
  readonly hasProvider: boolean;
  readonly fault?: string;
}

/** How a person signs in, where they are signed in, and who tried. */
export function AccountPage(props: AccountProps) {
  const { view, person, fault } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t.say('account.title')} scripts={['passkey.js']}>
      <h1>{t.say('account.title')}</h1>
      <Fault text={fault} />
      <dl class="facts">
        <dt>{t.say('people.displayName')}</dt>
        <dd>{person.displayName}</dd>
        <dt>{t.say('people.signInName')}</dt>
        <dd>{person.signInName}</dd>
        <dt>{t.say('people.roles')}</dt>
        <dd>{person.roles.map((role) => t.role(role)).join(', ')}</dd>
      </dl>
      <Codes {...props} />
      <Passkeys {...props} />
      {props.hasProvider ? (
        <form method="post" action="/account/identity" class="narrow">
          <button type="submit">{t.say('account.link')}</button>
        </form>
      ) : null}
      <Password {...props} />
      <Sessions {...props} />
      <Events {...props} />
    </Layout>
  );
}

function Password({ view: { t } }: AccountProps) {
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{t.say('account.changePassword')}</h2>
      <form method="post" action="/account/password" class="narrow">
        <PasswordField id="old" label={t.say('account.oldPassword')} />
        <PasswordField
          id="password"
          label={t.say('account.newPassword')}
          hint={t.say('account.passwordHint')}
          autocomplete="new-password"
        />
        <button type="submit">{t.say('account.changePassword')}</button>
      </form>
    </section>
  );
}

function Codes({ view, hasCodes }: AccountProps) {
  const { t } = view;
  return (
    <section aria-labelledby="codes-title">
      <h2 id="codes-title">{t.say('account.codes')}</h2>
      <p>{t.say(hasCodes ? 'account.codesOn' : 'account.codesOff')}</p>
      <form method="post" action={hasCodes ? '/account/codes/end' : '/account/codes'} class="narrow">
        <PasswordField id="codes-password" name="password" label={t.say('signIn.password')} />
        {hasCodes ? <CodeField view={view} /> : null}
        <button type="submit">{t.say(hasCodes ? 'account.codesEnd' : 'account.codesBegin')}</button>
      </form>
    </section>
  );
}

function Passkeys({ view, passkeys }: AccountProps) {
  const { t } = view;
  return (
    <section aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t.say('account.passkeys')}</h2>
      <p>{t.say('account.passkeysHint')}</p>
      <ul class="plain-list">
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id} class="card">
            <span class="title">{name}</span>
            <span class="meta">{t.time(lastUsedAt ?? createdAt)}</span>
            <form method="post" action="/account/passkeys/drop">
              <input type="hidden" name="passkey" value={id} />
              <button type="submit" aria-label={t.say('account.passkeyDrop', { name })}>
                {t.say('account.drop')}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <div
        hidden
        class="narrow"
        data-passkey="create"
        data-request="/account/passkeys/request"
        data-answer="/account/passkeys"
        data-to="/account"
      >
        <TextField id="passkey-name" label={t.say('account.passkeyName')} isOptional maxLength={100} />
        <button type="button">{t.say('account.passkeyAdd')}</button>{' '}
        <span role="alert" data-fault={t.problem('PASSKEY_REFUSED')} />
      </div>
    </section>
  );
}

function Sessions({ view: { t, actor }, sessions }: AccountProps) {
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t.say('account.sessions')}</h2>
      <ul>
        {sessions.map(({ id, createdAt, lastSeenAt, provedAt }) => (
          <li key={id}>
            {t.say('account.session', { from: t.time(createdAt), seen: t.time(lastSeenAt ?? createdAt) })}
            {provedAt === actor?.provedAt ? ` (${t.say('account.thisSession')})` : ''}
          </li>
        ))}
      </ul>
      <form method="post" action="/account/sessions/end">
        <button type="submit">{t.say('account.endSessions')}</button>
      </form>
    </section>
  );
}

function Events({ view: { t }, events }: AccountProps) {
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">{t.say('account.events')}</h2>
      <ul>
        {events.map(({ time, kind, address }) => (
          <li key={`${time} ${kind}`}>
            {t.time(time)} – {t.say(`came.${kind}`)} ({address})
          </li>
        ))}
      </ul>
    </section>
  );
}
