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
export function TextField({ id, label, hint, value, autocomplete, isOptional = false, maxLength = 200 }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <input
        type="text"
        id={id}
        name={id}
        value={value}
        required={!isOptional}
        maxLength={maxLength}
        autocomplete={autocomplete ?? 'off'}
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}

/** A password; pasting it, and managers of passwords, are welcome (WCAG 2.2, 3.3.8). */
export function PasswordField({ id, name, label, hint, autocomplete }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <input
        type="password"
        id={id}
        name={name ?? id}
        required
        maxLength={1000}
        autocomplete={autocomplete ?? 'current-password'}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}

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
