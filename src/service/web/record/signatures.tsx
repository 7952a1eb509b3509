import type { CatalogSignature } from '../../../archive/data-management/index.ts';
import { fileKey } from '../../../standards/packages/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { Badge, toneOf } from '../badges.tsx';
import type { RecordProps } from './record-facts.ts';

/** Verdicts as sentences: who signed, whether it holds, why not, and when that was found. */
export function Signatures({ view: { t }, facts: { record } }: RecordProps) {
  return (
    <section aria-labelledby="signatures-title">
      <h2 id="signatures-title">{t.say('record.signatures')}</h2>
      {record.signatures.length === 0 ? (
        <p class="muted">{t.say(record.version > 0 ? 'noSignatureFound' : 'notYetChecked')}</p>
      ) : null}
      <ul class="plain-list">
        {record.signatures.map((signature, index) => (
          <li key={`${signature.file}-${index}`} class={`verdict ${toneOf(signature.indication)}`}>
            <Verdict t={t} signature={signature} fileName={nameOf(record.files, signature.file)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface VerdictProps {
  readonly t: Speaker;
  readonly signature: Omit<CatalogSignature, 'file'>;
  readonly fileName: string;
}

/** One signature in sentences. */
export function Verdict({ t, signature, fileName }: VerdictProps) {
  const { indication, subIndication, reasonCode, reason, signedBy, claimedSigningTime, validationTime, format } =
    signature;
  const { qualification } = signature;
  const why = t.language === 'en' && reason ? reason : t.reason(reasonCode, reason);
  return (
    <>
      <p class="verdict-head">
        <Badge tone={toneOf(indication)}>{t.indication(indication)}</Badge>
      </p>
      {qualification ? <p>{t.qualification(qualification)}.</p> : null}
      <p>
        {format.endsWith('EVIDENCE_RECORD') ? (
          <strong>{t.say('evidence.title')}</strong>
        ) : (
          <>
            {t.say('signature.by')} <strong>{signedBy ?? t.say('signature.unknownSigner')}</strong>
          </>
        )}
        {claimedSigningTime ? `, ${t.say('signature.claimedTime', { time: t.time(claimedSigningTime) })}` : ''}.
        {why ? ` ${why}` : ''}
      </p>
      <p class="muted small">
        {t.say('signature.checked', { time: t.time(validationTime) })} · {format} · {fileName}
        {subIndication ? ` · ${subIndication}` : ''}
      </p>
    </>
  );
}

function nameOf(files: RecordProps['facts']['record']['files'], path: string): string {
  return files.find((file) => fileKey(file) === path)?.originalName ?? path;
}
