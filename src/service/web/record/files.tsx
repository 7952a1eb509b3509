import { type CatalogFile, keepsContent } from '../../../archive/data-management/index.ts';
import { fileKey } from '../../../standards/packages/index.ts';
import type { Speaker } from '../../messages/index.ts';
import type { RecordProps } from './record-facts.ts';

const shown: readonly string[] = [
  'application/pdf',
  'text/plain',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
];

/** A package may have thousands of files; no page shows them all. */
const mostShown = 500;

/** The originals, to open where a browser can do so safely, and to take away. */
export function Files({ view: { t }, facts: { record } }: RecordProps) {
  const isKept = keepsContent(record);
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{t.say('record.files')}</h2>
      <ul class="files">
        {record.files.slice(0, mostShown).map((file, index) => (
          <li key={fileKey(file)}>
            <File t={t} file={file} {...(isKept ? { address: `/records/${record.number}/files/${index + 1}` } : {})} />
          </li>
        ))}
      </ul>
      {record.files.length > mostShown ? (
        <p class="muted">{t.say('record.moreFiles', { shown: mostShown, all: record.files.length })}</p>
      ) : null}
    </section>
  );
}

interface FileProps {
  readonly t: Speaker;
  readonly file: CatalogFile;
  /** Where its content is, as long as it is kept. */
  readonly address?: string;
}

function File({ t, file, address }: FileProps) {
  const format = file.puid ? `${file.formatName} (${file.puid})` : file.formatName;
  return (
    <>
      <span class="file-name">{file.originalName}</span>
      <span class="meta">
        <span>{t.bytes(file.size)}</span>
        {format ? <span>{format}</span> : null}
        {file.scannedBy ? <span>{t.say('file.scanned', { scanner: file.scannedBy })}</span> : null}
        {file.role === 'signature' ? <span>{t.say('file.signature')}</span> : null}
      </span>
      {address ? <FileActions t={t} file={file} address={address} /> : null}
      <details>
        <summary>{t.say('file.digests')}</summary>
        <code class="digest">SHA-256 {file.sha256}</code>
        <code class="digest">SHA-512 {file.sha512}</code>
      </details>
    </>
  );
}

function FileActions({ t, file, address }: Required<FileProps>) {
  const name = file.originalName;
  return (
    <span class="file-actions">
      {shown.includes(file.mimeType) ? (
        <a
          href={`${address}?display=inline`}
          target="_blank"
          rel="noopener"
          aria-label={`${t.say('file.open')}: ${name}`}
        >
          {t.say('file.open')}
        </a>
      ) : null}
      <a href={address} download={name} aria-label={`${t.say('file.download')}: ${name}`}>
        {t.say('file.download')}
      </a>
    </span>
  );
}
