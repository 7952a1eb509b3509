import type { IndexedEntry, JournalEntryType } from '../../../archive/data-management/index.ts';

/** Something that a person should hear of. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly subject?: string;
  readonly time: string;
  /** Whether it was mended already, so that nobody need act. */
  readonly mended: boolean;
  readonly detail: string;
}

export type AlarmKind = 'damage' | 'audit' | 'evidence' | 'verdict' | 'clock';

/** Types of entries that may alarm: the others are not even read. */
export const alarmingTypes: readonly JournalEntryType[] = [
  'copy.damaged',
  'copy.repaired',
  'audit.finished',
  'evidence.failed',
  'signatures.revalidated',
  'clock.skewed',
  'clock.jumped',
];

/** The alarms in entries of the journal. Damage is mended where the entry of its whole repair follows. */
export function alarmsIn(entries: readonly IndexedEntry[]): Alarm[] {
  const placeOf = ({ subject, detail }: IndexedEntry) => `${subject} ${detail.location} ${detail.files}`;
  const repaired = entries
    .filter(({ type }) => type === 'copy.repaired')
    .map((entry) => [placeOf(entry), entry.sequence] as const);
  return entries.flatMap((entry) => {
    const alarm = alarmOf(entry);
    if (!alarm) return [];
    const isMended = repaired.some(([place, sequence]) => place === placeOf(entry) && sequence > entry.sequence);
    return [{ ...alarm, mended: alarm.kind === 'damage' && isMended }];
  });
}

/** The alarm that an entry is, if it is one. Damage tells of itself; an audit only of what it left unmended. */
function alarmOf({ type, subject, time, detail }: IndexedEntry): Alarm | undefined {
  const alarm = (kind: AlarmKind, text: string): Alarm => ({
    kind,
    time,
    mended: false,
    detail: text,
    ...(subject ? { subject } : {}),
  });
  switch (type) {
    case 'copy.damaged':
      return alarm('damage', `${detail.location}: ${[detail.causes].flat().join(', ')}`);
    case 'audit.finished': {
      const found = Number(detail.damaged) + Number(detail.missing) + Number(detail.extra);
      const left = found - Number(detail.repaired) + Number(detail.evidence ?? 0);
      return left > 0 || detail.journal !== 'intact' ? alarm('audit', `${left}; journal ${detail.journal}`) : undefined;
    }
    case 'evidence.failed':
      return alarm('evidence', String(detail.reason));
    case 'signatures.revalidated':
      return detail.report ? alarm('verdict', String(detail.report)) : undefined;
    case 'clock.skewed':
    case 'clock.jumped':
      return alarm('clock', `${detail.seconds} s`);
    default:
      return undefined;
  }
}
