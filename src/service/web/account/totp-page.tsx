import type { TotpOffer } from '../../../archive/administration/index.ts';
import { CodeField, Fault } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { Qr } from '../qr.tsx';

interface TotpProps {
  readonly view: PageView;
  readonly offer: TotpOffer;
  readonly fault?: string;
}

/** The secret for an authenticator: as a picture, and as text for whoever cannot photograph it. */
export function TotpPage({ view, offer, fault }: TotpProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('codes.title')}>
      <h1>{t.say('codes.title')}</h1>
      <Fault text={fault} />
      <p class="lead">{t.say('codes.lead')}</p>
      <Qr text={offer.address} label={t.say('codes.picture')} />
      <p>
        {t.say('codes.secret')} <code class="secret">{offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <form method="post" action="/account/codes/first" class="narrow">
        <CodeField view={view} />
        <button type="submit" class="primary">
          {t.say('codes.submit')}
        </button>
      </form>
    </Layout>
  );
}

/** Shown this once. */
export function RecoveryCodesPage({ view, codes }: { readonly view: PageView; readonly codes: readonly string[] }) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('codes.recovery')}>
      <h1>{t.say('codes.recovery')}</h1>
      <p class="lead">{t.say('codes.recoveryLead')}</p>
      <ul class="secrets">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href="/account">
          {t.say('codes.kept')}
        </a>
      </p>
    </Layout>
  );
}
