import type { RecordProps } from './record-facts.ts';

const shown: readonly string[] = [
  'application/pdf',
  'text/plain',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
];

/** The originals, to open where a browser can do so safely, and to take away. */
export function Files({ view: { t }, facts: { record } }: RecordProps) {
  const isKept = record.state !== 'disposed' && record.reason?.code !== 'RETURNED';
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{t.say('record.files')}</h2>
      <ul class="files">
        {record.files.map((file, index) => {
          const address = `/records/${record.number}/files/${index + 1}`;
          return (
            <li key={file.path}>
              <span class="file-name">{file.originalName}</span>
              <span class="meta">
                <span>{t.bytes(file.size)}</span>
                {file.formatName ? (
                  <span>{file.puid ? `${file.formatName} (${file.puid})` : file.formatName}</span>
                ) : null}
                {file.role === 'signature' ? <span>{t.say('file.signature')}</span> : null}
              </span>
              {isKept ? (
                <span class="file-actions">
                  {shown.includes(file.mimeType) ? (
                    <a
                      href={`${address}?display=inline`}
                      target="_blank"
                      rel="noopener"
                      aria-label={`${t.say('file.open')}: ${file.originalName}`}
                    >
                      {t.say('file.open')}
                    </a>
                  ) : null}
                  <a
                    href={address}
                    download={file.originalName}
                    aria-label={`${t.say('file.download')}: ${file.originalName}`}
                  >
                    {t.say('file.download')}
                  </a>
                </span>
              ) : null}
              <details>
                <summary>{t.say('file.digests')}</summary>
                <code class="digest">SHA-256 {file.sha256}</code>
                <code class="digest">SHA-512 {file.sha512}</code>
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
