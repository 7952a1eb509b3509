import { copyChannels } from '../../../archive/access/index.ts';
import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface IssueProps {
  readonly view: PageView;
  readonly record: CatalogRecord;
  /** It would be sealed or stamped by what is built in. */
  readonly isTest: boolean;
  /** The authorised person signs the certificate before it is sealed. */
  readonly isSignedByPerson: boolean;
  /** New with each form: a form that is sent twice issues one copy. */
  readonly idempotencyKey: string;
}

const fields = ['purpose', 'recipient', 'legalInterest', 'fee', 'place'] as const;

/** The form of the second click: what the certificate and the register are to say. The third is its button. */
export function IssuePage({ view, record, isTest, isSignedByPerson, idempotencyKey }: IssueProps) {
  const { t } = view;
  const isUndecided = record.signatures.some(({ indication }) => indication !== 'TOTAL_PASSED');
  return (
    <Layout view={view} title={t.say('certified.title')} part="find">
      <p class="muted crumb">
        <a href={`/records/${record.number}`}>{`${record.number} – ${record.title}`}</a>
      </p>
      <h1>{t.say('certified.title')}</h1>
      <p class="lead">{t.say('certified.lead')}</p>
      {isTest ? <p class="notice">{t.say('certified.test')}</p> : null}
      <form method="post" action={`/records/${record.number}/certify`} class="narrow">
        <input type="hidden" name="key" value={idempotencyKey} />
        {isUndecided ? (
          <div class="field">
            <label for="decision">
              {t.say('certified.decision')} <span class="muted">({t.say('form.required')})</span>
            </label>
            <p class="hint" id="decision-hint">
              {t.say('certified.decisionHint')}
            </p>
            <textarea
              id="decision"
              name="decision"
              required
              maxLength={1000}
              rows={2}
              aria-describedby="decision-hint"
            />
          </div>
        ) : null}
        {fields.map((name) => (
          <div class="field" key={name}>
            <label for={name}>{t.say(`certified.${name}`)}</label>
            <input id={name} name={name} type="text" maxLength={name === 'fee' || name === 'place' ? 100 : 200} />
          </div>
        ))}
        <div class="field">
          <label for="requestedOn">{t.say('certified.requestedOn')}</label>
          <input id="requestedOn" name="requestedOn" type="date" />
        </div>
        <div class="field">
          <label for="channel">{t.say('certified.channel')}</label>
          <select id="channel" name="channel">
            {copyChannels.map((channel) => (
              <option key={channel} value={channel}>
                {t.say(`channel.${channel}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="script">{t.say('certified.script')}</label>
          <select id="script" name="script">
            <option value="Cyrl">{t.say('certified.cyrillic')}</option>
            <option value="Latn" selected={t.language === 'sr-Latn'}>
              {t.say('certified.latin')}
            </option>
          </select>
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            {t.say(isSignedByPerson ? 'prepared.prepare' : 'certified.make')}
          </button>
        </p>
      </form>
    </Layout>
  );
}
