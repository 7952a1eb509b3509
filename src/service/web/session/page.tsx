import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface SignInProps {
  readonly view: PageView;
  /** Where to go on to afterwards. */
  readonly to?: string;
  /** The link was used before, or is too old. */
  readonly isSpent?: boolean;
}

/** Tells how to come in: there are no passwords yet, only links that work once. */
export function SignInPage({ view, isSpent = false }: SignInProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('signIn.title')}>
      <h1>{t.say('signIn.title')}</h1>
      {isSpent ? (
        <p class="notice bad" role="alert">
          {t.say('signIn.spent')}
        </p>
      ) : null}
      <p class="lead">{t.say('signIn.how')}</p>
      <ol>
        <li>{t.say('signIn.step1')}</li>
        <li>{t.say('signIn.step2')}</li>
      </ol>
      <p class="muted">{t.say('signIn.programs')}</p>
    </Layout>
  );
}
