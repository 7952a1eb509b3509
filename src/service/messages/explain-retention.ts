import type { Classification, Retention } from '../../archive/data-management/index.ts';
import type { Language } from './language.ts';
import { inLanguage } from './latin-script.ts';
import type { Message } from './message.ts';
import { retentionMessages, startEventMessages } from './retention-messages.ts';

/** What the sentence is made of. */
export interface ExplainedRetention {
  readonly classification?: Classification;
  readonly retention?: Retention;
  readonly holds: readonly unknown[];
}

/** How long a record is kept and why, in a sentence or two for people. */
export function explainRetention({ classification, retention, holds }: ExplainedRetention, language: Language): string {
  const say = (message: Message, values: Readonly<Record<string, string>> = {}) =>
    inLanguage(message, language).replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
  if (!classification || !retention) return say(retentionMessages.unlisted);
  const { mark, name, period, listVersion: version, consent } = classification;
  const list = consent
    ? say(retentionMessages.list, { version, consent })
    : say(retentionMessages.listAlone, { version });
  const { startedOn, expiresOn, extendedTo, formula, startEvent } = retention;
  const values = {
    mark,
    name,
    list,
    years: period,
    event: say(startEventMessages[startEvent]),
    started: dayOf(startedOn),
    expires: dayOf(expiresOn),
  };
  return [
    say(retentionMessages[caseOf(period, startedOn, formula)], values),
    ...(extendedTo ? [say(retentionMessages.extended, { until: dayOf(extendedTo) })] : []),
    ...(holds.length > 0 ? [say(retentionMessages.held)] : []),
  ].join(' ');
}

function caseOf(period: string, startedOn: string | undefined, formula: string): keyof typeof retentionMessages {
  if (period === 'trajno') return 'permanent';
  if (period === 'trajno operativno') return 'operational';
  if (startedOn === undefined) return 'waiting';
  return formula === 'exact' ? 'exact' : 'yearEnd';
}

/** `24.11.2026.`, as in every language of the catalogue. */
function dayOf(day = ''): string {
  const [year, month, date] = day.split('-');
  return `${date}.${month}.${year}.`;
}
