import { type CatalogRecord, wasScanned } from '../../../archive/data-management/index.ts';
import type { Receipt } from '../../http/index.ts';
import { Badge, StateBadge, toneOf } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface ReceiptProps {
  readonly view: PageView;
  readonly record: CatalogRecord;
  readonly receipt: Receipt;
  /** The record with the same content that was there before. */
  readonly duplicate?: { readonly number: string; readonly title: string };
}

/** The receipt, made to be printed. */
export function ReceiptPage(props: ReceiptProps) {
  const { view, record, receipt } = props;
  const { t } = view;
  const title = t.say(receipt.kind === 'archiving' ? 'receipt.archiving' : 'receipt.intake');
  const isWorking = record.state === 'received';
  return (
    <Layout view={view} title={title} part="upload" scripts={['print.js']} {...(isWorking ? { refresh: 3 } : {})}>
      <article class="receipt">
        <header>
          <p class="muted">{view.institution === 'Trajno' ? t.say('product') : view.institution}</p>
          <h1>{title}</h1>
          <p class="number">{receipt.number}</p>
        </header>
        <p aria-live="polite">
          <StateBadge t={t} state={record.state} reasonCode={record.reason?.code} />{' '}
          {t.stateExplained(record.state, record.reason?.code)}
        </p>
        <Facts {...props} />
        <Contents {...props} />
        <Verdicts {...props} />
        <JournalEntry {...props} />
      </article>
      <Actions {...props} />
    </Layout>
  );
}

function Facts({ view: { t }, record, receipt, duplicate }: ReceiptProps) {
  return (
    <dl class="facts">
      <dt>{t.say('receipt.document')}</dt>
      <dd>{record.title}</dd>
      <dt>{t.say('record.number')}</dt>
      <dd>{record.number}</dd>
      <dt>{t.say('receipt.time')}</dt>
      <dd>
        {t.time(receipt.time)} <span class="muted">({receipt.time})</span>
      </dd>
      {duplicate ? (
        <>
          <dt>{t.say('duplicate.title')}</dt>
          <dd>
            <a href={`/records/${duplicate.number}`}>{`${duplicate.number} – ${duplicate.title}`}</a>
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function Contents({ view: { t }, record }: ReceiptProps) {
  return (
    <>
      <h2>{t.say('record.files')}</h2>
      <ul class="files">
        {record.files.map((file) => (
          <li key={file.path}>
            <strong>{file.originalName}</strong> <span class="muted">{t.bytes(file.size)}</span>
            <code class="digest">SHA-256 {file.sha256}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Verdicts({ view: { t }, record }: ReceiptProps) {
  if (record.signatures.length === 0) return null;
  return (
    <>
      <h2>{t.say('record.signatures')}</h2>
      <ul class="files">
        {record.signatures.map((signature, index) => (
          <li key={`${signature.file}-${index}`}>
            <Badge tone={toneOf(signature.indication)}>{t.indication(signature.indication)}</Badge>{' '}
            {signature.signedBy ?? t.say('signature.unknownSigner')}
          </li>
        ))}
      </ul>
    </>
  );
}

/** With this entry in hand nobody can change the journal behind it unseen. */
function JournalEntry({ view: { t }, record, receipt }: ReceiptProps) {
  return (
    <>
      <h2>{t.say('receipt.journal')}</h2>
      <p class="hint">{t.say('receipt.journalHint')}</p>
      <code class="digest">{receipt.head}</code>
      <p class="muted">{t.say(receipt.kind === 'archiving' ? 'evidence.waits' : 'evidence.none')}</p>
      {record.version > 0 && !wasScanned(record) ? <p class="muted">{t.say('malware.notScanned')}</p> : null}
    </>
  );
}

function Actions({ view: { t }, record, receipt }: ReceiptProps) {
  return (
    <p class="actions no-print">
      <button type="button" id="print" class="primary" hidden>
        {t.say('receipt.print')}
      </button>
      <a class="button" href={`/records/${record.number}`}>
        {t.say('receipt.open')}
      </a>
      <a class="button" href={`/records/${record.number}/receipt.txt`} download>
        {t.say('receipt.save')}
      </a>
      <a class="button" href={`/api/v1/records/${record.id}/receipt`} download={`${receipt.number}.json`}>
        JSON
      </a>
      <a href="/">{t.say('received.more')}</a>
    </p>
  );
}
