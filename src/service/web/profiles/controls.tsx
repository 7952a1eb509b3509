interface ControlProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly fault: string | undefined;
  /** Values and their names: a closed list. */
  readonly choices?: readonly (readonly [string, string])[];
  /** Text of several lines. */
  readonly rows?: number;
  /** It is shown, and sent, and not changed. */
  readonly isFixed?: boolean;
}

/** A line, a text or a closed list, with its label, what is expected and what is wrong. */
export function Control({ id, label, hint, value = '', fault, choices, rows, isFixed = false }: ControlProps) {
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  const common = {
    id,
    name: id,
    'aria-describedby': described || undefined,
    'aria-invalid': fault ? ('true' as const) : undefined,
  };
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${id}-fault`}>
          <span aria-hidden="true">✕</span> {fault}
        </p>
      ) : null}
      {choices ? (
        <select {...common}>
          {choices.map(([choice, name]) => (
            <option key={choice} value={choice} selected={choice === value}>
              {name}
            </option>
          ))}
        </select>
      ) : rows ? (
        <textarea {...common} rows={rows} maxLength={20_000} spellcheck={false}>
          {value}
        </textarea>
      ) : (
        <input {...common} type="text" value={value} maxLength={1000} readOnly={isFixed} autocomplete="off" />
      )}
    </div>
  );
}

/** Yes or no. */
export function Tick({
  id,
  label,
  isTicked,
}: {
  readonly id: string;
  readonly label: string;
  readonly isTicked: boolean;
}) {
  return (
    <label class="choice">
      <input type="checkbox" id={id} name={id} value="yes" checked={isTicked} />
      <span>{label}</span>
    </label>
  );
}
