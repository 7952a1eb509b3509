import { keepsContent, wasScanned } from '../../../archive/data-management/index.ts';
import { StateBadge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import { CertifiedCopies } from './certified-copies.tsx';
import { CheckDesk, pagesToCheck } from './check-desk.tsx';
import { Copies } from './copies.tsx';
import { Description } from './description.tsx';
import { Evidence } from './evidence.tsx';
import { Files } from './files.tsx';
import { PreviewSection } from './preview-section.tsx';
import { ReceivedPackage } from './received-package.tsx';
import type { RecordProps } from './record-facts.ts';
import { Signatures } from './signatures.tsx';
import { Timeline } from './timeline.tsx';
import { VerdictHistory } from './verdict-history.tsx';
import { Versions } from './versions.tsx';

/** One record on one page: what it is, whether it is sound, where it lies, and all that happened to it. */
export function RecordPage({ view, facts }: RecordProps) {
  const { t } = view;
  const { record } = facts;
  const isWorking = record.state === 'received';
  const isChecked = pagesToCheck(record).length > 0;
  return (
    <Layout view={view} title={record.title} part="find" {...(isWorking ? { refresh: 3 } : {})}>
      <p class="muted crumb">
        <a href="/find">{t.say('nav.find')}</a> / {record.number}
      </p>
      <h1>{record.title}</h1>
      <p class="lead-row">
        <StateBadge t={t} state={record.state} reasonCode={record.reason?.code} />{' '}
        <span>{t.stateExplained(record.state, record.reason?.code)}</span>
      </p>
      {facts.duplicate ? (
        <p class="notice open">
          {t.say('duplicate.title')}:{' '}
          <a href={`/records/${facts.duplicate.number}`}>{`${facts.duplicate.number} – ${facts.duplicate.title}`}</a>
        </p>
      ) : null}
      {record.version > 0 && keepsContent(record) && !wasScanned(record) ? (
        <p class="notice open">{t.say('malware.notScanned')}</p>
      ) : null}
      <Actions view={view} facts={facts} />
      <CheckDesk view={view} facts={facts} />
      <div class="two-columns">
        <div>
          {isChecked ? null : <PreviewSection view={view} facts={facts} />}
          <Signatures view={view} facts={facts} />
          <Files view={view} facts={facts} />
          {isChecked ? null : <Description view={view} facts={facts} />}
          <ReceivedPackage view={view} facts={facts} />
        </div>
        <div>
          <Copies view={view} facts={facts} />
          <Evidence view={view} facts={facts} />
          <CertifiedCopies view={view} facts={facts} />
          <VerdictHistory view={view} facts={facts} />
          <Versions view={view} facts={facts} />
          <Timeline view={view} facts={facts} />
        </div>
      </div>
    </Layout>
  );
}

function Actions({ view: { t, may }, facts: { record, mayCorrect } }: RecordProps) {
  const base = `/records/${record.number}`;
  const isStored = record.version > 0 && record.state !== 'disposed';
  return (
    <ul class="actions" aria-label={t.say('record.actions')}>
      <li>
        <a class="button" href={`${base}/receipt`}>
          {t.say('record.receipt')}
        </a>
      </li>
      {isStored && may('copy.issue') ? (
        <li>
          <a class="button" href={`${base}/certify`}>
            {t.say('certified.title')}
          </a>
        </li>
      ) : null}
      {isStored
        ? (['zip', 'tar'] as const).map((form) => (
            <li key={form}>
              <a class="button" href={`${base}/versions/${record.version}/package?form=${form}`} download>
                {t.say('record.package', { form: form.toUpperCase() })}
              </a>
            </li>
          ))
        : null}
      {isStored && may('record.export') ? (
        <li>
          <a class="button" href={`${base}/dip`}>
            {t.say('dip.title')}
          </a>
        </li>
      ) : null}
      {may('access.rule') ? (
        <li>
          <a class="button" href={`${base}/access`}>
            {t.say('access.title')}
          </a>
        </li>
      ) : null}
      {isStored && mayCorrect ? (
        <li>
          <a class="button" href={`${base}/correct`}>
            {t.say(record.category ? 'record.correct' : 'record.categorize')}
          </a>
        </li>
      ) : null}
    </ul>
  );
}
