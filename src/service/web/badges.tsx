import type { Speaker } from '../messages/index.ts';

interface BadgeProps {
  readonly tone: 'good' | 'open' | 'bad' | 'quiet';
  readonly children: string;
}

/** The tone is said by shape and word too, never by colour alone. */
const signs = { good: '✓', open: '?', bad: '✕', quiet: '•' } as const;

export function Badge({ tone, children }: BadgeProps) {
  return (
    <span class={`badge ${tone}`}>
      <span aria-hidden="true">{signs[tone]}</span> {children}
    </span>
  );
}

const stateTones: Readonly<Record<string, BadgeProps['tone']>> = {
  archived: 'good',
  received: 'quiet',
  awaiting: 'open',
  quarantined: 'open',
  failed: 'bad',
  rejected: 'bad',
  disposed: 'quiet',
};

interface StateProps {
  readonly t: Speaker;
  readonly state: string;
  /** Why it is in that state, where there is more than one reason. */
  readonly reasonCode?: string | undefined;
}

export function StateBadge({ t, state, reasonCode }: StateProps) {
  return <Badge tone={stateTones[state] ?? 'quiet'}>{t.state(state, reasonCode)}</Badge>;
}

const verdictTones: Readonly<Record<string, BadgeProps['tone']>> = {
  TOTAL_PASSED: 'good',
  INDETERMINATE: 'open',
  TOTAL_FAILED: 'bad',
};

export function toneOf(indication: string): BadgeProps['tone'] {
  return verdictTones[indication] ?? 'open';
}

interface VerdictsProps {
  readonly t: Speaker;
  /** How many signatures have which indication. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** Whether signatures were looked for: before that, silence is no finding. */
  readonly isChecked: boolean;
}

/** The verdicts of a record in a list, in few words. */
export function VerdictBadges({ t, verdicts, isChecked }: VerdictsProps) {
  const entries = Object.entries(verdicts);
  if (entries.length === 0) return isChecked ? <span class="muted">{t.say('noSignature')}</span> : null;
  return (
    <>
      {entries.map(([indication, count]) => (
        <Badge key={indication} tone={toneOf(indication)}>
          {`${t.outcome(indication)}${count > 1 ? ` (${count})` : ''}`}
        </Badge>
      ))}
    </>
  );
}
