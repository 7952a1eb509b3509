import { actions, roles } from '../../../archive/administration/index.ts';
import type { ListedToken } from '../../../archive/data-management/index.ts';
import { Fault, TextField } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface TokensProps {
  readonly view: PageView;
  readonly tokens: readonly ListedToken[];
  /** A token that was just issued: shown this once. */
  readonly secret?: string;
  readonly fault?: string;
}

/** Which programs come in, and as what. */
export function TokensPage({ view, tokens, secret, fault }: TokensProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('tokens.title')} part="tokens">
      <h1>{t.say('tokens.title')}</h1>
      <Fault text={fault} />
      {secret ? (
        <div class="notice" role="status">
          <p>{t.say('tokens.once')}</p>
          <code class="secret">{secret}</code>
        </div>
      ) : null}
      <ul class="plain-list">
        {tokens.map((token) => (
          <li key={token.id} class="card">
            <span class="title">{token.actor}</span>
            <span class="meta">
              <span>{t.role(token.role)}</span>
              {token.scopes ? <span>{token.scopes.join(', ')}</span> : null}
              <span>{t.day(token.createdAt)}</span>
            </span>
            <form method="post" action="/tokens/revoke">
              <input type="hidden" name="token" value={token.id} />
              <button type="submit" aria-label={t.say('tokens.revokeNamed', { name: token.actor })}>
                {t.say('tokens.revoke')}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <section aria-labelledby="issue-title">
        <h2 id="issue-title">{t.say('tokens.issue')}</h2>
        <form method="post" action="/tokens" class="narrow">
          <TextField id="name" label={t.say('tokens.name')} maxLength={100} />
          <div class="field">
            <label for="role">{t.say('tokens.role')}</label>
            <select id="role" name="role">
              {roles.map((role) => (
                <option key={role} value={role}>
                  {t.role(role)}
                </option>
              ))}
            </select>
          </div>
          <details>
            <summary>{t.say('tokens.scopes')}</summary>
            <fieldset>
              <legend class="hint">{t.say('tokens.scopesHint')}</legend>
              {actions.map((action) => (
                <label key={action} class="choice">
                  <input type="checkbox" name="scope" value={action} />
                  <code>{action}</code>
                </label>
              ))}
            </fieldset>
          </details>
          <button type="submit" class="primary">
            {t.say('tokens.issue')}
          </button>
        </form>
      </section>
    </Layout>
  );
}
