import type { Speaker } from '../../messages/index.ts';
import type { Preview, Shown } from './preview.ts';
import type { XmlPart } from './readable-xml.ts';
import type { RecordProps } from './record-facts.ts';

/** The document itself, where a browser can show it without executing anything in it. */
export function PreviewSection({ view: { t }, facts: { record, preview, previewable } }: RecordProps) {
  if (!preview) return null;
  return (
    <section aria-labelledby="preview-title" class="preview">
      <h2 id="preview-title">{t.say('preview.title')}</h2>
      {previewable.length > 1 ? (
        <ul class="preview-files" aria-label={t.say('record.files')}>
          {previewable.slice(0, 20).map((number) => (
            <li key={number}>
              <a
                href={`/records/${record.number}?show=${number}#preview-title`}
                aria-current={number === preview.number ? 'true' : undefined}
              >
                {record.files[number - 1]?.originalName}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <Content t={t} preview={preview} shown={preview.shown} />
    </section>
  );
}

interface ContentProps {
  readonly t: Speaker;
  readonly preview: Preview;
  readonly shown: Shown;
}

function Content({ t, preview: { file, address }, shown }: ContentProps) {
  const title = t.say('preview.of', { name: file.originalName });
  switch (shown.as) {
    case 'pdf':
      return (
        <>
          <iframe class="sheet-frame" src={`${address}${pdfReader}`} title={title} loading="lazy" />
          <p class="muted small">
            <a href={address} target="_blank" rel="noopener">
              {t.say('preview.alone')}
            </a>
          </p>
        </>
      );
    case 'active':
      return <p class="notice open">{t.say('preview.active')}</p>;
    case 'image':
      return <img class="sheet-image" src={address} alt={title} loading="lazy" />;
    case 'xml':
      return (
        <div class="sheet xml" {...scrolled(title)}>
          <Part part={shown.root} />
          {shown.isCut ? <p class="muted">{t.say('preview.cut')}</p> : null}
        </div>
      );
    case 'text':
      return (
        <>
          <pre class="sheet" {...scrolled(title)}>
            {shown.text}
          </pre>
          {shown.isCut ? <p class="muted">{t.say('preview.cut')}</p> : null}
        </>
      );
  }
}

/** The page as wide as its frame, without the list of pages beside it (PDF Open Parameters, RFC 8118 3). */
const pdfReader = '#view=FitH&navpanes=0';

/** What scrolls must be reached by keyboard (WCAG 2.1.1). */
const scrolled = (title: string) => ({ role: 'region', 'aria-label': title, tabIndex: 0 }) as const;

/** An element with what it says; what it holds stands below, set in. */
function Part({ part: { name, attributes, text, parts } }: { readonly part: XmlPart }) {
  return (
    <div class="part">
      <span class="muted">{name}</span> {text ? <span>{text}</span> : null}
      {attributes.map(([key, value]) => (
        <span key={key} class="attribute">
          <span class="muted">{key}:</span> {value}
        </span>
      ))}
      {parts.length > 0 ? (
        <div class="parts">
          {parts.map((part, index) => (
            <Part key={`${index}-${part.name}`} part={part} />
          ))}
        </div>
      ) : null}
    </div>
  );
}
