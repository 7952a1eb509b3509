import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

/** Ask about a certified copy by its code, or by any file of it. */
export function VerifyPage({ view }: { readonly view: PageView }) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('verify.title')} scripts={['verify.js']}>
      <h1>{t.say('verify.title')}</h1>
      <p class="lead">{t.say('verify.lead')}</p>
      <form method="get" action="/verify" class="narrow">
        <div class="field">
          <label for="code">{t.say('verify.code')}</label>
          <p class="hint" id="code-hint">
            {t.say('verify.codeHint')}
          </p>
          <input
            id="code"
            name="code"
            type="text"
            required
            maxLength={60}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby="code-hint"
          />
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('verify.submit')}
          </button>
        </p>
      </form>
      <h2>{t.say('verify.file')}</h2>
      <FileByDigest view={view} action="/verify" goesTo="/verify/file/" />
      <p>
        <a href="/verify/revoked-copies.asics" download>
          {t.say('verify.list')}
        </a>
      </p>
    </Layout>
  );
}

interface FileByDigestProps {
  readonly view: PageView;
  /** Where the form without scripts goes with `sha256`. */
  readonly action: string;
  /** What the script puts the digest after. */
  readonly goesTo: string;
}

/** A file whose digest is computed in the browser; without scripts the digest itself is typed. */
export function FileByDigest({ view: { t }, action, goesTo }: FileByDigestProps) {
  return (
    <form method="get" action={action} class="narrow" id="digest-form" data-goes-to={goesTo}>
      <div class="field" id="file-field" hidden>
        <label for="file">{t.say('verify.choose')}</label>
        <p class="hint" id="file-hint">
          {t.say('verify.fileHint')}
        </p>
        <input id="file" type="file" aria-describedby="file-hint" />
        <p id="digest-working" role="status" hidden>
          {t.say('verify.working')}
        </p>
        <p id="digest-unreadable" class="notice bad" role="alert" hidden>
          {t.say('verify.unreadable')}
        </p>
      </div>
      <p id="no-crypto" class="notice open" hidden>
        {t.say('verify.noCrypto')}
      </p>
      <div class="field">
        <label for="sha256">{t.say('verify.digest')}</label>
        <input id="sha256" name="sha256" type="text" maxLength={120} autocomplete="off" spellcheck={false} required />
      </div>
      <p class="actions">
        <button type="submit">{t.say('verify.submit')}</button>
      </p>
    </form>
  );
}
