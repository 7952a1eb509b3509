import type { RecordProps } from './record-facts.ts';

/** The proof that the record existed: since when, by whom, until when without renewal, and the records to take away. */
export function Evidence({ view: { t }, facts: { record, evidence } }: RecordProps) {
  const isStored = record.version > 0 && record.state !== 'disposed';
  return (
    <section aria-labelledby="evidence-title">
      <h2 id="evidence-title">{t.say('evidence.title')}</h2>
      {evidence ? (
        <>
          <p>{t.say('evidence.since', { time: t.time(evidence.createdAt), authority: evidence.authority })}</p>
          {evidence.isTest ? <p class="notice open">{t.say('evidence.test')}</p> : null}
          <p class="muted">
            {t.say('evidence.renewal', { stamped: t.time(evidence.stampedAt), due: t.time(evidence.renewAt) })}
          </p>
        </>
      ) : (
        <p>{t.say(isStored ? 'evidence.waits' : 'evidence.none')}</p>
      )}
      {isStored ? (
        <ul class="plain-list">
          {record.files.map((file, index) => (
            <li key={file.path}>
              <a href={`/records/${record.number}/files/${index + 1}/evidence`} download>
                {t.say('evidence.take', { file: file.originalName })}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
