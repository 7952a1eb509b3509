import type { JournalHead } from '../../../archive/data-management/index.ts';
import type { Alarm, AlarmKind } from './alarms.ts';

/** A message in Serbian and in English, as plain text. */
export interface AlertMessage {
  readonly subject: string;
  readonly text: string;
}

const kinds: Readonly<Record<AlarmKind, string>> = {
  damage: 'Оштећена копија / Damaged copy',
  audit: 'Провера је нашла неисправљено / An audit left something unmended',
  evidence: 'Доказ о постојању није обновљен / A proof of existence was not renewed',
  verdict: 'Налаз о потпису се променио / The verdict on a signature changed',
  clock: 'Сат одступа / The clock is off',
};

/** So many of a kind are named one by one; of the rest only how many. */
const namedOfAKind = 10;

/** One message for all that happened since the last: a thousand damaged copies are one cause and one message. */
export function alertMessage(institution: string, alarms: readonly Alarm[]): AlertMessage {
  const open = alarms.filter(({ mended }) => !mended).length;
  const groups = grouped(alarms);
  const sections = [...groups].map(([kind, of]) => {
    const lines = of.slice(0, namedOfAKind).map(lineOf);
    const more = of.length > namedOfAKind ? [`  … + ${of.length - namedOfAKind}`] : [];
    return [`${kinds[kind]}: ${of.length}`, ...lines, ...more].join('\n');
  });
  return {
    subject: `[Trajno] ${institution}: ${open > 0 ? `потребна пажња / attention needed (${open})` : 'исправљено / mended'}`,
    text: `${sections.join('\n\n')}\n`,
  };
}

function grouped(alarms: readonly Alarm[]): Map<AlarmKind, Alarm[]> {
  const groups = new Map<AlarmKind, Alarm[]>();
  for (const alarm of alarms) groups.set(alarm.kind, [...(groups.get(alarm.kind) ?? []), alarm]);
  return groups;
}

const lineOf = ({ time, subject = '', detail, mended }: Alarm) =>
  `  ${time} ${subject} ${detail}${mended ? ' – исправљено / mended' : ''}`;

/** What the auditor is told every day: the journal's head leaves the machine with it. */
export function dailyMessage(
  institution: string,
  head: JournalHead,
  counts: Readonly<Record<string, number>>,
): AlertMessage {
  const lines = Object.entries(counts).map(([what, count]) => `  ${what}: ${count}`);
  return {
    subject: `[Trajno] ${institution}: дневни извештај / daily report`,
    text: `Глава дневника / Journal head:\n  ${head.sequence}:${head.hash}\n\n${lines.join('\n')}\n\nЧувајте ову поруку: по њој се налази враћање архива на старо. / Keep this message: a rollback of the archive is found by it\n(trajno audit --witness FILE).\n`,
  };
}
