import { type Conclusion, indeterminate } from '../indication.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';

/** How far the clocks of two authorities may be apart, milliseconds. */
const clockDifference = 60_000;

/**
 * Coherence of the times (EN 319 102-1 5.5.4): a time-stamp over another one was made after it, and those over the content
 * before those over the signature. Only time-stamps that hold are asked.
 * @returns undefined where the times agree
 */
export function timestampOrderFailure(timestamps: readonly JudgedTimestamp[]): Conclusion | undefined {
  const holding = timestamps.filter(({ basic }) => basic.conclusion.indication === 'PASSED').map(({ facts }) => facts);
  for (const later of holding)
    for (const earlier of holding) {
      const isLater =
        later.covers.has(earlier.id) || (later.type === 'SIGNATURE_TIMESTAMP' && earlier.type === 'CONTENT_TIMESTAMP');
      if (isLater && later.productionTime.getTime() + clockDifference < earlier.productionTime.getTime())
        return indeterminate('TIMESTAMP_ORDER_FAILURE', { code: 'TIMESTAMP_ORDER_WRONG' });
    }
  return undefined;
}
