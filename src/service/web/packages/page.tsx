import { CheckKinds } from '../check/kinds.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { FileChoice, Sending } from '../upload/page.tsx';

interface PackageProps {
  readonly view: PageView;
  /** Why the last package could not be judged. */
  readonly problem?: string;
}

/** Send a package to be judged. */
export function PackagePage({ view, problem }: PackageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('package.title')} part="check" scripts={['upload.js']}>
      <CheckKinds t={t} kind="packages" />
      <h1>{t.say('package.title')}</h1>
      <p class="lead">{t.say('package.lead')}</p>
      <div id="refusal">
        {problem ? (
          <p class="notice bad" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <form id="upload" method="post" action="/packages" encType="multipart/form-data" class="upload">
        <section aria-labelledby="files-title">
          <h2 id="files-title">{t.say('package.files')}</h2>
          <FileChoice view={view} choose={t.say('package.choose')} hint={t.say('package.hint')} />
        </section>
        <section aria-labelledby="spec-label">
          <div class="field">
            <label for="spec" id="spec-label">
              {t.say('package.spec')}
            </label>
            <select id="spec" name="spec">
              <option value="">{t.say('package.declared')}</option>
              <option value="2.2.0">2.2.0</option>
              <option value="2.1.0">2.1.0</option>
              <option value="2.0.4">2.0.4</option>
            </select>
          </div>
        </section>
        <Sending view={view} submit={t.say('package.submit')} />
      </form>
    </Layout>
  );
}
