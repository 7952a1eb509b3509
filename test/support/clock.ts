import type { Clock } from '../../src/base/index.ts';

/** A clock that starts at a fixed moment and goes on by a second each time it is asked. */
export function tickingClock(start = '2026-11-24T12:00:00Z'): Clock {
  let now = Date.parse(start);
  return () => {
    now += 1000;
    return new Date(now);
  };
}

/** A clock that stands still. */
export function stoppedClock(at = '2026-11-24T12:00:00Z'): Clock {
  return () => new Date(at);
}
