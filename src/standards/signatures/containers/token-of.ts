import { FormatError } from '../../../base/index.ts';
import { readTimestampToken, type TimestampToken } from '../../formats/tsp/index.ts';

const known = new WeakMap<Uint8Array, TimestampToken | 'none'>();

/** The time-stamp token in `bytes`, or undefined. The same array is read once. */
export function tokenOf(bytes: Uint8Array): TimestampToken | undefined {
  const before = known.get(bytes) ?? read(bytes);
  known.set(bytes, before);
  return before === 'none' ? undefined : before;
}

function read(bytes: Uint8Array): TimestampToken | 'none' {
  try {
    return readTimestampToken(bytes);
  } catch (error) {
    if (error instanceof FormatError) return 'none';
    throw error;
  }
}
