import type { ExportVerification } from './export-verification.ts';

/** By what a package or a copy is judged. */
export interface Trust {
  /** DER certificates that the reader trusts; what lies in what is judged is never trusted by itself. */
  readonly anchors: readonly Uint8Array[];
  readonly validationTime: Date;
}

/** One check. `informative` ones tell something and do not decide the result. */
export type Check = ExportVerification['checks'][number];
export type Outcome = Check['outcome'];

export const passed = (id: string, detail: string, place?: string): Check => check(id, 'PASSED', detail, place);
export const failed = (id: string, detail: string, place?: string): Check => check(id, 'FAILED', detail, place);
export const undecided = (id: string, detail: string, place?: string): Check =>
  check(id, 'INDETERMINATE', detail, place);

export function check(id: string, outcome: Outcome, detail: string, place?: string): Check {
  return { id, outcome, detail, ...(place === undefined ? {} : { place }) };
}

/** The same; where it is undecided, it tells only. */
export function informative(one: Check): Check {
  return one.outcome === 'INDETERMINATE' ? { ...one, informative: true } : one;
}

/** What all checks together say. */
export function resultOf(checks: readonly Check[]): Outcome {
  const deciding = checks.filter((one) => !one.informative);
  if (deciding.some(({ outcome }) => outcome === 'FAILED')) return 'FAILED';
  return deciding.every(({ outcome }) => outcome === 'PASSED') ? 'PASSED' : 'INDETERMINATE';
}

/** What a verdict on a signature (EN 319 102-1) is among checks. */
export const signatureOutcomes = {
  TOTAL_PASSED: 'PASSED',
  INDETERMINATE: 'INDETERMINATE',
  TOTAL_FAILED: 'FAILED',
} as const;
