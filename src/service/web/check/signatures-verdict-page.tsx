import type { DocumentValidation } from '../../../archive/access/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { Badge, toneOf } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { Verdict } from '../record/signatures.tsx';
import { ReportLink } from './report-link.tsx';

interface VerdictPageProps {
  readonly view: PageView;
  readonly documents: readonly DocumentValidation[];
}

/** What was found of the signatures in the files that were sent: those without any are left out where there are others. */
export function SignaturesVerdictPage({ view, documents }: VerdictPageProps) {
  const { t } = view;
  const found = documents.filter(({ container }) => container !== 'none');
  return (
    <Layout view={view} title={t.say('check.done')} part="check">
      <h1>{t.say(summaryOf(found))}</h1>
      {found.map((document) => (
        <Document key={document.sha256} t={t} document={document} />
      ))}
      <p class="actions">
        <a class="button" href="/check">
          {t.say('check.another')}
        </a>
        <ReportLink name="validation.json" report={found.length === 1 ? found[0] : documents}>
          {t.say('check.download')}
        </ReportLink>
      </p>
    </Layout>
  );
}

function summaryOf(documents: readonly DocumentValidation[]) {
  const verdicts = documents.flatMap(({ signatures }) => signatures.map(({ indication }) => indication));
  const records = documents.flatMap(({ evidenceRecords }) => evidenceRecords.map(({ indication }) => indication));
  if (verdicts.length + records.length === 0) return 'check.none';
  if (verdicts.includes('TOTAL_FAILED') || records.includes('FAILED')) return 'check.failed';
  if (verdicts.includes('INDETERMINATE') || records.includes('INDETERMINATE')) return 'check.open';
  return 'check.passed';
}

function Document({ t, document }: { readonly t: Speaker; readonly document: DocumentValidation }) {
  const { file, sha256, signatures, evidenceRecords, timestamps, error, validationTime } = document;
  return (
    <section aria-label={file}>
      <h2 class="file-name">{file}</h2>
      <code class="digest">SHA-256 {sha256}</code>
      {error ? <p class="notice bad">{t.say('check.unreadable')}</p> : null}
      <ul class="plain-list">
        {signatures.map((signature) => (
          <li key={signature.id} class={`verdict ${toneOf(signature.indication)}`}>
            <Verdict t={t} signature={{ ...signature, validationTime }} fileName={file} />
            <ListThatDecided t={t} list={signature.trustedList} />
            {signature.modifications?.length ? <p>{t.say('check.modified')}</p> : null}
            {signature.scopes.some(({ scope }) => scope === 'PARTIAL') ? <p>{t.say('check.partial')}</p> : null}
            <Timestamps t={t} timestamps={signature.timestamps} />
          </li>
        ))}
        {evidenceRecords.map((record) => (
          <li key={record.id} class={`verdict ${tones[record.indication]}`}>
            <p class="verdict-head">
              <Badge
                tone={tones[record.indication]}
              >{`${t.say('check.evidence')}: ${t.say(`check.${record.indication}`)}`}</Badge>
            </p>
            <p>{t.reason(record.reasonCode, record.reason)}</p>
            {record.notCovered ? <p>{t.say('check.notCovered', { names: record.notCovered.join(', ') })}</p> : null}
            <Timestamps t={t} timestamps={record.timestamps} />
          </li>
        ))}
      </ul>
      <Timestamps t={t} timestamps={timestamps} />
    </section>
  );
}

interface ListProps {
  readonly t: Speaker;
  readonly list: DocumentValidation['signatures'][number]['trustedList'];
}

function ListThatDecided({ t, list }: ListProps) {
  if (!list) return null;
  const { territory, sequenceNumber, stale } = list;
  const key = stale ? 'check.staleList' : 'check.trustedList';
  return <p class="muted small">{t.say(key, { territory, number: sequenceNumber })}</p>;
}

const tones = { PASSED: 'good', INDETERMINATE: 'open', FAILED: 'bad' } as const;

function Timestamps({ t, timestamps }: { readonly t: Speaker; readonly timestamps: DocumentValidation['timestamps'] }) {
  if (timestamps.length === 0) return null;
  return (
    <ul class="places">
      {timestamps.map(({ id, productionTime, signedBy, indication, reasonCode, reason, qualification }) => (
        <li key={id}>
          {`${t.say('check.timestamp', { time: t.time(productionTime) })}${signedBy ? `, ${signedBy}` : ''}: ${t.say(`check.${indication}`)}${qualification && indication === 'PASSED' ? `, ${t.timestampQualification(qualification)}` : ''}. `}
          {indication === 'PASSED' ? null : <span class="muted">{t.reason(reasonCode, reason)}</span>}
        </li>
      ))}
    </ul>
  );
}
