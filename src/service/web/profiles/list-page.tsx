import type { Profile } from '../../../archive/profiles/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { emptyForm, ProfileFields } from '../profile-fields.tsx';

interface ListProps {
  readonly view: PageView;
  readonly offered: readonly Profile[];
  readonly withdrawn: readonly Profile[];
}

/** The kinds of record. */
export function ProfilesPage({ view, offered, withdrawn }: ListProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('profiles.title')} part="profiles">
      <h1>{t.say('profiles.title')}</h1>
      <p class="lead">{t.say('profiles.lead')}</p>
      {view.may('profile.change') ? (
        <p class="actions">
          <a class="button primary" href="/profiles/new">
            {t.say('profiles.make')}
          </a>
        </p>
      ) : null}
      <Cards view={view} profiles={offered} />
      {withdrawn.length > 0 ? (
        <section aria-labelledby="withdrawn-title">
          <h2 id="withdrawn-title">{t.say('profiles.withdrawn')}</h2>
          <Cards view={view} profiles={withdrawn} />
        </section>
      ) : null}
    </Layout>
  );
}

function Cards({ view: { t }, profiles }: { readonly view: PageView; readonly profiles: readonly Profile[] }) {
  return (
    <ul class="plain-list">
      {profiles.map(({ id, version, title, description, origin }) => (
        <li key={id} class="card">
          <a class="title" href={`/profiles/${id}`}>
            {title[t.language]}
          </a>
          <span class="meta">
            <span>{t.say('profiles.version', { version })}</span>
            <span>{t.say(`profileOrigin.${origin}`)}</span>
          </span>
          {description ? <span class="muted">{description[t.language]}</span> : null}
        </li>
      ))}
    </ul>
  );
}

interface ProfileProps {
  readonly view: PageView;
  readonly profile: Profile;
  readonly versions: readonly Profile[];
  readonly isInUse: boolean;
}

/** One version of a profile: what it rules, the form that people get, and the other versions. */
export function ProfilePage({ view, profile, versions, isInUse }: ProfileProps) {
  const { t } = view;
  const { id, version, title, description } = profile;
  return (
    <Layout view={view} title={title[t.language]} part="profiles">
      <p class="muted crumb">
        <a href="/profiles">{t.say('profiles.title')}</a>
      </p>
      <h1>{title[t.language]}</h1>
      {description ? <p class="lead">{description[t.language]}</p> : null}
      {isInUse ? null : <p class="notice">{t.say(profile.withdrawn ? 'profiles.isWithdrawn' : 'profiles.isOlder')}</p>}
      {view.may('profile.change') ? (
        <p class="actions">
          <a class="button primary" href={`/profiles/${id}/edit?version=${version}`}>
            {t.say('profiles.edit')}
          </a>
          <a href={`/profiles/new?from=${id}`}>{t.say('profiles.copy')}</a>
        </p>
      ) : null}
      <RulesShown view={view} profile={profile} />
      <section aria-labelledby="form-title">
        <h2 id="form-title">{t.say('profiles.form')}</h2>
        <fieldset disabled>
          <legend class="unseen">{title[t.language]}</legend>
          <ProfileFields t={t} profile={profile} form={emptyForm} />
        </fieldset>
      </section>
      <section aria-labelledby="versions-title">
        <h2 id="versions-title">{t.say('profiles.versions')}</h2>
        <ul>
          {versions.map((other) => (
            <li key={`${other.origin} ${other.version}`}>
              <a
                href={`/profiles/${id}?version=${other.version}`}
                aria-current={other.version === version ? 'true' : undefined}
              >
                {t.say('profiles.version', { version: other.version })}
              </a>{' '}
              <span class="muted">
                {other.publishedAt
                  ? `${t.time(other.publishedAt)}, ${other.publishedBy}`
                  : t.say(`profileOrigin.${other.origin}`)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {isInUse && view.may('profile.change') ? <Withdrawal view={view} id={id} /> : null}
    </Layout>
  );
}

function RulesShown({ view: { t }, profile }: Pick<ProfileProps, 'view' | 'profile'>) {
  const { signature = 'optional', onFailedSignature, confirmation, formats, category } = profile;
  const steps = [
    ...(confirmation === 'none'
      ? []
      : [t.say(`confirmationBy.${confirmation === 'test-seal' ? 'seal' : confirmation}`)]),
    ...(profile.secondCheck ? [t.say('profiles.secondCheck')] : []),
    ...(profile.approval ? [t.say('profiles.approval')] : []),
  ];
  return (
    <dl class="facts">
      <dt>{t.say('profiles.versionTerm')}</dt>
      <dd>{profile.version}</dd>
      <dt>{t.say('category')}</dt>
      <dd>{category ?? <span class="muted">{t.say('profiles.anyCategory')}</span>}</dd>
      <dt>{t.say('profiles.signature')}</dt>
      <dd>
        {t.say(`signatureRule.${signature}`)}; {t.say('profiles.onFailed').toLowerCase()}:{' '}
        {t.say(`consequence.${onFailedSignature}`)}
      </dd>
      <dt>{t.say('profiles.steps')}</dt>
      <dd>{steps.length > 0 ? steps.join('; ') : <span class="muted">{t.say('form.none')}</span>}</dd>
      <dt>{t.say('profiles.formats')}</dt>
      <dd>{formats === '*' ? t.say('profiles.anyFormat') : formats.join(', ')}</dd>
    </dl>
  );
}

function Withdrawal({ view: { t }, id }: { readonly view: PageView; readonly id: string }) {
  return (
    <form method="post" action={`/profiles/${id}/withdraw`} class="narrow">
      <h2>{t.say('profiles.withdraw')}</h2>
      <div class="field">
        <label for="withdraw-reason">{t.say('decision.reason')}</label>
        <p class="hint" id="withdraw-hint">
          {t.say('profiles.withdrawHint')}
        </p>
        <input
          id="withdraw-reason"
          name="reason"
          type="text"
          required
          maxLength={1000}
          aria-describedby="withdraw-hint"
        />
      </div>
      <button type="submit" class="secondary">
        {t.say('profiles.withdraw')}
      </button>
    </form>
  );
}
