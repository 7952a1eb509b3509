import { type ByteReader, ignoreMalformed } from '../../../base/index.ts';
import type { CrossReferenceSection, ObjectPlace } from './cross-reference.ts';
import { readIndirectObject, readValue } from './lexer.ts';
import { pagedReader, parseAt } from './paged-reader.ts';
import { entriesOf, malformedPdf, nameValue, type PdfEntries } from './values.ts';

const stretch = 1 << 20;
const overlap = 64;
const mostObjects = 500_000;
const mostTrailers = 2000;
const mostObjectStreams = 2000;

/** What a scan of the whole file found. */
interface Scan {
  /** The last place of each object. */
  readonly offsets: Map<number, number>;
  readonly trailers: number[];
}

/**
 * Cross-references made by looking for objects through the whole file, as readers do with a file whose own are broken:
 * one section, in which the last object of a number counts. What a reader shows of such a file cannot be told for certain.
 * @param numbersIn gives the numbers of the objects in an object stream
 * @throws FormatError when there is no trailer, or too much of anything
 */
export async function scannedSections(
  found: ByteReader,
  numbersIn: (section: CrossReferenceSection, stream: number) => Promise<readonly number[]>,
): Promise<CrossReferenceSection[]> {
  const reader = pagedReader(found);
  const { offsets, trailers } = await scan(reader);
  const { trailer, objectStreams } = await dictionaries(reader, offsets, trailers);
  const compressed = new Map<number, ObjectPlace>();
  const section: CrossReferenceSection = {
    offset: 0,
    trailer,
    ranges: [...offsets.keys()].map((number) => [number, 1] as const),
    find: async (number) => {
      const offset = offsets.get(number);
      return offset === undefined ? compressed.get(number) : { kind: 'offset', offset, generation: 0 };
    },
  };
  for (const stream of objectStreams)
    for (const [index, number] of (await numbersIn(section, stream)).entries())
      compressed.set(number, { kind: 'compressed', stream, index });
  return [section];
}

async function scan(reader: ByteReader): Promise<Scan> {
  const found: Scan = { offsets: new Map(), trailers: [] };
  const pattern = /(?<![0-9])(\d{1,7})[ \r\n\t]{1,4}\d{1,5}[ \r\n\t]{1,4}obj(?![a-z])|trailer/g;
  for (let start = 0; start < reader.size; start += stretch) {
    const text = Buffer.from(await reader.read(start, stretch + overlap)).toString('latin1');
    for (const { index, 1: number } of text.matchAll(pattern)) {
      if (index >= stretch) continue; // it begins in the next stretch
      if (number === undefined) found.trailers.push(start + index);
      else found.offsets.set(Number(number), start + index);
    }
    if (found.offsets.size > mostObjects || found.trailers.length > mostTrailers)
      throw malformedPdf('too many objects');
  }
  return found;
}

/**
 * The newest trailer that names a root, from `trailer` or a cross-reference stream; and the object streams. What is
 * malformed is passed over: the scan takes a file as it is.
 */
async function dictionaries(reader: ByteReader, offsets: ReadonlyMap<number, number>, trailers: readonly number[]) {
  const candidates: { at: number; entries: PdfEntries }[] = [];
  for (const at of trailers) {
    const entries = await parseAt(reader, at + 'trailer'.length, readValue).catch(ignoreMalformed);
    if (entries) candidates.push({ at, entries: entriesOf(entries) });
  }
  const objectStreams: number[] = [];
  for (const [number, at] of offsets) {
    const object = await parseAt(reader, at, readIndirectObject).catch(ignoreMalformed);
    if (object?.value.kind !== 'stream') continue;
    const type = nameValue(object.value.entries.get('Type'));
    if (type === 'XRef') candidates.push({ at, entries: object.value.entries });
    if (type === 'ObjStm' && objectStreams.length < mostObjectStreams) objectStreams.push(number);
  }
  const rooted = candidates.filter(({ entries }) => entries.has('Root')).sort((one, other) => other.at - one.at);
  const [newest] = rooted;
  if (!newest) throw malformedPdf('no trailer');
  return { trailer: newest.entries, objectStreams: objectStreams.sort((one, other) => one - other) };
}
