import { ArchiveError } from '../../base/index.ts';

/** When something comes again. Local time is that of Belgrade, wherever the machine thinks it is. */
export interface Rhythm {
  /** An ISO 8601 duration: `PT15M`, `P1D`, `P1W`, `P3M`, `P1Y`. */
  readonly every: string;
  /** The local time of the day, `02:30`; only with whole days, weeks, months and years. */
  readonly at?: string;
  /** A part of the day in which nothing is begun. */
  readonly pause?: PauseWindow;
}

/** From one local time of the day to another, the second not included; over midnight where `to` is the earlier: `22:00`–`06:00`. */
export interface PauseWindow {
  readonly from: string;
  readonly to: string;
}

interface Duration {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

/** @throws ArchiveError USAGE when a rhythm is none */
export function checkRhythm({ every, at, pause }: Rhythm): void {
  const { milliseconds } = parseDuration(every);
  if (at !== undefined && milliseconds > 0)
    throw new ArchiveError('USAGE', 'Only what comes by whole days, weeks, months or years has a time of the day.');
  for (const time of [at, pause?.from, pause?.to]) if (time !== undefined) minutesOf(time);
}

/**
 * The moment at which it is due next.
 * @param last the moment for which it came last; undefined before the first time
 * @param since when it was first asked for
 */
export function dueAfter(rhythm: Rhythm, last: Date | undefined, since: Date): Date {
  const { every, at } = rhythm;
  if (last) return at === undefined ? add(last, every) : onDayOf(add(last, every), at);
  if (at === undefined) return since;
  const today = onDayOf(since, at);
  return today >= since ? today : onDayOf(add(since, 'P1D'), at);
}

/** The latest due moment that is not after `now`: what was missed meanwhile is made up for once, not as often as it was missed. */
export function latestDue(rhythm: Rhythm, due: Date, now: Date): Date {
  const { months, days, milliseconds } = parseDuration(rhythm.every);
  if (months === 0 && days === 0)
    return new Date(due.getTime() + Math.floor((now.getTime() - due.getTime()) / milliseconds) * milliseconds);
  let latest = due;
  for (let next = due; next <= now; next = dueAfter(rhythm, next, due)) latest = next;
  return latest;
}

/** Whether a moment lies in a part of the day. Long work that is done in pieces asks between two of them. */
export function isWithin({ from, to }: PauseWindow, moment: Date): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const local = toLocal(moment);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return start <= end ? minutes >= start && minutes < end : minutes >= start || minutes < end;
}

/** By the calendar: a month after the 31st of January is the last day of February. */
function add(moment: Date, every: string): Date {
  const { months, days, milliseconds } = parseDuration(every);
  if (months === 0 && days === 0) return new Date(moment.getTime() + milliseconds);
  const moved = toLocal(moment);
  if (months > 0) {
    const day = moved.getUTCDate();
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + months);
    const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(day, lastDay));
  }
  moved.setUTCDate(moved.getUTCDate() + days);
  return new Date(fromLocal(moved).getTime() + milliseconds);
}

function onDayOf(moment: Date, at: string): Date {
  const local = toLocal(moment);
  local.setUTCHours(0, minutesOf(at), 0, 0);
  return fromLocal(local);
}

const belgrade = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Belgrade',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The local date and time of a moment, as the UTC fields of a date: arithmetic on them knows no summer time. */
function toLocal(moment: Date): Date {
  return new Date(`${belgrade.format(moment).replace(' ', 'T')}Z`);
}

/** The moment of a local date and time. In the hour that summer time leaves out, the one an hour later. */
function fromLocal(local: Date): Date {
  const offsetAt = (moment: number) => toLocal(new Date(moment)).getTime() - Math.floor(moment / 1000) * 1000;
  const guess = local.getTime() - offsetAt(local.getTime());
  return new Date(Math.max(guess, local.getTime() - offsetAt(guess)));
}

function minutesOf(time: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined) throw new ArchiveError('USAGE', `“${time}” is no time of the day: write 02:30.`);
  return Number(hours) * 60 + Number(minutes);
}

const durationForm = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

function parseDuration(text: string): Duration {
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (
    durationForm.exec(text)?.slice(1) ?? []
  ).map((digits) => Number(digits ?? 0));
  const duration = {
    months: years * 12 + months,
    days: weeks * 7 + days,
    milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1000,
  };
  if (duration.months + duration.days + duration.milliseconds > 0) return duration;
  throw new ArchiveError('USAGE', `“${text}” is no rhythm: write PT15M, P1D, P1W, P1M or P1Y.`);
}
