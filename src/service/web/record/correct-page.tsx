import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import type { Profile } from '../../../archive/profiles/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { type FormState, ProfileFields } from '../profile-fields.tsx';

interface CorrectProps {
  readonly view: PageView;
  readonly record: CatalogRecord;
  readonly profile: Profile;
  readonly form: FormState;
  readonly problem?: string;
}

/** The form with which a record's metadata are put right: a new version, the one before stays readable. */
export function CorrectPage({ view, record, profile, form, problem }: CorrectProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('correct.title')} part="find">
      <p class="muted crumb">
        <a href={`/records/${record.number}`}>{`${record.number} – ${record.title}`}</a>
      </p>
      <h1>{t.say('correct.title')}</h1>
      <p class="lead">{t.say('correct.lead')}</p>
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <form method="post" action={`/records/${record.number}/correct`} class="narrow">
        <input type="hidden" name="version" value={form.values.get('version') ?? String(record.version)} />
        <div class="field">
          <label for="category">{t.say('category')}</label>
          <input id="category" name="category" type="text" maxLength={200} value={form.values.get('category') ?? ''} />
        </div>
        <ProfileFields t={t} profile={profile} form={form} />
        <div class="field">
          <label for="reason">
            {t.say('correct.reason')} <span class="muted">({t.say('form.required')})</span>
          </label>
          <p class="hint" id="reason-hint">
            {t.say('correct.reasonHint')}
          </p>
          <textarea id="reason" name="reason" required maxLength={1000} rows={2} aria-describedby="reason-hint">
            {form.values.get('reason') ?? ''}
          </textarea>
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('correct.submit')}
          </button>
          <a href={`/records/${record.number}`}>{t.say('correct.cancel')}</a>
        </p>
      </form>
      <AddFiles view={view} record={record} />
    </Layout>
  );
}

/** The reason stands before the files: they are taken in while they arrive. */
function AddFiles({ view: { t }, record }: Pick<CorrectProps, 'view' | 'record'>) {
  return (
    <form method="post" action={`/records/${record.number}/add`} encType="multipart/form-data" class="narrow">
      <h2>{t.say('add.title')}</h2>
      <div class="field">
        <label for="add-reason">
          {t.say('add.reason')} <span class="muted">({t.say('form.required')})</span>
        </label>
        <input id="add-reason" name="reason" type="text" required maxLength={1000} />
      </div>
      <div class="field">
        <label for="add-files">{t.say('add.files')}</label>
        <input id="add-files" type="file" name="file" multiple required />
      </div>
      <button type="submit" class="secondary">
        {t.say('add.submit')}
      </button>
    </form>
  );
}
