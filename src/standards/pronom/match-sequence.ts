import { advance, type Budget, clipped, meet, retreat } from './positions.ts';
import type { Anchor, SequencePart } from './sequence-parts.ts';

/** A stretch of a file that was read: `bytes` lie at `base`. */
export interface FileRegion {
  readonly base: number;
  readonly bytes: Buffer;
}

/** Whether a file holds a sequence. @param regions what was read of it, in order @param size of the whole file */
export function holdsSequence(
  parts: readonly SequencePart[],
  bound: 'start' | 'end',
  regions: readonly FileRegion[],
  size: number,
  budget: Budget,
): boolean {
  return bound === 'start' ? fromTheStart(parts, regions, size, budget) : fromTheEnd(parts, regions, size, budget);
}

/** Each part as early as it can end, which leaves most room for the next. */
function fromTheStart(
  parts: readonly SequencePart[],
  regions: readonly FileRegion[],
  size: number,
  budget: Budget,
): boolean {
  let after = 0;
  for (const [index, part] of parts.entries()) {
    const end = firstIn(regions, (region) => {
      const range = {
        starts: [after + part.before.min - region.base, after + part.before.max - region.base] as const,
        ends: [0, size - part.behind.min - region.base] as const,
      };
      const found = occurrence(part, region.bytes, range, index === parts.length - 1 ? 'any' : 'firstEnd', budget);
      return found && found.firstEnd + region.base;
    });
    if (end === undefined) return false;
    after = end;
  }
  return true;
}

/** Each part as late as it can begin. */
function fromTheEnd(
  parts: readonly SequencePart[],
  regions: readonly FileRegion[],
  size: number,
  budget: Budget,
): boolean {
  let until = size;
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index] as SequencePart;
    const start = firstIn(regions.toReversed(), (region) => {
      const range = {
        starts: [part.before.min - region.base, until - region.base] as const,
        ends: [until - part.behind.max - region.base, until - part.behind.min - region.base] as const,
      };
      const found = occurrence(part, region.bytes, range, index === 0 ? 'any' : 'lastStart', budget);
      return found && found.lastStart + region.base;
    });
    if (start === undefined) return false;
    until = start;
  }
  return true;
}

function firstIn(regions: readonly FileRegion[], find: (region: FileRegion) => number | undefined): number | undefined {
  for (const region of regions) {
    const found = find(region);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Range {
  readonly starts: readonly [number, number];
  readonly ends: readonly [number, number];
}

interface Occurrence {
  readonly lastStart: number;
  readonly firstEnd: number;
}

/** Which occurrence is asked for: one, wherever it is; the one that ends first; the one that begins last. */
type Wanted = 'any' | 'firstEnd' | 'lastStart';

/** Where a part stands in the bytes, its beginning and end within the range. */
function occurrence(
  part: SequencePart,
  bytes: Buffer,
  { starts, ends }: Range,
  wanted: Wanted,
  budget: Budget,
): Occurrence | undefined {
  const from = Math.max(0, starts[0], ends[0] - part.length.max);
  const to = Math.min(bytes.length - part.length.min, starts[1], ends[1] - part.length.min);
  if (from > to) return undefined;
  if (!part.anchor || from === to) {
    const reached = clipped(advance(part.nodes, bytes, [[from, to]], budget), ends);
    if (!reached[0]) return undefined;
    const possible = wanted === 'any' ? [] : clipped(retreat(part.nodes, bytes, reached, budget), [from, to]);
    return { lastStart: possible.at(-1)?.[1] ?? to, firstEnd: reached[0][0] };
  }
  return byAnchor(part, part.anchor, bytes, { from, to }, ends, wanted, budget);
}

/**
 * Hits of the anchor are followed up in growing batches, each in one pass over all its hits, so that bytes full of hits
 * take no longer than their number times the nodes.
 */
function byAnchor(
  { nodes }: SequencePart,
  anchor: Anchor,
  bytes: Buffer,
  { from, to }: { from: number; to: number },
  ends: readonly [number, number],
  wanted: Wanted,
  budget: Budget,
): Occurrence | undefined {
  const { bytes: literal, before, behind, distance, shortest } = anchor;
  const limit = Math.min(bytes.length, to + distance.max + literal.length);
  const searched = limit === bytes.length ? bytes : bytes.subarray(0, limit);
  let found: Occurrence | undefined;
  let next = from + distance.min;
  for (let size = 1; next >= 0 && budget.left > 0; size *= 4) {
    const batch = hitsOf(literal, searched, next, size, budget);
    next = batch.next;
    const starts = clipped(retreat(before, bytes, batch.hits, budget), [from, to]);
    const confirmed = before.length === 0 ? starts : meet(advance(before, bytes, starts, budget), batch.hits);
    const behindLiteral = confirmed.map(([one, last]) => [one + literal.length, last + literal.length] as const);
    const reached = clipped(advance(behind, bytes, behindLiteral, budget), ends);
    if (!reached[0]) continue;
    if (wanted === 'any') return { lastStart: from, firstEnd: reached[0][0] };
    const lastStart = clipped(retreat(nodes, bytes, reached, budget), [from, to]).at(-1)?.[1] ?? from;
    const firstEnd = Math.min(reached[0][0], found?.firstEnd ?? reached[0][0]);
    found = { lastStart: Math.max(lastStart, found?.lastStart ?? 0), firstEnd };
    if (wanted === 'firstEnd' && next + shortest >= firstEnd) return found;
  }
  return found;
}

/** The next hits of a literal, and where the search goes on: -1 at the end. */
function hitsOf(literal: Buffer, bytes: Buffer, from: number, most: number, budget: Budget) {
  const hits: (readonly [number, number])[] = [];
  let at = from;
  while (hits.length < most) {
    const hit = bytes.indexOf(literal, at);
    budget.left -= 8 + ((hit < 0 ? bytes.length : hit) - at) / 16;
    if (hit < 0) return { hits, next: -1 };
    hits.push([hit, hit]);
    at = hit + 1;
  }
  return { hits, next: at };
}
