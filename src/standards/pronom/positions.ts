import type { SequenceNode } from './sequence-syntax.ts';

/**
 * Positions that are still looked at, in steps of about one byte. Whoever writes a signature file or a document cannot
 * make matching take longer than this; what is not found within it is not there.
 */
export interface Budget {
  left: number;
}

/** Inclusive intervals of positions, sorted and disjoint, relative to the region. */
export type Positions = readonly (readonly [number, number])[];

/** The single positions that lie in the intervals. Both are sorted. */
export function meet(intervals: Positions, positions: Positions): Positions {
  let index = 0;
  return positions.filter(([at]) => {
    while (index < intervals.length && (intervals[index] as readonly [number, number])[1] < at) index += 1;
    return index < intervals.length && (intervals[index] as readonly [number, number])[0] <= at;
  });
}

export function clipped(positions: Positions, [low, high]: readonly [number, number]): Positions {
  if (positions.length === 0) return positions;
  return positions.flatMap(([from, to]) => {
    const [first, last] = [Math.max(from, low), Math.min(to, high)];
    return first <= last ? [[first, last] as const] : [];
  });
}

/** Where the nodes can end when they begin at one of the positions. */
export function advance(
  nodes: readonly SequenceNode[],
  bytes: Buffer,
  positions: Positions,
  budget: Budget,
): Positions {
  let reached = positions;
  for (const node of nodes) {
    if (reached.length === 0) return reached;
    reached = step(node, bytes, reached, 1, budget);
  }
  return reached;
}

/** Where the nodes can begin when they end at one of the positions. */
export function retreat(
  nodes: readonly SequenceNode[],
  bytes: Buffer,
  positions: Positions,
  budget: Budget,
): Positions {
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
