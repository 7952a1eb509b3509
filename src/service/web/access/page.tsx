import type { AccessLine } from '../../../archive/administration/index.ts';
import type { AccessRules, CatalogRecord, ErasureAnswer } from '../../../archive/data-management/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

/** Who may read a record: an embargo, personal data. */
export function RulesPage({
  view,
  record,
  rules,
}: {
  readonly view: PageView;
  readonly record: CatalogRecord;
  readonly rules: AccessRules;
}) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('access.title')} part="find">
      <p class="muted crumb">
        <a href={`/records/${record.number}`}>{record.number}</a>
      </p>
      <h1>{t.say('access.title')}</h1>
      <p class="lead">
        {rules.embargoUntil ? t.say('access.embargo', { day: t.day(rules.embargoUntil) }) : t.say('access.noEmbargo')}{' '}
        {t.say(rules.personalData ? 'access.personal' : 'access.notPersonal')}
      </p>
      <form method="post" action={`/records/${record.number}/access`} class="narrow">
        <div class="field">
          <label for="embargoUntil">{t.say('access.until')}</label>
          <input id="embargoUntil" name="embargoUntil" type="date" value={rules.embargoUntil} />
        </div>
        <div class="field">
          <label for="personalData">{t.say('access.personalData')}</label>
          <select id="personalData" name="personalData">
            <option value="">{t.say('access.asCategory')}</option>
            <option value="yes">{t.say('access.yes')}</option>
            <option value="no">{t.say('access.no')}</option>
          </select>
        </div>
        <div class="field">
          <label for="reason">{t.say('access.why')}</label>
          <textarea id="reason" name="reason" required maxLength={500} rows={2} />
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('access.rule')}
          </button>
        </p>
      </form>
    </Layout>
  );
}

interface LogProps {
  readonly view: PageView;
  readonly text: string;
  readonly lines: readonly AccessLine[];
  readonly isWhole: boolean;
}

/** Who was given the records in which a person is found. */
export function LogPage({ view, text, lines, isWhole }: LogProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('access.log')} part="audit">
      <p class="muted crumb">
        <a href="/audit">{t.say('audit.title')}</a>
      </p>
      <h1>{t.say('access.log')}</h1>
      <p class="lead">{t.say('access.logLead')}</p>
      <form method="get" action="/access-log" class="narrow">
        <div class="field">
          <label for="text">{t.say('access.person')}</label>
          <input id="text" name="text" type="search" value={text} maxLength={200} required />
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('access.show')}
          </button>
        </p>
      </form>
      {text === '' ? null : (
        <>
          {isWhole ? null : <p class="notice">{t.say('access.notWhole')}</p>}
          <p>
            <a href={`/access-log.csv?text=${encodeURIComponent(text)}`}>CSV</a>
          </p>
          {lines.length === 0 ? <p class="muted">{t.say('access.none')}</p> : null}
          <ul class="plain-list">
            {lines.map(({ sequence, time, recordNumber, actor, type, reason }) => (
              <li key={sequence}>
                {t.time(time)} – {actor}: {t.journalEntry(type)},{' '}
                <a href={`/records/${recordNumber}`}>{recordNumber}</a>
                {reason ? <span class="muted small block">{reason}</span> : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </Layout>
  );
}

const outcomes = { refused: 'erasure.refused', accepted: 'erasure.accepted' } as const;
const becauses = {
  permanent: 'erasure.because.permanent',
  period: 'erasure.because.period',
  hold: 'erasure.because.hold',
  'no-period': 'erasure.because.no-period',
  expired: 'erasure.because.expired',
  disposal: 'erasure.because.disposal',
} as const;

/** Requests for erasure with their answers, and the form of another. */
export function ErasurePage({
  view,
  answers,
}: {
  readonly view: PageView;
  readonly answers: readonly ErasureAnswer[];
}) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('erasure.title')} part="office">
      <p class="muted crumb">
        <a href="/office">{t.say('office.title')}</a>
      </p>
      <h1>{t.say('erasure.title')}</h1>
      <p class="lead">{t.say('erasure.lead')}</p>
      {answers.length === 0 ? <p class="empty">{t.say('erasure.none')}</p> : null}
      {answers.map(({ id, answeredAt, answeredBy, facts }) => (
        <section key={id} class="card">
          <h2>{facts.requester}</h2>
          <p class="muted small">{`${t.day(facts.receivedOn)} → ${t.time(answeredAt)}, ${answeredBy}`}</p>
          <p>{facts.reason}</p>
          <ul class="plain-list">
            {facts.records.map(({ number, answer, because, until }) => (
              <li key={number}>
                <a href={`/records/${number}`}>{number}</a> – {t.say(outcomes[answer])}:{' '}
                {t.say(becauses[because], { day: until ? t.day(until) : '' })}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {view.may('office.change') ? (
        <form method="post" action="/erasure-requests" class="narrow">
          <h2>{t.say('erasure.new')}</h2>
          {(['requester', 'records'] as const).map((name) => (
            <div class="field" key={name}>
              <label for={name}>{t.say(`erasure.${name}`)}</label>
              <input id={name} name={name} type="text" required maxLength={name === 'records' ? 2000 : 200} />
            </div>
          ))}
          <div class="field">
            <label for="receivedOn">{t.say('erasure.receivedOn')}</label>
            <input id="receivedOn" name="receivedOn" type="date" required />
          </div>
          <div class="field">
            <label for="reason">{t.say('erasure.reason')}</label>
            <textarea id="reason" name="reason" required maxLength={2000} rows={3} />
          </div>
          <p class="actions">
            <button type="submit" class="primary">
              {t.say('erasure.answer')}
            </button>
          </p>
        </form>
      ) : null}
    </Layout>
  );
}
