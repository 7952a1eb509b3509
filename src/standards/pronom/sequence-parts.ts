import type { SequenceNode } from './sequence-syntax.ts';

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
