import { recordOrigin } from '../../../archive/profiles/index.ts';
import { choiceName } from '../profile-fields.tsx';
import type { RecordProps } from './record-facts.ts';

/** What the record is: category, profile and the profile's fields that were filled in. */
export function Description({ view: { t }, facts: { record, profile } }: RecordProps) {
  const fields = profile.fields.filter(({ name }) => name !== 'title' && record.fields[name] !== undefined);
  return (
    <section aria-labelledby="description-title">
      <h2 id="description-title">{t.say('record.description')}</h2>
      <dl class="facts">
        <dt>{t.say('record.number')}</dt>
        <dd>{record.number}</dd>
        <dt>{t.say('category')}</dt>
        <dd>{record.category ?? <span class="muted">{t.say('record.noCategory')}</span>}</dd>
        <dt>{t.say('profile')}</dt>
        <dd>
          <a href={`/profiles/${profile.id}?version=${profile.version}`}>{profile.title[t.language]}</a>{' '}
          <span class="muted">({t.say('profiles.version', { version: profile.version })})</span>
        </dd>
        <dt>{t.say('record.origin')}</dt>
        <dd>{t.say(`recordOrigin.${recordOrigin(record)}`)}</dd>
        <dt>{t.say('record.received')}</dt>
        <dd>{t.time(record.receivedAt)}</dd>
        {record.archivedAt ? (
          <>
            <dt>{t.say('record.archived')}</dt>
            <dd>{t.time(record.archivedAt)}</dd>
          </>
        ) : null}
        {fields.map(({ name, title, kind, choiceTitles }) => (
          <Field
            key={name}
            title={title[t.language]}
            value={choiceTitles?.[String(record.fields[name])]?.[t.language] ?? shown(record.fields[name], kind)}
          />
        ))}
        <dt>{t.say('record.id')}</dt>
        <dd>
          <code class="digest">{record.id}</code>
        </dd>
      </dl>
    </section>
  );

  function shown(value: unknown, kind: string): string {
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    if (kind === 'date') return t.day(text);
    return kind === 'choice' ? choiceName(t, text) : text;
  }
}

function Field({ title, value }: { readonly title: string; readonly value: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  );
}
