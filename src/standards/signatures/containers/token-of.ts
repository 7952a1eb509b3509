import { FormatError } from '../../../base/index.ts';
import { readTimestampToken, type TimestampToken } from '../../formats/tsp/index.ts';

/** The time-stamp token in `bytes`, or undefined. */
export function tokenOf(bytes: Uint8Array): TimestampToken | undefined {
  try {
    return readTimestampToken(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
