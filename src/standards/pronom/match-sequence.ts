import type { SequenceNode } from './sequence-syntax.ts';

/** A stretch of a file that was read: `bytes` lie at `base`. */
export interface FileRegion {
  readonly base: number;
  readonly bytes: Buffer;
}

/**
 * Positions that are still looked at, in steps of about one byte. Whoever writes a signature file or a document cannot
 * make matching take longer than this; what is not found within it is not there.
 */
export interface Budget {
  left: number;
}

/** A sequence between two gaps without end, and where the byte that is searched for first stands in it. */
export interface SequencePart {
  /** Bytes before it: from the beginning of the file, or from the part before. */
  readonly before: Gap;
  /** Bytes behind it, up to the end of the file. Only the last part of a sequence has one. */
  readonly behind: Gap;
  readonly nodes: readonly SequenceNode[];
  /** The longest literal, by which the part is searched for; absent when it has none. */
  readonly anchor?: Anchor;
  readonly length: Gap;
}

export interface Anchor {
  readonly bytes: Buffer;
  readonly before: readonly SequenceNode[];
  readonly behind: readonly SequenceNode[];
  /** Lengths of what stands before the literal. */
  readonly distance: Gap;
  /** The least that the literal and what is behind it take. */
  readonly shortest: number;
}

export interface Gap {
  readonly min: number;
  readonly max: number;
}

/** Inclusive intervals of positions, sorted and disjoint, relative to the region. */
type Positions = readonly (readonly [number, number])[];

const none: Gap = { min: 0, max: 0 };
const anywhere: Gap = { min: 0, max: Number.POSITIVE_INFINITY };

/** Splits a sequence at its gaps without end. @param bound which end of the file it is bound to */
export function sequenceParts(nodes: readonly SequenceNode[], bound: 'start' | 'end'): SequencePart[] {
  const parts: SequencePart[] = [];
  let inside: SequenceNode[] = [];
  let before: Gap = bound === 'start' ? none : anywhere;
  const close = (behind: Gap) => {
    const part = partOf(inside, before, behind);
    if (part.nodes.length > 0) parts.push(part);
    inside = [];
  };
  for (const node of nodes) {
    if (node.kind === 'gap' && (node.max === Number.POSITIVE_INFINITY || inside.length === 0)) {
      if (inside.length > 0) close(node);
      before = bound === 'start' ? node : anywhere;
    } else inside.push(node);
  }
  const last = inside.at(-1);
  const trailing = last?.kind === 'gap' ? last : none;
  if (last?.kind === 'gap') inside.pop();
  close(bound === 'end' ? trailing : { min: trailing.min, max: Number.POSITIVE_INFINITY });
  return parts;
}

function partOf(nodes: readonly SequenceNode[], before: Gap, behind: Gap): SequencePart {
  let best = -1;
  let longest = 0;
  for (const [index, node] of nodes.entries())
    if (node.kind === 'bytes' && node.bytes.length > longest) {
      best = index;
      longest = node.bytes.length;
    }
  const literal = nodes[best];
  const length = lengthOf(nodes);
  if (literal?.kind !== 'bytes') return { before, behind, nodes, length };
  const [leading, trailing] = [nodes.slice(0, best), nodes.slice(best + 1)];
  const anchor = {
    bytes: literal.bytes,
    before: leading,
    behind: trailing,
    distance: lengthOf(leading),
    shortest: literal.bytes.length + lengthOf(trailing).min,
  };
  return { before, behind, nodes, length, anchor };
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

/** The single positions that lie in the intervals. Both are sorted. */
function meet(intervals: Positions, positions: Positions): Positions {
  let index = 0;
  return positions.filter(([at]) => {
    while (index < intervals.length && (intervals[index] as readonly [number, number])[1] < at) index += 1;
    return index < intervals.length && (intervals[index] as readonly [number, number])[0] <= at;
  });
}

function clipped(positions: Positions, [low, high]: readonly [number, number]): Positions {
  if (positions.length === 0) return positions;
  return positions.flatMap(([from, to]) => {
    const [first, last] = [Math.max(from, low), Math.min(to, high)];
    return first <= last ? [[first, last] as const] : [];
  });
}

/** Where the nodes can end when they begin at one of the positions. */
function advance(nodes: readonly SequenceNode[], bytes: Buffer, positions: Positions, budget: Budget): Positions {
  let reached = positions;
  for (const node of nodes) {
    if (reached.length === 0) return reached;
    reached = step(node, bytes, reached, 1, budget);
  }
  return reached;
}

/** Where the nodes can begin when they end at one of the positions. */
function retreat(nodes: readonly SequenceNode[], bytes: Buffer, positions: Positions, budget: Budget): Positions {
  let reached = positions;
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (reached.length === 0) return reached;
    reached = step(nodes[index] as SequenceNode, bytes, reached, -1, budget);
  }
  return reached;
}

function step(node: SequenceNode, bytes: Buffer, positions: Positions, direction: 1 | -1, budget: Budget): Positions {
  budget.left -= positions.length;
  if (node.kind === 'gap')
    return merged(
      positions.map(([from, to]) =>
        direction === 1
          ? [from + node.min, Math.min(bytes.length, to + node.max)]
          : [Math.max(0, from - node.max), to - node.min],
      ),
    );
  if (node.kind === 'choice')
    return merged(
      node.options.flatMap((option) =>
        direction === 1 ? advance(option, bytes, positions, budget) : retreat(option, bytes, positions, budget),
      ),
    );
  const width = node.kind === 'bytes' ? node.bytes.length : node.kind === 'set' ? 1 : node.low.length;
  const shift = direction === 1 ? 0 : -width;
  const reached: (readonly [number, number])[] = [];
  for (const [from, to] of positions) {
    const last = Math.min(to + shift, bytes.length - width);
    for (let at = Math.max(0, from + shift); at <= last && budget.left > 0; at++) {
      budget.left -= 1;
      if (node.kind === 'bytes' && last - at > 16) {
        // A literal somewhere in an interval: let the search of the platform find it.
        const next = bytes.subarray(0, last + width).indexOf(node.bytes, at);
        budget.left -= ((next < 0 ? last : next) - at) / 16;
        if (next < 0) break;
        at = next;
      } else if (!accepts(node, bytes, at)) continue;
      const end = direction === 1 ? at + width : at;
      reached.push([end, end]);
    }
  }
  return merged(reached);
}

function accepts(node: Exclude<SequenceNode, { kind: 'gap' | 'choice' }>, bytes: Buffer, at: number): boolean {
  if (node.kind === 'set') return node.accepts[bytes[at] as number] === 1;
  if (node.kind === 'bytes') {
    for (let index = 0; index < node.bytes.length; index++) if (bytes[at + index] !== node.bytes[index]) return false;
    return true;
  }
  const end = at + node.low.length;
  const inside =
    bytes.compare(node.low, 0, node.low.length, at, end) >= 0 &&
    bytes.compare(node.high, 0, node.high.length, at, end) <= 0;
  return inside !== node.negated;
}

/** Sorted and disjoint, empty intervals left out. */
function merged(intervals: readonly (readonly [number, number])[]): Positions {
  if (intervals.length <= 1) return intervals.filter(([from, to]) => from <= to);
  const sorted = intervals.filter(([from, to]) => from <= to).sort((one, other) => one[0] - other[0]);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

function lengthOf(nodes: readonly SequenceNode[]): Gap {
  let [min, max] = [0, 0];
  for (const node of nodes) {
    const length = nodeLength(node);
    min += length.min;
    max += length.max;
  }
  return { min, max };
}

function nodeLength(node: SequenceNode): Gap {
  if (node.kind === 'gap') return node;
  if (node.kind === 'choice') {
    const lengths = node.options.map(lengthOf);
    return { min: Math.min(...lengths.map(({ min }) => min)), max: Math.max(...lengths.map(({ max }) => max)) };
  }
  const width = node.kind === 'bytes' ? node.bytes.length : node.kind === 'set' ? 1 : node.low.length;
  return { min: width, max: width };
}
