import type { ComponentChildren } from 'preact';
import type { PageView } from './page-view.ts';

interface FieldProps {
  readonly id: string;
  /** The field's name in the form, when it is not its id. */
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly autocomplete?: string;
  readonly isOptional?: boolean;
  readonly maxLength?: number;
}

/** A line of text with its label. */
export function TextField({ isOptional = false, maxLength = 200, ...field }: FieldProps) {
  return (
    <Labelled {...field}>
      <input
        type="text"
        {...inputOf(field)}
        value={field.value}
        required={!isOptional}
        maxLength={maxLength}
        autocomplete={field.autocomplete ?? 'off'}
        autocapitalize="none"
        spellcheck={false}
      />
    </Labelled>
  );
}

/** A password; pasting it, and managers of passwords, are welcome (WCAG 2.2, 3.3.8). */
export function PasswordField(field: FieldProps) {
  return (
    <Labelled {...field}>
      <input
        type="password"
        {...inputOf(field)}
        required
        maxLength={1000}
        autocomplete={field.autocomplete ?? 'current-password'}
      />
    </Labelled>
  );
}

/** A control with its label, and a hint that is read out with it. */
export function Labelled({
  id,
  label,
  hint,
  children,
}: Pick<FieldProps, 'id' | 'label' | 'hint'> & { readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children}
    </div>
  );
}

/** What a labelled control has of its field. */
export const inputOf = ({ id, name = id, hint }: Pick<FieldProps, 'id' | 'name' | 'hint'>) => ({
  id,
  name,
  'aria-describedby': hint ? `${id}-hint` : undefined,
});

/** A one-time code, or a recovery code in its place. */
export function CodeField({
  view: { t },
  isOptional = false,
}: {
  readonly view: PageView;
  readonly isOptional?: boolean;
}) {
  return (
    <TextField
      id="code"
      label={t.say('signIn.code')}
      hint={t.say('signIn.codeHint')}
      autocomplete="one-time-code"
      isOptional={isOptional}
      maxLength={40}
    />
  );
}

/** What went wrong, told at the top. */
export function Fault({ text }: { readonly text: string | undefined }) {
  return text ? (
    <p class="notice bad" role="alert">
      {text}
    </p>
  ) : null;
}
