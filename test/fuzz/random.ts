import { createHash } from 'node:crypto';

/** Numbers that follow from a seed alone. */
export interface Random {
  /** 0 ≤ n < limit; 0 for a limit below 1. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(percent: number): boolean;
  bytes(length: number): Buffer;
}

/** The random numbers of one document of a run (xorshift32). */
export function randomOf(seed: number, index: number): Random {
  let state = createHash('sha256').update(`${seed} ${index}`).digest().readUInt32LE() || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number) => (limit < 1 ? 0 : next() % limit);
  return {
    below,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    chance: (percent) => below(100) < percent,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
