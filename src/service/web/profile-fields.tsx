import type { Profile } from '../../archive/profiles/index.ts';
import type { Speaker } from '../messages/index.ts';

type ProfileField = Profile['fields'][number];

/** The values and faults of a form, by field. */
export interface FormState {
  readonly values: ReadonlyMap<string, string>;
  readonly faults: ReadonlyMap<string, string>;
}

export const emptyForm: FormState = { values: new Map(), faults: new Map() };

interface FieldsProps {
  readonly t: Speaker;
  readonly profile: Profile;
  readonly form: FormState;
}

/** Fields that are seldom filled in by hand wait behind a line; what is required or at fault never does. */
const shownAtOnce = 5;

/** The form of a profile: every field with its name, what is expected, and what is wrong with it. */
export function ProfileFields({ t, profile, form }: FieldsProps) {
  const first = profile.fields.filter((field, index) => index < shownAtOnce || field.required);
  const rest = profile.fields.filter((field) => !first.includes(field));
  const isOpen = rest.some(({ name }) => form.values.get(name) || form.faults.has(name));
  return (
    <>
      {first.map((field) => (
        <Field key={field.name} t={t} field={field} form={form} />
      ))}
      {rest.length > 0 ? (
        <details class="more" open={isOpen}>
          <summary>{t.say('form.more')}</summary>
          {rest.map((field) => (
            <Field key={field.name} t={t} field={field} form={form} />
          ))}
        </details>
      ) : null}
    </>
  );
}

function Field({ t, field, form }: { readonly t: Speaker; readonly field: ProfileField; readonly form: FormState }) {
  const id = `field-${field.name}`;
  const fault = form.faults.get(field.name);
  const description = field.description?.[t.language];
  const described = [description ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  const common = {
    id,
    name: `field.${field.name}`,
    required: field.required,
    'aria-describedby': described || undefined,
    'aria-invalid': fault ? ('true' as const) : undefined,
  };
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>
        {field.title[t.language]}
        {field.required ? <span class="muted"> ({t.say('form.required')})</span> : null}
      </label>
      {description ? (
        <p class="hint" id={`${id}-hint`}>
          {description}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${id}-fault`}>
          <span aria-hidden="true">✕</span> {fault}
        </p>
      ) : null}
      <Control field={field} common={common} value={form.values.get(field.name) ?? ''} t={t} />
    </div>
  );
}

interface ControlProps {
  readonly t: Speaker;
  readonly field: ProfileField;
  readonly common: object;
  readonly value: string;
}

function Control({ t, field, common, value }: ControlProps) {
  if (field.kind === 'choice')
    return (
      <select {...common}>
        <option value="">{t.say('form.none')}</option>
        {(field.choices ?? []).map((choice) => (
          <option key={choice} value={choice} selected={choice === value}>
            {field.choiceTitles?.[choice]?.[t.language] ?? choiceName(t, choice)}
          </option>
        ))}
      </select>
    );
  if (field.kind === 'long-text')
    return (
      <textarea {...common} rows={3} maxLength={field.maxLength}>
        {value}
      </textarea>
    );
  if (field.kind === 'number')
    return <input {...common} type="text" inputMode="numeric" pattern="-?[0-9]{1,12}" value={value} />;
  if (field.kind === 'amount')
    return <input {...common} type="text" inputMode="decimal" value={value} maxLength={20} pattern={field.pattern} />;
  if (field.kind === 'date') return <input {...common} type="date" value={value} />;
  return <input {...common} type="text" value={value} maxLength={field.maxLength} pattern={field.pattern} />;
}

/** Choices are words of the law in Latin letters; the pages say them in the reader's. */
export function choiceName(t: Speaker, choice: string): string {
  if (choice === 'papirni') return t.say('choice.paper');
  return choice === 'elektronski' ? t.say('choice.electronic') : choice;
}
