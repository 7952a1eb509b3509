import type { RecordProps } from './record-facts.ts';

/** Every version of the package can still be taken away. */
export function Versions({ view: { t }, facts: { record, versions } }: RecordProps) {
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t.say('record.versions')}</h2>
      <ol class="plain-list">
        {[...versions].reverse().map(({ version, createdAt, reason }) => (
          <li key={version}>
            <strong>{t.say('version.number', { n: version })}</strong> <span class="muted">{t.time(createdAt)}</span>
            {reason ? <span class="block">{reason}</span> : null}
            {record.state === 'disposed' ? null : (
              <span class="block">
                <a
                  href={`/records/${record.number}/versions/${version}/package?form=zip`}
                  download
                  aria-label={t.say('version.download', { n: version })}
                >
                  ZIP
                </a>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
