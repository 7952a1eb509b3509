import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { FileChoice, Sending } from '../upload/page.tsx';
import { CheckKinds } from './kinds.tsx';

interface CheckProps {
  readonly view: PageView;
  /** Why the last document could not be checked. */
  readonly problem?: string;
}

/** Send a document to have its signatures checked. */
export function CheckPage({ view, problem }: CheckProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('check.title')} part="check" scripts={['upload.js']}>
      <CheckKinds t={t} kind="signatures" />
      <h1>{t.say('check.title')}</h1>
      <p class="lead">{t.say('check.lead')}</p>
      <div id="refusal">
        {problem ? (
          <p class="notice bad" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <form id="upload" method="post" action="/check" encType="multipart/form-data" class="upload">
        <section aria-labelledby="files-title">
          <h2 id="files-title">{t.say('check.files')}</h2>
          <FileChoice view={view} choose={t.say('check.choose')} hint={t.say('check.hint')} />
        </section>
        <Sending view={view} submit={t.say('check.submit')} />
      </form>
    </Layout>
  );
}
