import { roleExplanations, roleMessages } from './account-messages.ts';
import { causeMessages } from './audit-page-messages.ts';
import { type CountedMessageKey, countedMessages } from './counted-messages.ts';
import type { Language } from './language.ts';
import { inLanguage } from './latin-script.ts';
import type { Message } from './message.ts';
import { jobNames } from './operations-messages.ts';
import { packageRequirements } from './package-requirement-messages.ts';
import { type PageMessageKey, pageMessages } from './page-messages.ts';
import { fieldFaults, problemMessages } from './problem-messages.ts';
import { ifItHolds, qualificationMessages, timestampQualificationMessages } from './qualification-messages.ts';
import {
  handedOverMessages,
  journalMessages,
  outcomeMessages,
  preservationMessages,
  stateExplanations,
  stateMessages,
} from './record-messages.ts';
import { indicationMessages, reasonMessages } from './signature-messages.ts';

type Values = Readonly<Record<string, string | number>>;

/** Says things in one language. What is put into a sentence is never rewritten into the other alphabet. */
export interface Speaker {
  readonly language: Language;
  say(key: PageMessageKey, values?: Values): string;
  count(key: CountedMessageKey, number: number): string;
  problem(code: string): string;
  /** A field's fault, from the detail that the archive gives. */
  fault(detail: string): string;
  role(role: string): string;
  roleExplained(role: string): string;
  /** A record's state; one that was handed over is not said to be destroyed. */
  state(state: string, reasonCode?: string): string;
  stateExplained(state: string, reasonCode?: string): string;
  indication(indication: string): string;
  /** Why a verdict is as it is, or the sentence that was written down when the code is not known any more. */
  reason(reasonCode: string | undefined, sentence: string | undefined): string;
  /** What a signature is by the law, from the name that the report gives. */
  qualification(name: string): string;
  timestampQualification(name: string): string;
  journalEntry(type: string): string;
  preservationEvent(type: string): string;
  outcome(outcome: string): string;
  /** A job by its name. */
  job(name: string): string;
  /** What an audit found at a place. */
  cause(cause: string): string;
  /** The name of a requirement of a package specification, from its English name. */
  requirement(name: string): string;
  /** `24.11.2026.`, in Belgrade. @param utc a time or a day of the archive's form */
  day(utc: string): string;
  /** `24.11.2026. 13:05`, in Belgrade. */
  time(utc: string): string;
  number(value: number): string;
  bytes(size: number): string;
}

/** A speaker for each language is made once. */
export function speaker(language: Language): Speaker {
  const known = speakers.get(language);
  if (known) return known;
  const made = makeSpeaker(language);
  speakers.set(language, made);
  return made;
}

const isHandedOver = (state: string, reasonCode: string | undefined) =>
  state === 'disposed' && reasonCode === 'HANDED_OVER';

const speakers = new Map<Language, Speaker>();

function makeSpeaker(language: Language): Speaker {
  const pick = memoized((message: Message) => inLanguage(message, language));
  const locale = language === 'en' ? 'en-GB' : language === 'sr-Latn' ? 'sr-Latn-RS' : 'sr-RS';
  const plural = new Intl.PluralRules(language === 'en' ? 'en' : 'sr');
  const digits = new Intl.NumberFormat(locale);
  const known = (table: Readonly<Record<string, Message>>, key: string, otherwise: string) => {
    const message = Object.hasOwn(table, key) ? table[key] : undefined;
    return message ? pick(message) : otherwise;
  };
  return {
    language,
    say: (key, values) => filled(pick(pageMessages[key]), values ?? {}),
    count: (key, number) => {
      const forms = countedMessages[key];
      const rule = plural.select(number);
      const sr = rule === 'one' || rule === 'few' ? forms.sr[rule] : forms.sr.other;
      const en = rule === 'one' ? forms.en.one : forms.en.other;
      return filled(inLanguage({ sr, en }, language), { n: digits.format(number) });
    },
    problem: (code) => known(problemMessages, code, pick(problemMessages.FAULT)),
    fault: (detail) => faultIn(detail, pick),
    role: (role) => known(roleMessages, role, role),
    roleExplained: (role) => known(roleExplanations, role, ''),
    state: (state, reasonCode) =>
      isHandedOver(state, reasonCode) ? pick(handedOverMessages.state) : known(stateMessages, state, state),
    stateExplained: (state, reasonCode) =>
      isHandedOver(state, reasonCode) ? pick(handedOverMessages.explained) : known(stateExplanations, state, ''),
    indication: (indication) => known(indicationMessages, indication, indication),
    reason: (reasonCode, sentence) => known(reasonMessages, reasonCode ?? '', sentence ?? ''),
    qualification: (name) => {
      const plain = name.replace(/^Indeterminate /, '');
      const what = known(qualificationMessages, plain, plain);
      return plain === name ? what : filled(pick(ifItHolds), { what: what.charAt(0).toLowerCase() + what.slice(1) });
    },
    timestampQualification: (name) => known(timestampQualificationMessages, name, name),
    journalEntry: (type) => known(journalMessages, type, type),
    preservationEvent: (type) => known(preservationMessages, type, type),
    outcome: (outcome) => known(outcomeMessages, outcome, outcome),
    requirement: (name) => {
      const sr = Object.hasOwn(packageRequirements, name) ? packageRequirements[name] : undefined;
      return inLanguage({ sr: sr ?? name, en: name }, language);
    },
    job: (name) => known(jobNames, name, name),
    cause: (cause) => known(causeMessages, cause, cause),
    day: (utc) => dayOf(utc),
    time: (utc) => (utc.length === 10 ? dayOf(utc) : `${dayOf(utc)} ${clockOf(utc)}`),
    number: (value) => digits.format(value),
    bytes: bytesIn(locale),
  };
}

function memoized(say: (message: Message) => string): (message: Message) => string {
  const said = new Map<Message, string>();
  return (message) => {
    const before = said.get(message);
    if (before !== undefined) return before;
    const text = say(message);
    said.set(message, text);
    return text;
  };
}

function filled(text: string, values: Values): string {
  return text.replace(/\{([a-z0-9]+)\}/gi, (whole, name: string) => String(values[name] ?? whole));
}

function faultIn(detail: string, pick: (message: Message) => string): string {
  for (const { detail: pattern, message } of fieldFaults) {
    const [, first = ''] = pattern.exec(detail) ?? [];
    if (pattern.test(detail)) return filled(pick(message), { 1: first });
  }
  return detail;
}

const dayParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Belgrade',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const clockParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Belgrade',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function dayOf(utc: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(utc)) return `${utc.slice(8)}.${utc.slice(5, 7)}.${utc.slice(0, 4)}.`;
  const parts = new Map(dayParts.formatToParts(new Date(utc)).map(({ type, value }) => [type, value]));
  return `${parts.get('day')}.${parts.get('month')}.${parts.get('year')}.`;
}

function clockOf(utc: string): string {
  return clockParts.format(new Date(utc));
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function bytesIn(locale: string): (size: number) => string {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (size) => {
    let [value, unit] = [size, 0];
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit += 1;
    }
    const digits = unit === 0 || value >= 100 ? whole : tenths;
    return `${digits.format(value)}\u00a0${units[unit]}`;
  };
}
