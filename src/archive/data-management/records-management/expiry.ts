import { operational, type PeriodFormula, permanent } from './category-list.ts';

/**
 * The last day of a period: LK-03 counts whole years from the end of the event's year, `exact` from the day of the event
 * (29 February ends on the last day of February).
 * @param period a number of years, `trajno` or `trajno operativno`
 * @param startedOn the day of the event, `2026-02-01`
 * @returns the day, or undefined for a period that never ends by itself or has not begun
 */
export function expiryOf(period: string, formula: PeriodFormula, startedOn: string | undefined): string | undefined {
  if (period === permanent || period === operational || startedOn === undefined) return undefined;
  const years = Number(period);
  const year = Number(startedOn.slice(0, 4)) + years;
  if (formula === 'year-end') return `${String(year).padStart(4, '0')}-12-31`;
  const day = `${String(year).padStart(4, '0')}${startedOn.slice(4)}`;
  return day.endsWith('-02-29') && !isLeap(year) ? day.replace('-29', '-28') : day;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The day in Serbia at a moment: days of law are those of Europe/Belgrade. */
export function serbianDay(moment: Date): string {
  return belgrade.format(moment);
}

const belgrade = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Belgrade',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
