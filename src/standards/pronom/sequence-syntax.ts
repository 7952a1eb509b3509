import { FormatError } from '../../base/index.ts';

/** One step of a sequence. Lengths are in bytes. */
export type SequenceNode =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** One byte out of a set: 256 flags. */
  | { readonly kind: 'set'; readonly accepts: Uint8Array }
  /** As many bytes as `low` has, between the two in the order of bytes, or not between them. */
  | { readonly kind: 'range'; readonly low: Buffer; readonly high: Buffer; readonly negated: boolean }
  | { readonly kind: 'choice'; readonly options: readonly (readonly SequenceNode[])[] }
  /** Any bytes, `min` to `max` of them; `max` may be `Infinity`. */
  | { readonly kind: 'gap'; readonly min: number; readonly max: number };

/** Longer ones stand in no release of PRONOM (the longest has some 3,000 characters). */
const longest = 65_536;
const mostOptions = 1024;
const deepest = 8;

/**
 * Reads a sequence in the syntax of PRONOM, old or new: hex pairs, `'text'`, `??`, `{n}`, `{n-m}`, `{n-*}`, `*`,
 * `(a|b)`, `[a:b]` or `[a-b]`, `[a b]`, `[!a]`, `[&mask]` (all bits of the mask set), `[!&mask]`, `[~mask]` (any of them).
 * @throws FormatError
 */
export function readSequence(text: string): SequenceNode[] {
  if (text.length > longest) throw malformed('a sequence over the limit');
  const source: Source = { text, at: 0 };
  const nodes = readNodes(source, 0);
  if (source.at < text.length) throw malformed(`“${text[source.at]}” where a sequence should end`);
  return nodes;
}

interface Source {
  readonly text: string;
  at: number;
}

function readNodes(source: Source, depth: number): SequenceNode[] {
  const nodes: SequenceNode[] = [];
  while (source.at < source.text.length) {
    const sign = source.text[source.at] as string;
    if (sign === '|' || sign === ')') break;
    if (/\s/.test(sign)) source.at += 1;
    else append(nodes, readNode(source, sign, depth));
  }
  return nodes;
}

function readNode(source: Source, sign: string, depth: number): SequenceNode {
  if (sign === '(') return readChoice(source, depth + 1);
  if (sign === '[') return valuesOf(delimited(source, ']'));
  if (sign === '{') return gapOf(delimited(source, '}'));
  if (sign === "'") return { kind: 'bytes', bytes: Buffer.from(delimited(source, "'"), 'latin1') };
  if (sign === '*') {
    source.at += 1;
    return { kind: 'gap', min: 0, max: Number.POSITIVE_INFINITY };
  }
  if (source.text.startsWith('??', source.at)) {
    source.at += 2;
    return { kind: 'gap', min: 1, max: 1 };
  }
  hexadecimal.lastIndex = source.at;
  const digits = hexadecimal.exec(source.text)?.[0] ?? sign;
  source.at += digits.length;
  return { kind: 'bytes', bytes: hexBytes(digits) };
}

const hexadecimal = /[0-9A-Fa-f]+/y;

function readChoice(source: Source, depth: number): SequenceNode {
  if (depth > deepest) throw malformed('alternatives too deep');
  const options: SequenceNode[][] = [];
  do {
    source.at += 1;
    options.push(readNodes(source, depth));
  } while (source.text[source.at] === '|' && options.length < mostOptions);
  if (source.text[source.at] !== ')') throw malformed('alternatives without an end');
  source.at += 1;
  if (options.flat().some((node) => node.kind === 'gap' && node.max === Number.POSITIVE_INFINITY))
    throw malformed('a gap without end inside alternatives');
  return { kind: 'choice', options };
}

/** What stands up to `end`, without both delimiters. */
function delimited(source: Source, end: string): string {
  const close = source.text.indexOf(end, source.at + 1);
  if (close < 0) throw malformed(`“${end}” is missing`);
  const inside = source.text.slice(source.at + 1, close);
  source.at = close + 1;
  return inside;
}

function gapOf(inside: string): SequenceNode {
  const [, min, , max] = /^\s?(\d{1,9})\s?(-\s?(\d{1,9}|\*))?\s?$/.exec(inside) ?? [];
  if (min === undefined) throw malformed(`a gap of “${inside.slice(0, 20)}”`);
  const most = max === undefined ? Number(min) : max === '*' ? Number.POSITIVE_INFINITY : Number(max);
  if (most < Number(min)) throw malformed('a gap that ends before it begins');
  return { kind: 'gap', min: Number(min), max: most };
}

function valuesOf(inside: string): SequenceNode {
  const negated = inside.startsWith('!');
  const rest = inside.slice(negated ? 1 : 0).trim();
  const bits = /^([&~])\s?([0-9A-Fa-f]{2})$/.exec(rest);
  if (bits) {
    const mask = Number.parseInt(bits[2] as string, 16);
    return setOf((byte) => (bits[1] === '&' ? (byte & mask) === mask : (byte & mask) !== 0) !== negated);
  }
  const ranges = valueRanges(rest);
  if (ranges.every(({ low }) => low.length === 1))
    return setOf(
      (byte) => ranges.some(({ low, high }) => byte >= Number(low[0]) && byte <= Number(high[0])) !== negated,
    );
  const [only, ...others] = ranges;
  if (!only || others.length > 0) throw malformed('a set of values that are no single bytes');
  return { kind: 'range', ...only, negated };
}

/** `a`, `a:b`, `a-b` and lists of them, each value in hex or quoted; a quoted text in a list is the set of its letters. */
function valueRanges(text: string): { low: Buffer; high: Buffer }[] {
  const parts = text.match(/'[^']*'|[0-9A-Fa-f]+|[:-]|\S/g) ?? [];
  const ranges: { low: Buffer; high: Buffer }[] = [];
  for (let at = 0; at < parts.length; at++) {
    const low = valueBytes(parts[at] as string);
    const isRange = parts[at + 1] === ':' || parts[at + 1] === '-';
    const high = isRange ? valueBytes(parts[at + 2] ?? '') : low;
    if (isRange) at += 2;
    if (low.length !== high.length || low.length === 0) throw malformed('a range between values of two lengths');
    ranges.push({ low, high });
  }
  if (ranges.length === 0) throw malformed('an empty set');
  return ranges;
}

function valueBytes(part: string): Buffer {
  return part.startsWith("'") && part.length > 1 ? Buffer.from(part.slice(1, -1), 'latin1') : hexBytes(part);
}

function setOf(accepts: (byte: number) => boolean): SequenceNode {
  return { kind: 'set', accepts: Uint8Array.from({ length: 256 }, (_, byte) => (accepts(byte) ? 1 : 0)) };
}

function hexBytes(text: string): Buffer {
  if (text.length === 0 || text.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(text))
    throw malformed(`“${text.slice(0, 20)}” is not hexadecimal`);
  return Buffer.from(text, 'hex');
}

/** Adjacent bytes and adjacent gaps are one. */
function append(nodes: SequenceNode[], node: SequenceNode): void {
  const last = nodes.at(-1);
  if (last?.kind === 'bytes' && node.kind === 'bytes')
    nodes[nodes.length - 1] = { kind: 'bytes', bytes: Buffer.concat([last.bytes, node.bytes]) };
  else if (last?.kind === 'gap' && node.kind === 'gap')
    nodes[nodes.length - 1] = { kind: 'gap', min: last.min + node.min, max: last.max + node.max };
  else nodes.push(node);
}

function malformed(detail: string): FormatError {
  return new FormatError('PRONOM', detail);
}
