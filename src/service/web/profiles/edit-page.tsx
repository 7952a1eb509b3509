import {
  confirmations,
  consequences,
  contentReaders,
  fieldChecks,
  fieldKinds,
  type Profile,
  type ProfileField,
  signatureRules,
} from '../../../archive/profiles/index.ts';
import { Fault } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { emptyForm, ProfileFields } from '../profile-fields.tsx';
import { Control, Tick } from './controls.tsx';
import { draftSwitches, type ProfileDraft } from './profile-draft.ts';

export interface EditProps {
  readonly view: PageView;
  readonly draft: ProfileDraft;
  /** By control: `id`, `title`, `f2.pattern`. */
  readonly faults: ReadonlyMap<string, string>;
  readonly problem?: string;
  /** Fields that every profile may take by name. */
  readonly shared: readonly ProfileField[];
  /** What would be published, to look at its form. */
  readonly preview?: Profile;
}

/** A profile as a form. Every button sends all of it, so that it works without scripts; only one of them publishes. */
export function EditProfilePage(props: EditProps) {
  const { view, draft, problem, preview } = props;
  const { t } = view;
  const title = draft.values.basedOn
    ? t.say('profiles.editTitle', { id: draft.values.id ?? '' })
    : t.say('profiles.newTitle');
  return (
    <Layout view={view} title={title} part="profiles">
      <h1>{title}</h1>
      <p class="lead">{t.say('profiles.editLead')}</p>
      <Fault text={problem} />
      {preview ? <Preview view={view} profile={preview} /> : null}
      <form method="post" action="/profiles/edit" class="profile-form">
        {/* The first button is what Enter presses: it must not publish. */}
        <button type="submit" name="do" value="preview" class="unseen" tabIndex={-1} aria-hidden="true">
          {t.say('profiles.preview')}
        </button>
        <input type="hidden" name="basedOn" value={draft.values.basedOn} />
        <input type="hidden" name="fields" value={draft.fields.length} />
        <Naming {...props} />
        <FieldList {...props} />
        <Rules {...props} />
        <p class="actions">
          <button type="submit" name="do" value="preview" class="secondary">
            {t.say('profiles.preview')}
          </button>
          <button type="submit" name="do" value="publish" class="primary">
            {t.say('profiles.publish')}
          </button>
          <a href={draft.values.basedOn ? `/profiles/${draft.values.id}` : '/profiles'}>{t.say('correct.cancel')}</a>
        </p>
      </form>
    </Layout>
  );
}

function Preview({ view: { t }, profile }: { readonly view: PageView; readonly profile: Profile }) {
  return (
    <section class="notice" aria-labelledby="preview-title" id="preview">
      <h2 id="preview-title">{t.say('profiles.previewTitle', { title: profile.title[t.language] })}</h2>
      {profile.description ? <p class="hint">{profile.description[t.language]}</p> : null}
      <fieldset disabled>
        <legend class="unseen">{profile.title[t.language]}</legend>
        <ProfileFields t={t} profile={profile} form={emptyForm} />
      </fieldset>
    </section>
  );
}

function Naming({ view: { t }, draft: { values }, faults }: EditProps) {
  return (
    <section aria-labelledby="naming-title">
      <h2 id="naming-title">{t.say('profiles.naming')}</h2>
      <Control
        id="id"
        label={t.say('profiles.id')}
        hint={t.say('profiles.idHint')}
        value={values.id}
        fault={faults.get('id')}
        isFixed={values.basedOn !== ''}
      />
      <Texts t={t} prefix="" name="title" label={t.say('profiles.name')} values={values} fault={faults.get('title')} />
      <Texts
        t={t}
        prefix=""
        name="description"
        label={t.say('profiles.description')}
        values={values}
        fault={faults.get('description')}
      />
    </section>
  );
}

interface TextsProps extends Pick<PageView, 't'> {
  readonly prefix: string;
  readonly name: string;
  readonly label: string;
  readonly values: Readonly<Record<string, string>>;
  readonly fault: string | undefined;
}

/** The same text in Cyrillic, Latin and English; the Latin may be left to the rule. */
function Texts({ t, prefix, name, label, values, fault }: TextsProps) {
  return (
    <fieldset class="texts">
      <legend>{label}</legend>
      {(['sr-Cyrl', 'sr-Latn', 'en'] as const).map((language) => (
        <Control
          key={language}
          id={`${prefix}${name}.${language}`}
          label={t.say(`textIn.${language}`)}
          value={values[`${name}.${language}`]}
          fault={language === 'sr-Cyrl' ? fault : undefined}
        />
      ))}
    </fieldset>
  );
}

function FieldList({ view: { t }, draft: { fields }, faults, shared }: EditProps) {
  const taken = fields.map(({ name }) => name);
  const free = shared.filter(({ name }) => !taken.includes(name));
  return (
    <section aria-labelledby="fields-title">
      <h2 id="fields-title">{t.say('profiles.fields')}</h2>
      <ol class="plain-list">
        {fields.map((field, index) => (
          <li key={`${index} ${field.name}`} class="card" id={`f${index}`}>
            <FieldForm t={t} field={field} index={index} count={fields.length} faults={faults} shared={shared} />
          </li>
        ))}
      </ol>
      <p class="actions">
        <button type="submit" name="do" value="add" class="secondary">
          {t.say('profiles.addField')}
        </button>
      </p>
      {free.length > 0 ? (
        <div class="field">
          <label for="shared">{t.say('profiles.sharedField')}</label>
          <div class="with-button">
            <select id="shared" name="shared">
              {free.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title[t.language]}
                </option>
              ))}
            </select>
            <button type="submit" name="do" value="add-shared" class="secondary">
              {t.say('profiles.addShared')}
            </button>
          </div>
        </div>
      ) : null}
    </section>
  );
}

interface FieldFormProps extends Pick<PageView, 't'>, Pick<EditProps, 'faults' | 'shared'> {
  readonly field: Readonly<Record<string, string>>;
  readonly index: number;
  readonly count: number;
}

function FieldForm({ t, field, index, count, faults, shared }: FieldFormProps) {
  const prefix = `f${index}.`;
  const fault = (name: string) => faults.get(`${prefix}${name}`);
  const known = shared.find(({ name }) => name === field.name);
  const heading = known?.title[t.language] ?? field[`title.${t.language}`] ?? field['title.sr-Cyrl'] ?? '';
  const named = `${index + 1}. ${heading || t.say('profiles.newField')}`;
  return (
    <>
      <h3>{named}</h3>
      {field.kind === 'shared' ? (
        <>
          <p class="hint">{t.say('profiles.isShared')}</p>
          {['name', 'kind', 'title.sr-Cyrl', 'title.sr-Latn', 'title.en'].map((name) => (
            <input key={name} type="hidden" name={`${prefix}${name}`} value={field[name] ?? ''} />
          ))}
          {field.choices || known?.choices ? (
            <Choices t={t} prefix={prefix} field={field} fault={fault('choices')} />
          ) : null}
        </>
      ) : (
        <OwnField t={t} prefix={prefix} field={field} fault={fault} />
      )}
      <Tick
        id={`${prefix}required`}
        label={t.say('profiles.required')}
        isTicked={field.required === 'yes' || field.required === 'true'}
      />
      <p class="actions">
        {(['up', 'down', 'remove'] as const).map((verb) => (
          <button
            key={verb}
            type="submit"
            name="do"
            value={`${verb}-${index}`}
            class="secondary"
            disabled={(verb === 'up' && index === 0) || (verb === 'down' && index === count - 1)}
            aria-label={`${t.say(`profiles.${verb}`)}: ${named}`}
          >
            {t.say(`profiles.${verb}`)}
          </button>
        ))}
      </p>
    </>
  );
}

interface OwnFieldProps extends Pick<PageView, 't'> {
  readonly prefix: string;
  readonly field: Readonly<Record<string, string>>;
  readonly fault: (name: string) => string | undefined;
}

function OwnField({ t, prefix, field, fault }: OwnFieldProps) {
  return (
    <>
      <Control
        id={`${prefix}name`}
        label={t.say('profiles.fieldName')}
        hint={t.say('profiles.fieldNameHint')}
        value={field.name}
        fault={fault('name')}
      />
      <Texts t={t} prefix={prefix} name="title" label={t.say('profiles.label')} values={field} fault={fault('title')} />
      <Control
        id={`${prefix}kind`}
        label={t.say('profiles.kind')}
        value={field.kind}
        fault={fault('kind')}
        choices={fieldKinds.map((kind) => [kind, t.say(`fieldKind.${kind}`)])}
      />
      <details
        class="more"
        open={Boolean(
          field.choices || field.pattern || field.check || field.maxLength || fault('choices') || fault('pattern'),
        )}
      >
        <summary>{t.say('profiles.fieldRules')}</summary>
        <Choices t={t} prefix={prefix} field={field} fault={fault('choices')} />
        <Control
          id={`${prefix}check`}
          label={t.say('profiles.check')}
          value={field.check}
          fault={fault('check')}
          choices={[
            ['', t.say('form.none')],
            ...fieldChecks.map((check) => [check, t.say(`fieldCheck.${check}`)] as const),
          ]}
        />
        <Control
          id={`${prefix}pattern`}
          label={t.say('profiles.pattern')}
          hint={t.say('profiles.patternHint')}
          value={field.pattern}
          fault={fault('pattern')}
        />
        <Control
          id={`${prefix}maxLength`}
          label={t.say('profiles.maxLength')}
          value={field.maxLength}
          fault={fault('maxLength')}
        />
        <Texts
          t={t}
          prefix={prefix}
          name="description"
          label={t.say('profiles.hint')}
          values={field}
          fault={fault('description')}
        />
      </details>
    </>
  );
}

function Choices({ t, prefix, field, fault }: Omit<OwnFieldProps, 'fault'> & { readonly fault: string | undefined }) {
  return (
    <Control
      id={`${prefix}choices`}
      label={t.say('profiles.choices')}
      hint={t.say('profiles.choicesHint')}
      value={field.choices}
      fault={fault}
      rows={4}
    />
  );
}

function Rules({ view: { t }, draft: { values }, faults }: EditProps) {
  const fault = (name: string) => faults.get(name);
  const none = ['', t.say('form.none')] as const;
  const consequence = consequences.map((each) => [each, t.say(`consequence.${each}`)] as const);
  return (
    <section aria-labelledby="rules-title">
      <h2 id="rules-title">{t.say('profiles.rules')}</h2>
      <Control
        id="category"
        label={t.say('category')}
        hint={t.say('profiles.categoryHint')}
        value={values.category}
        fault={fault('category')}
      />
      <Control
        id="formats"
        label={t.say('profiles.formats')}
        hint={t.say('profiles.formatsHint')}
        value={values.formats}
        fault={fault('formats')}
        rows={5}
      />
      <Control
        id="maxMegabytes"
        label={t.say('profiles.maxMegabytes')}
        value={values.maxMegabytes}
        fault={fault('maxFileSize')}
      />
      <Control
        id="signature"
        label={t.say('profiles.signature')}
        value={values.signature}
        fault={fault('signature')}
        choices={signatureRules.map((rule) => [rule, t.say(`signatureRule.${rule}`)])}
      />
      <Control
        id="onFailedSignature"
        label={t.say('profiles.onFailed')}
        value={values.onFailedSignature}
        fault={fault('onFailedSignature')}
        choices={consequence}
      />
      <Control
        id="onIndeterminateSignature"
        label={t.say('profiles.onIndeterminate')}
        value={values.onIndeterminateSignature || 'archive'}
        fault={fault('onIndeterminateSignature')}
        choices={consequence}
      />
      <Control
        id="confirmation"
        label={t.say('profiles.confirmation')}
        value={values.confirmation}
        fault={fault('confirmation')}
        choices={confirmations
          .filter((each) => each !== 'test-seal')
          .map((each) => [each, t.say(`confirmationBy.${each}`)])}
      />
      <Control
        id="reads"
        label={t.say('profiles.reads')}
        value={values.reads}
        fault={fault('reads')}
        choices={[none, ...contentReaders.map((each) => [each, t.say(`readsFrom.${each}`)] as const)]}
      />
      {draftSwitches.map((name) => (
        <Tick key={name} id={name} label={t.say(`profiles.${name}`)} isTicked={Boolean(values[name])} />
      ))}
      <input type="hidden" name="onUnscannedFile" value={values.onUnscannedFile} />
      <input type="hidden" name="personSignature" value={values.personSignature} />
      <input type="hidden" name="publicVerification" value={values.publicVerification} />
    </section>
  );
}
