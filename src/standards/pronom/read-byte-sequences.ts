import { FormatError } from '../../base/index.ts';
import { childrenNamed, type XmlNode } from '../formats/xml/index.ts';
import { readSequence } from './sequence-syntax.ts';
import type { ByteSequences } from './signature-data.ts';

/**
 * The sequences of an `InternalSignature` in PRONOM's syntax. DROID's files take a sequence apart for searching: a
 * literal `Sequence` with fragments to its left and right, position 1 nearest to it, those of one position being
 * alternatives. Here they are put together again. Endianness and the shift tables say nothing about what matches.
 * @throws FormatError
 */
export function readByteSequences(signature: XmlNode): ByteSequences {
  const start: string[] = [];
  const end: string[] = [];
  for (const sequence of childrenNamed(signature, 'ByteSequence')) {
    const reference = sequence.attributes.get('Reference') ?? '';
    const parts = childrenNamed(sequence, 'SubSequence');
    if (parts.length === 0) throw new FormatError('PRONOM', 'a byte sequence without a subsequence');
    if (reference.startsWith('EOF')) end.push(checked(fromTheEnd(parts)));
    else start.push(checked(fromTheStart(parts, reference.startsWith('BOF'))));
  }
  return { ...(start.length > 0 ? { start } : {}), ...(end.length > 0 ? { end } : {}) };
}

function checked(text: string): string {
  readSequence(text);
  return text;
}

/** Position 1 stands first; only it has a largest offset, and only where the sequence is bound to the beginning. */
function fromTheStart(parts: readonly XmlNode[], isBound: boolean): string {
  return parts.map((part, index) => offset(part, isBound && index === 0) + patternOf(part)).join('');
}

/** Position 1 stands nearest to the end. */
function fromTheEnd(parts: readonly XmlNode[]): string {
  return parts
    .map((part, index) => patternOf(part) + offset(part, index === 0))
    .reverse()
    .join('');
}

function offset(part: XmlNode, isBound: boolean): string {
  const min = part.attributes.get('SubSeqMinOffset') || '0';
  const max = part.attributes.get('SubSeqMaxOffset');
  return gap(min, isBound && max ? max : '*');
}

/** Some rows of the registry have a largest offset of 0 beside a smallest of more: they mean exactly the smallest. */
function gap(min: string, max: string): string {
  if (max !== '*' && Number(max) < Number(min)) return `{${min}}`;
  if (min === max) return min === '0' ? '' : `{${min}}`;
  return min === '0' && max === '*' ? '*' : `{${min}-${max}}`;
}

function patternOf(part: XmlNode): string {
  const sequence = childrenNamed(part, 'Sequence')[0]?.text ?? '';
  const left = fragments(part, 'LeftFragment').reverse();
  const right = fragments(part, 'RightFragment');
  return [
    ...left.map((options) => alternatives(options.map(({ text, distance }) => text + distance))),
    withoutSpaces(sequence),
    ...right.map((options) => alternatives(options.map(({ text, distance }) => distance + text))),
  ].join('');
}

/** Space that only lays the file out: not in quotes, and not between the values of a set. */
function withoutSpaces(text: string): string {
  return text.replace(/('[^']*')|(\[[^\]]*\])|\s+/g, '$1$2');
}

interface Fragment {
  readonly text: string;
  /** The gap between it and what is nearer to the sequence. */
  readonly distance: string;
}

/** The fragments of one side by position, nearest first. */
function fragments(part: XmlNode, name: string): Fragment[][] {
  const byPosition = new Map<number, Fragment[]>();
  for (const node of childrenNamed(part, name)) {
    const position = Number(node.attributes.get('Position') ?? '1');
    const distance = gap(node.attributes.get('MinOffset') || '0', node.attributes.get('MaxOffset') || '0');
    byPosition.set(position, [...(byPosition.get(position) ?? []), { text: node.text.trim(), distance }]);
  }
  return [...byPosition].sort(([one], [other]) => one - other).map(([, options]) => options);
}

function alternatives(options: readonly string[]): string {
  return options.length === 1 ? (options[0] as string) : `(${options.join('|')})`;
}
