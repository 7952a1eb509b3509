import { createHash } from 'node:crypto';
import type { StreamHasher } from '../location-driver.ts';

/** Memory that the thread which reads a stream shares with the one that hashes it: a ring of slots. */
export interface SharedRing {
  /** Slots filled so far, slots hashed so far, and how it ended: 0 not yet, 1 at the end of the stream, 2 abandoned. */
  readonly state: Int32Array;
  readonly lengths: Int32Array;
  readonly slots: Uint8Array;
}

const [filled, hashed, ended] = [0, 1, 2];
const slotCount = 8;
const slotLength = 1 << 20;

export function newRing(): SharedRing {
  return {
    state: new Int32Array(new SharedArrayBuffer(3 * 4)),
    lengths: new Int32Array(new SharedArrayBuffer(slotCount * 4)),
    slots: new Uint8Array(new SharedArrayBuffer(slotCount * slotLength)),
  };
}

/** Hashes what comes until the stream ends. In a worker: it blocks. @returns SHA-512, or nothing when the stream was abandoned */
export function hashShared({ state, lengths, slots }: SharedRing): string {
  const hash = createHash('sha512');
  for (let next = 0; ; next += 1) {
    while (Atomics.load(state, filled) === next) {
      const end = Atomics.load(state, ended);
      if (end === 2) return '';
      if (end === 1 && Atomics.load(state, filled) === next) return hash.digest('hex');
      Atomics.wait(state, filled, next, 1000);
    }
    if (Atomics.load(state, ended) === 2) return '';
    const slot = next % slotCount;
    hash.update(slots.subarray(slot * slotLength, slot * slotLength + (lengths[slot] ?? 0)));
    Atomics.store(state, hashed, next + 1);
    Atomics.notify(state, hashed);
  }
}

/** @param run has a worker do `hashShared` */
export function streamHasher(run: (ring: SharedRing) => Promise<string>): StreamHasher {
  const ring = newRing();
  const { state, lengths, slots } = ring;
  const result = run(ring);
  result.catch(() => undefined); // told by `digest`
  let failure: unknown;
  result.catch((error) => {
    failure = error ?? new Error('the hashing thread has ended');
    Atomics.notify(state, hashed);
  });
  const end = (how: 1 | 2) => {
    Atomics.compareExchange(state, ended, 0, how);
    Atomics.notify(state, filled);
  };
  return {
    update: async (chunk) => {
      for (let from = 0; from < chunk.length; from += slotLength) {
        const next = Atomics.load(state, filled);
        for (let done = Atomics.load(state, hashed); next - done >= slotCount; done = Atomics.load(state, hashed)) {
          if (failure) throw failure;
          await changed(state, done);
        }
        const part = chunk.subarray(from, from + slotLength);
        const slot = next % slotCount;
        slots.set(part, slot * slotLength);
        lengths[slot] = part.length;
        Atomics.store(state, filled, next + 1);
        Atomics.notify(state, filled);
      }
    },
    digest: () => {
      end(1);
      return result;
    },
    abandon: () => end(2),
  };
}

/** Until another slot is hashed, or for a second: a thread that died tells nothing. */
async function changed(state: Int32Array, done: number): Promise<void> {
  const { async: isAsync, value } = (Atomics as unknown as WithWaitAsync).waitAsync(state, hashed, done, 1000);
  if (isAsync) await value;
}

/** ECMAScript 2024. */
interface WithWaitAsync {
  waitAsync(
    array: Int32Array,
    index: number,
    value: number,
    timeout: number,
  ): { readonly async: boolean; readonly value: Promise<string> | string };
}
