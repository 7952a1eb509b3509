import { ArchiveError } from '../../../base/index.ts';
import { serbianDay } from '../../data-management/index.ts';
import type { CopyScript } from './copy-statement.ts';
import type { AuthorisedPerson } from './issuer.ts';

/** Ways in which a copy is asked for or handed out (DOS-01). */
export const copyChannels = [
  'counter',
  'post',
  'e-mail',
  'e-delivery',
  'eSanduce',
  'qualified-e-delivery',
  'download',
] as const;

export type CopyChannel = (typeof copyChannels)[number];

/** A wish for a certified copy. */
export interface CopyRequest {
  /** The record's id or number. */
  readonly record: string;
  /** Who makes it, as the journal names them. */
  readonly actor: string;
  readonly script?: CopyScript;
  /** What for, as it is to stand on the certificate. */
  readonly purpose?: string;
  readonly place?: string;
  readonly recipient?: string;
  /** The day on which it was asked for, `YYYY-MM-DD`: how long the office took is counted from it (LEI-03). */
  readonly requestedOn?: string;
  /** The legal interest of whoever asks (CC-03). */
  readonly legalInterest?: string;
  /** An amount of dinars: `310`, `1.025,12`. */
  readonly fee?: string;
  readonly channel?: CopyChannel;
  readonly person?: AuthorisedPerson;
  /** Why a copy is issued although a verdict is INDETERMINATE; the decision is the actor's. */
  readonly decision?: string;
}

/**
 * Checks the day on which a copy was asked for: a day of the calendar that has come.
 * @throws ArchiveError REQUEST_MALFORMED
 */
export function checkRequestDay(day: string, now: Date): void {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
  if (!isDay || day > serbianDay(now))
    throw new ArchiveError(
      'REQUEST_MALFORMED',
      `“${day}” is no day on which a copy can have been asked for. Write it as YYYY-MM-DD; it may not lie ahead.`,
    );
}
