import type { PeriodFormula, StartEvent } from './category-list.ts';

/** The category under which a record was archived, as it stood then: sealed in its package, changed by reclassification only. */
export interface Classification {
  readonly creator: string;
  /** The version of the list, and its ordinal number. */
  readonly list: string;
  readonly listVersion: string;
  /** Number and date of the archive's consent to that version. */
  readonly consent?: string;
  readonly mark: string;
  readonly name: string;
  /** A number of years, `trajno` or `trajno operativno`. */
  readonly period: string;
  readonly startEvent: StartEvent;
  readonly formula: PeriodFormula;
}

/** `permanent`: reliable preservation with long-term signatures and evidence; `time-limited`: integrity (UTT 2). */
export type Regime = 'permanent' | 'time-limited';

/** The regime follows from the category and from nothing else (UTT-05). */
export function regimeOf({ period }: Pick<Classification, 'period'>): Regime {
  return period === 'trajno' ? 'permanent' : 'time-limited';
}
