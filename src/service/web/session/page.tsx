import type { Invitation } from '../../../archive/administration/index.ts';
import { CodeField, Fault, PasswordField, TextField } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface SignInProps {
  readonly view: PageView;
  /** Where to go on to afterwards. */
  readonly to?: string;
  readonly fault?: string;
  /** What was said well. */
  readonly notice?: string;
  readonly hasProvider?: boolean;
}

/** Coming in by name and password, by a passkey, or by an identity provider. */
export function SignInPage({ view, to = '/', fault, notice, hasProvider = false }: SignInProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('signIn.title')} scripts={['passkey.js']}>
      <h1>{t.say('signIn.title')}</h1>
      <Fault text={fault} />
      {notice ? (
        <p class="notice" role="status">
          {notice}
        </p>
      ) : null}
      <form method="post" action="/sign-in" class="narrow">
        <input type="hidden" name="to" value={to} />
        <TextField id="name" label={t.say('signIn.name')} autocomplete="username webauthn" />
        <PasswordField id="password" label={t.say('signIn.password')} />
        <button type="submit" class="primary">
          {t.say('signIn.submit')}
        </button>
      </form>
      <PasskeyButton view={view} request="/sign-in/passkey/request" answer="/sign-in/passkey" to={to} />
      {hasProvider ? (
        <form method="post" action="/sign-in/provider" class="narrow">
          <button type="submit">{t.say('signIn.provider')}</button>
        </form>
      ) : null}
      <p class="muted">{t.say('signIn.forgotten')}</p>
      <p class="muted">{t.say('signIn.programs')}</p>
    </Layout>
  );
}

interface PasskeyProps {
  readonly view: PageView;
  readonly request: string;
  readonly answer: string;
  readonly to: string;
}

/** Shown by the script where the browser knows passkeys. */
export function PasskeyButton({ view: { t }, request, answer, to }: PasskeyProps) {
  return (
    <p hidden data-passkey="get" data-request={request} data-answer={answer} data-to={to}>
      <button type="button">{t.say('signIn.passkey')}</button>{' '}
      <span role="alert" data-fault={t.problem('PASSKEY_REFUSED')} />
    </p>
  );
}

interface CodeProps {
  readonly view: PageView;
  readonly to: string;
  readonly fault?: string;
}

/** The second factor. */
export function CodePage({ view, to, fault }: CodeProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('signIn.codeTitle')}>
      <h1>{t.say('signIn.codeTitle')}</h1>
      <Fault text={fault} />
      <form method="post" action="/sign-in/code" class="narrow">
        <input type="hidden" name="to" value={to} />
        <CodeField view={view} />
        <button type="submit" class="primary">
          {t.say('signIn.submit')}
        </button>
      </form>
    </Layout>
  );
}

interface InvitationProps {
  readonly view: PageView;
  readonly link: string;
  readonly invitation: Invitation;
  readonly fault?: string;
  readonly names?: { readonly signInName: string; readonly displayName: string };
}

/** For whoever opened a link that works once: makes the first administrator, or sets a password. */
export function InvitationPage({ view, link, invitation, fault, names }: InvitationProps) {
  const { t } = view;
  const isFounding = invitation.to === 'found';
  const title = t.say(isFounding ? 'invitation.found' : 'invitation.password');
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <Fault text={fault} />
      <p class="lead">
        {isFounding
          ? t.say('invitation.foundLead')
          : t.say('invitation.passwordLead', { name: invitation.person.displayName })}
      </p>
      <form method="post" action="/invitation" class="narrow">
        <input type="hidden" name="link" value={link} />
        {isFounding ? (
          <>
            <TextField
              id="displayName"
              label={t.say('people.displayName')}
              value={names?.displayName ?? ''}
              autocomplete="name"
            />
            <TextField
              id="signInName"
              label={t.say('people.signInName')}
              hint={t.say('people.signInNameHint')}
              value={names?.signInName ?? ''}
              autocomplete="username"
            />
          </>
        ) : (
          <input type="hidden" name="username" value={invitation.person.signInName} autocomplete="username" />
        )}
        <PasswordField
          id="password"
          label={t.say('account.newPassword')}
          hint={t.say('account.passwordHint')}
          autocomplete="new-password"
        />
        <button type="submit" class="primary">
          {t.say('invitation.submit')}
        </button>
      </form>
    </Layout>
  );
}
