import { FormatError } from '../../../base/index.ts';
import type { PdfFile } from './pdf-file.ts';
import { integerIn, integersIn, type PdfDictionary, type PdfParser } from './pdf-syntax.ts';

/** Where an object lies: at an offset of the file, or as one of those in an object stream. */
export type ObjectPlace =
  | { readonly offset: number; readonly generation: number }
  | { readonly stream: number; readonly index: number };

/** The cross-reference sections of a file, joined: the newest word on every object. */
export interface CrossReferences {
  /** Where the newest section starts; an update names it as `Prev`. */
  readonly start: number;
  /** The form of the newest section; an update has to use the same (ISO 32000-2 7.5.8.4). */
  readonly form: 'table' | 'stream';
  readonly trailer: PdfDictionary;
  readonly places: ReadonlyMap<number, ObjectPlace | 'free'>;
}

const mostSections = 4096;
/** ISO 32000-1 Annex C: the largest object number. */
const mostObjects = 8_388_607;

interface Section {
  readonly form: 'table' | 'stream';
  readonly trailer: PdfDictionary;
  readonly places: ReadonlyMap<number, ObjectPlace | 'free'>;
}

/**
 * Follows the cross-reference sections from the newest to the first (ISO 32000-2 7.5.4, 7.5.8).
 * @throws FormatError
 */
export async function readCrossReferences(file: PdfFile, start: number): Promise<CrossReferences> {
  const newest = await readSection(file, start);
  const places = new Map(newest.places);
  const seen = new Set([start]);
  const older = olderSections(newest);
  for (let offset = older.shift(); offset !== undefined; offset = older.shift()) {
    if (seen.has(offset)) continue;
    if (seen.size >= mostSections) throw new FormatError('PDF', 'too many cross-reference sections');
    seen.add(offset);
    const section = await readSection(file, offset);
    for (const [number, place] of section.places) if (!places.has(number)) places.set(number, place);
    older.push(...olderSections(section));
  }
  return { start, form: newest.form, trailer: newest.trailer, places };
}

/** A hybrid file's stream counts before the older sections (7.5.8.4). */
function olderSections({ trailer }: Section): number[] {
  return [integerIn(trailer, 'XRefStm'), integerIn(trailer, 'Prev')].filter((offset) => offset !== undefined);
}

async function readSection(file: PdfFile, offset: number): Promise<Section> {
  const isTable = await file.parseAt(offset, (parser) => parser.token() === 'xref');
  return isTable ? file.parseAt(offset, readTable) : readStream(file, offset);
}

function readTable(parser: PdfParser): Section {
  const places = new Map<number, ObjectPlace | 'free'>();
  parser.expect('xref');
  for (let word = parser.token(); word !== 'trailer'; word = parser.token()) {
    const first = Number(word);
    const count = parser.integer();
    if (!Number.isInteger(first) || first + count > mostObjects)
      throw new FormatError('PDF', 'not a cross-reference table');
    for (let number = first; number < first + count; number += 1) {
      const offset = parser.integer();
      const generation = parser.integer();
      const inUse = parser.token() === 'n';
      if (inUse) places.set(number, { offset, generation });
      else if (number === 0) places.set(number, 'free');
    }
  }
  const trailer = parser.value();
  if (trailer.kind !== 'dictionary') throw new FormatError('PDF', 'the trailer is no dictionary');
  return { form: 'table', trailer: trailer.entries, places };
}

async function readStream(file: PdfFile, offset: number): Promise<Section> {
  const { entries, data } = await file.streamAt(offset);
  const widths = integersIn(entries, 'W') ?? [];
  const size = integerIn(entries, 'Size');
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const width = typeWidth + secondWidth + thirdWidth;
  if (size === undefined || widths.length !== 3 || widths.some((each) => !(each >= 0 && each <= 6)) || width === 0)
    throw new FormatError('PDF', 'not a cross-reference stream');
  const places = new Map<number, ObjectPlace | 'free'>();
  const index = integersIn(entries, 'Index') ?? [0, size];
  let at = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = index.slice(pair, pair + 2);
    if (first + count > mostObjects || at + count * width > data.length)
      throw new FormatError('PDF', 'a cross-reference stream is too short');
    for (let number = first; number < first + count; number += 1, at += width) {
      const type = typeWidth === 0 ? 1 : data.readUIntBE(at, typeWidth);
      const second = secondWidth === 0 ? 0 : data.readUIntBE(at + typeWidth, secondWidth);
      const third = thirdWidth === 0 ? 0 : data.readUIntBE(at + typeWidth + secondWidth, thirdWidth);
      places.set(number, placeOf(type, second, third));
    }
  }
  return { form: 'stream', trailer: entries, places };
}

/** ISO 32000-2 table 18. */
function placeOf(type: number, second: number, third: number): ObjectPlace | 'free' {
  if (type === 1) return { offset: second, generation: third };
  if (type === 2) return { stream: second, index: third };
  return 'free';
}
