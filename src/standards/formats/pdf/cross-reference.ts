import type { ByteReader } from '../../../base/index.ts';
import { type Cursor, readIndirectObject, readValue, readWord, skipWhite } from './lexer.ts';
import { parseAt } from './paged-reader.ts';
import { decodeStream } from './stream-filters.ts';
import { entriesOf, integerValue, itemsOf, malformedPdf, type PdfEntries, type PdfValue } from './values.ts';

/** Where an object is: at an offset of the file, or in an object stream. */
export type ObjectPlace =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number };

/** One cross-reference section (ISO 32000-1 7.5.4, 7.5.8) and its trailer. Entries are looked up where they lie. */
export interface CrossReferenceSection {
  readonly offset: number;
  readonly trailer: PdfEntries;
  /** Undefined: the section says nothing of this object. */
  find(number: number): Promise<ObjectPlace | undefined>;
  /** First number and count of the objects that the section speaks of. */
  readonly ranges: readonly (readonly [number, number])[];
}

const mostSections = 2000;
const mostObjects = 8_388_607;

/**
 * The sections of the file, newest first, by /Prev from the last startxref; hybrid files' streams come after their table.
 * @throws FormatError when the chain is broken: a damaged file is not mended
 */
export async function readCrossReferences(reader: ByteReader): Promise<CrossReferenceSection[]> {
  const sections: CrossReferenceSection[] = [];
  const seen = new Set<number>();
  let next: number | undefined = await findStart(reader);
  while (next !== undefined) {
    if (seen.has(next)) break;
    seen.add(next);
    if (seen.size > mostSections) throw malformedPdf('too many revisions');
    const section = await readSection(reader, next);
    sections.push(section);
    const hybrid = integerValue(section.trailer.get('XRefStm'));
    if (hybrid !== undefined && !seen.has(hybrid)) {
      seen.add(hybrid);
      sections.push(await readStreamSection(reader, hybrid));
    }
    next = integerValue(section.trailer.get('Prev'));
  }
  return sections;
}

const tailLength = 1 << 14;

async function findStart(reader: ByteReader): Promise<number> {
  const start = Math.max(0, reader.size - tailLength);
  const tail = Buffer.from(await reader.read(start, tailLength));
  const at = tail.lastIndexOf('startxref');
  const [, offset] =
    at < 0 ? [] : (/^startxref\s*(\d{1,15})/.exec(tail.subarray(at, at + 64).toString('latin1')) ?? []);
  if (offset === undefined) throw malformedPdf('no startxref');
  return Number(offset);
}

async function readSection(reader: ByteReader, offset: number): Promise<CrossReferenceSection> {
  const isTable = await parseAt(reader, offset, (cursor) => {
    skipWhite(cursor);
    return readWord(cursor) === 'xref';
  });
  return isTable ? readTable(reader, offset) : readStreamSection(reader, offset);
}

interface Subsection {
  readonly first: number;
  readonly count: number;
  readonly entriesAt: number;
  readonly entryLength: number;
}

async function readTable(reader: ByteReader, offset: number): Promise<CrossReferenceSection> {
  const subsections: Subsection[] = [];
  let at = await parseAt(reader, offset, (cursor) => {
    skipWhite(cursor);
    readWord(cursor);
    return cursor.base + cursor.at;
  });
  for (;;) {
    const next = await parseAt(reader, at, readSubsectionHead);
    if (next === 'trailer') break;
    subsections.push(next);
    if (subsections.length > 100_000) throw malformedPdf('too many subsections', at);
    at = next.entriesAt + next.count * next.entryLength;
  }
  const trailer = await parseAt(reader, at, (cursor) => {
    skipWhite(cursor);
    readWord(cursor);
    return entriesOf(readValue(cursor));
  });
  const ranges = subsections.map(({ first, count }) => [first, count] as const);
  return { offset, trailer, ranges, find: (number) => findInTable(reader, subsections, number) };
}

function readSubsectionHead(cursor: Cursor): Subsection | 'trailer' {
  skipWhite(cursor);
  const word = readWord(cursor);
  if (word === 'trailer') return 'trailer';
  const first = Number(word);
  skipWhite(cursor);
  const count = Number(readWord(cursor));
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first + count > mostObjects)
    throw malformedPdf('a broken cross-reference table', cursor.base + cursor.at);
  skipWhite(cursor);
  const entriesAt = cursor.base + cursor.at;
  if (count === 0) return { first, count, entriesAt, entryLength: 20 };
  for (let part = 0; part < 3; part++) {
    readWord(cursor);
    if (part < 2) skipWhite(cursor);
  }
  skipWhite(cursor);
  const length = cursor.base + cursor.at - entriesAt;
  return { first, count, entriesAt, entryLength: count === 1 || length < 18 || length > 20 ? 20 : length };
}

async function findInTable(
  reader: ByteReader,
  subsections: readonly Subsection[],
  number: number,
): Promise<ObjectPlace | undefined> {
  const subsection = subsections.find(({ first, count }) => number >= first && number < first + count);
  if (!subsection) return undefined;
  const { first, entriesAt, entryLength } = subsection;
  const entry = await reader.read(entriesAt + (number - first) * entryLength, 18);
  const [, offset, generation, use] = /^(\d{10}) (\d{5}) ([nf])/.exec(Buffer.from(entry).toString('latin1')) ?? [];
  if (offset === undefined) throw malformedPdf('a broken cross-reference entry');
  if (use === 'f') return { kind: 'free' };
  return { kind: 'offset', offset: Number(offset), generation: Number(generation) };
}

async function readStreamSection(reader: ByteReader, offset: number): Promise<CrossReferenceSection> {
  const { value } = await parseAt(reader, offset, readIndirectObject);
  if (value.kind !== 'stream') throw malformedPdf('a cross-reference stream was expected', offset);
  const length = integerValue(value.entries.get('Length'));
  if (length === undefined || length > reader.size)
    throw malformedPdf('a cross-reference stream without length', offset);
  const parameters = value.entries.get('DecodeParms');
  const bytes = decodeStream(
    await reader.read(value.dataOffset, length),
    listOf(value.entries.get('Filter')),
    listOf(parameters).map(entriesOf),
  );
  const widths = itemsOf(value.entries.get('W')).map(integerValue);
  const size = integerValue(value.entries.get('Size')) ?? 0;
  const index = itemsOf(value.entries.get('Index')).map(integerValue);
  const ranges = index.length >= 2 ? index : [0, size];
  return {
    offset,
    trailer: value.entries,
    ranges: pairsOf(ranges),
    find: async (number) => findInStream(bytes, widths, ranges, number),
  };
}

function pairsOf(ranges: readonly (number | undefined)[]): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < ranges.length; at += 2) pairs.push([ranges[at] ?? 0, ranges[at + 1] ?? 0]);
  return pairs;
}

/** One value or a list of them, as a list. */
export function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined || value.kind === 'null') return [];
  return value.kind === 'array' ? value.items : [value];
}

function findInStream(
  bytes: Uint8Array,
  widths: readonly (number | undefined)[],
  ranges: readonly (number | undefined)[],
  number: number,
): ObjectPlace | undefined {
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const rowLength = typeWidth + secondWidth + thirdWidth;
  if (rowLength < 1 || [typeWidth, secondWidth, thirdWidth].some((width) => width < 0 || width > 8))
    throw malformedPdf('absurd widths in a cross-reference stream');
  let row = 0;
  for (let at = 0; at + 1 < ranges.length; at += 2) {
    const [first = 0, count = 0] = [ranges[at], ranges[at + 1]];
    if (number >= first && number < first + count)
      return placeAt(bytes, (row + number - first) * rowLength, [typeWidth, secondWidth, thirdWidth]);
    row += count;
  }
  return undefined;
}

function placeAt(bytes: Uint8Array, start: number, widths: readonly [number, number, number]): ObjectPlace | undefined {
  if (start + widths[0] + widths[1] + widths[2] > bytes.length) return undefined;
  let at = start;
  const [type, second, third] = widths.map((width, field) => {
    let value = field === 0 && width === 0 ? 1 : 0;
    for (let octet = 0; octet < width; octet++) value = value * 256 + (bytes[at++] ?? 0);
    return value;
  });
  if (type === 1) return { kind: 'offset', offset: second ?? 0, generation: third ?? 0 };
  if (type === 2) return { kind: 'compressed', stream: second ?? 0, index: third ?? 0 };
  return { kind: 'free' };
}
