import type { IngestReport } from '../../../standards/packages/index.ts';
import type { RecordProps } from './record-facts.ts';

/** What a list of left out files or mapped statements shows; the report has them all. */
const mostShown = 100;

/** The package in which the record came: what was kept of it, as what, and what was left out. */
export function ReceivedPackage({ view: { t }, facts: { record, report } }: RecordProps) {
  if (!report) return null;
  const { kind, specification, archive } = report.package;
  const ignored = report.files.filter(({ kept }) => kept === 'ignored');
  return (
    <section aria-labelledby="received-title">
      <h2 id="received-title">{t.say('received.package')}</h2>
      <p>
        {t.say(kind === 'bag' ? 'received.bag' : 'received.SIP')}, {t.say('received.valid', { specification })}
      </p>
      <dl class="facts">
        {archive ? (
          <>
            <dt>{t.say('received.archive')}</dt>
            <dd>
              {archive.name} <span class="muted">{t.bytes(archive.size)}</span>
            </dd>
          </>
        ) : null}
        <dt>{t.say('received.originals')}</dt>
        <dd>{report.kept.originals}</dd>
        <dt>{t.say('received.submission')}</dt>
        <dd>{report.kept.submission}</dd>
        <dt>{t.say('received.ignored')}</dt>
        <dd>{report.kept.ignored}</dd>
        <dt>{t.say('received.checksums')}</dt>
        <dd>{report.checksums.compared}</dd>
      </dl>
      <Ignored t={t} files={ignored} />
      <Mapped t={t} mapped={report.mapped} />
      <p>
        <a href={`/api/v1/records/${record.number}/ingest-report`}>{t.say('received.report')}</a>
      </p>
    </section>
  );
}

type Speaks = Pick<RecordProps['view'], 't'>;

function Ignored({ t, files }: Speaks & { readonly files: IngestReport['files'] }) {
  if (files.length === 0) return null;
  return (
    <details>
      <summary>{t.say('received.whatIgnored')}</summary>
      <ul>
        {files.slice(0, mostShown).map(({ path, reason }) => (
          <li key={path}>
            <code>{path}</code> – {t.say(reason === 'EMPTY_FOLDER' ? 'received.EMPTY_FOLDER' : 'received.SYSTEM_FILE')}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Mapped({ t, mapped }: Speaks & { readonly mapped: IngestReport['mapped'] }) {
  if (mapped.length === 0) return null;
  return (
    <details>
      <summary>{t.say('received.mapped')}</summary>
      <ul>
        {mapped.slice(0, mostShown).map(({ from, to, value }) => (
          <li key={`${from} ${to} ${value}`}>
            {value} <span class="muted small">{`${from} → ${to}`}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
