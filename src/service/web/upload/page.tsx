import type { ComponentChildren } from 'preact';
import type { Profile } from '../../../archive/profiles/index.ts';
import { tablePart } from '../../http/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { type FormState, ProfileFields } from '../profile-fields.tsx';
import { tableFaults } from './upload-form.ts';

export interface UploadProps {
  readonly view: PageView;
  readonly profiles: readonly Profile[];
  readonly profile: Profile;
  readonly form: FormState;
  /** What was shared from a phone and waits here. */
  readonly shared?: readonly { readonly id: string; readonly path: string; readonly bytes: number }[];
  /** The same form sent twice counts once. */
  readonly idempotencyKey: string;
  /** Why the last attempt was refused. */
  readonly problem?: string;
}

/** Every browser knows it, the types do not. */
const wholeFolder = { webkitdirectory: true };

/** The first page: hand over documents. */
export function UploadPage(props: UploadProps) {
  const { view, problem } = props;
  const { t } = view;
  return (
    <Layout
      view={view}
      title={t.say('upload.title')}
      part="upload"
      scripts={['resumable.js', 'scanner.js', 'upload.js']}
    >
      <h1>{t.say('upload.title')}</h1>
      <p class="lead">{t.say('upload.lead')}</p>
      <Refusal problem={problem}>
        <TableFaults {...props} />
      </Refusal>
      <form
        id="upload"
        method="post"
        action="/upload"
        encType="multipart/form-data"
        class="upload"
        data-uploads="/api/v1/uploads"
        data-waiting={t.say('upload.waiting')}
        data-done={t.say('upload.done')}
        data-retry={t.say('upload.retry')}
        data-unfinished={t.say('upload.unfinished')}
      >
        <input type="hidden" name="key" value={props.idempotencyKey} />
        <Files view={view} form={props.form} shared={props.shared} profile={props.profile} />
        <Description {...props} />
        <Sending view={view} submit={t.say('upload.submit')} />
      </form>
    </Layout>
  );
}

interface FilesProps extends Pick<UploadProps, 'view' | 'form' | 'profile'> {
  readonly shared: UploadProps['shared'] | undefined;
}

function Files({ view, form, profile, shared = [] }: FilesProps) {
  const { t } = view;
  const together = form.values.get('together') === 'yes';
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{t.say('upload.files')}</h2>
      <fieldset>
        <legend>{t.say('upload.grouping')}</legend>
        <label class="choice">
          <input type="radio" name="together" value="no" checked={!together} />
          <span>
            {t.say('upload.each')} <small class="hint">{t.say('upload.eachHint')}</small>
          </span>
        </label>
        <label class="choice">
          <input type="radio" name="together" value="yes" checked={together} />
          <span>{t.say('upload.together')}</span>
        </label>
      </fieldset>
      <FileChoice view={view} choose={t.say('upload.choose')} hint={t.say('upload.hint')} />
      <Scanner view={view} profile={profile} />
      {shared.length > 0 ? (
        <div id="shared" class="notice" role="status" data-files={JSON.stringify(shared)}>
          {t.say('upload.shared', { number: shared.length })}
        </div>
      ) : null}
      <p class="hint">{t.say('upload.packageHint')}</p>
    </section>
  );
}

/** For paper: the phone's camera takes the pages of one document. The script shows it by the profile. */
function Scanner({ view: { t }, profile }: Pick<UploadProps, 'view' | 'profile'>) {
  return (
    <div
      id="scanner"
      class="needs-js drop"
      hidden={!profile.digitised}
      data-earlier={t.say('scanner.earlier')}
      data-later={t.say('scanner.later')}
      data-page={t.say('scanner.page')}
    >
      <label for="camera" class="strong">
        {t.say('scanner.take')}
      </label>
      <input id="camera" type="file" accept="image/*" capture="environment" multiple aria-describedby="camera-hint" />
      <p class="hint" id="camera-hint">
        {t.say('scanner.hint')}
      </p>
    </div>
  );
}

interface FileChoiceProps extends Pick<UploadProps, 'view'> {
  readonly choose: string;
  readonly hint: string;
}

/** Choosing files or a folder, by dialogue or by dragging them here. */
export function FileChoice({ view: { t }, choose, hint }: FileChoiceProps) {
  return (
    <>
      <div id="drop" class="drop">
        <label for="files" class="strong">
          {choose}
        </label>
        <input id="files" type="file" name="file" multiple required aria-describedby="files-hint" />
        <p class="hint" id="files-hint">
          {hint}
        </p>
        <p id="folder-choice" class="folder" hidden>
          <label for="folder">{t.say('upload.folder')}</label>
          <input id="folder" type="file" multiple {...wholeFolder} />
        </p>
      </div>
      <div id="chosen" aria-live="polite" data-none={t.say('upload.noneChosen')} data-remove={t.say('upload.remove')} />
    </>
  );
}

interface RefusalProps {
  readonly problem: string | undefined;
  readonly children?: ComponentChildren;
}

/** Why the last attempt was refused, where scripts put it too. */
export function Refusal({ problem, children }: RefusalProps) {
  return (
    <div id="refusal">
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      {children}
    </div>
  );
}

/** What is wrong in the table of metadata, by row and field. */
function TableFaults({ view: { t }, profile, form }: UploadProps) {
  const faults = tableFaults(form);
  if (faults.length === 0) return null;
  const titleOf = (column: string) => profile.fields.find(({ name }) => name === column)?.title[t.language] ?? column;
  return (
    <ul class="table-faults">
      {faults.map(({ row, column, fault }) => (
        <li key={`${row} ${column} ${fault}`}>
          {t.say('upload.tableRow', { row })} <strong>{titleOf(column)}</strong>: {fault}
        </li>
      ))}
    </ul>
  );
}

/** How far the sending is, and the button that begins it. */
export function Sending({ view: { t }, submit }: Pick<UploadProps, 'view'> & { readonly submit: string }) {
  return (
    <div class="sending">
      <div
        id="progress"
        class="progress"
        hidden
        data-sending={t.say('upload.sending')}
        data-writing={t.say('upload.writing')}
        data-failed={t.say('upload.failed')}
      >
        <progress max="100" value="0" aria-labelledby="progress-text" />
        <p id="progress-text" />
        <p id="progress-said" class="unseen" aria-live="polite" />
        <button type="button" id="cancel" class="secondary">
          {t.say('upload.cancel')}
        </button>
      </div>
      <p class="submit">
        <button type="submit" class="primary">
          {submit}
        </button>
      </p>
    </div>
  );
}

function Description({ view: { t }, profiles, profile, form }: UploadProps) {
  return (
    <section aria-labelledby="description-title" id="description">
      <h2 id="description-title">{t.say('upload.description')}</h2>
      <div class="field">
        <label for="profile">{t.say('profile')}</label>
        <div class="with-button">
          <select id="profile" name="profile">
            {profiles.map(({ id, title }) => (
              <option key={id} value={id} selected={id === profile.id}>
                {title[t.language]}
              </option>
            ))}
          </select>
          <button
            type="submit"
            class="secondary"
            name="change"
            value="profile"
            formMethod="get"
            formAction="/"
            formNoValidate
            id="change-profile"
          >
            {t.say('upload.changeProfile')}
          </button>
        </div>
        {profile.description ? <p class="hint">{profile.description[t.language]}</p> : null}
        <p class="hint">
          <a href="/profiles">{t.say('upload.profiles')}</a>
        </p>
      </div>
      <div class="field">
        <label for="category">{t.say('category')}</label>
        <p class="hint" id="category-hint">
          {t.say('upload.categoryHint')}
        </p>
        <input
          id="category"
          name="category"
          type="text"
          maxLength={200}
          aria-describedby="category-hint"
          value={form.values.get('category') ?? profile.category ?? ''}
        />
      </div>
      <ProfileFields t={t} profile={profile} form={form} />
      <details class="from-table needs-js" open={tableFaults(form).length > 0}>
        <summary>{t.say('upload.table')}</summary>
        <div class="field">
          <label for="table">{t.say('upload.tableFile')}</label>
          <p class="hint" id="table-hint">
            {t.say('upload.tableHint')}{' '}
            <a href={`/profiles/${profile.id}/metadata.csv`} download>
              {t.say('upload.tableTemplate')}
            </a>
          </p>
          <input id="table" type="file" name={tablePart} accept=".csv,.txt,text/csv" aria-describedby="table-hint" />
        </div>
      </details>
    </section>
  );
}
