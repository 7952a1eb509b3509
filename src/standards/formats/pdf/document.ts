import type { ByteReader } from '../../../base/index.ts';
import { type CrossReferenceSection, listOf, readCrossReferences } from './cross-reference.ts';
import { type Cursor, readIndirectObject, readValue } from './lexer.ts';
import { pagedReader, parseAt } from './paged-reader.ts';
import { decodeStream, largestStream } from './stream-filters.ts';
import { entriesOf, integerValue, malformedPdf, nameValue, type PdfEntries, type PdfValue, pdfNull } from './values.ts';

/** A PDF, read by ranges: nothing is held that grows with it. */
export interface PdfDocument {
  readonly reader: ByteReader;
  readonly sections: readonly CrossReferenceSection[];
  /** The newest trailer. */
  readonly trailer: PdfEntries;
  readonly encrypted: boolean;
  /** The value itself, or what it refers to; null where there is nothing. */
  resolve(value: PdfValue | undefined): Promise<PdfValue>;
  /** The decoded bytes of a stream. */
  streamBytes(stream: PdfValue): Promise<Uint8Array>;
  /** The bytes of a stream as they are stored, filters not undone. */
  storedBytes(stream: PdfValue): Promise<Uint8Array>;
}

const mostCached = 20_000;
const mostObjectStreams = 8;

/**
 * Opens a PDF by its cross-references.
 * @param from index of the section that counts as the newest: 0 for the file as it is, more for older revisions
 * @throws FormatError
 */
export async function openPdf(found: ByteReader): Promise<PdfDocument> {
  const reader = pagedReader(found);
  if (!Buffer.from(await reader.read(0, 1024)).includes('%PDF-')) throw malformedPdf('no PDF header');
  return documentOf(reader, await readCrossReferences(reader));
}

/** The document as an older revision saw it: only the sections from `index` on count. */
export function revisionOf(document: PdfDocument, index: number): PdfDocument {
  return documentOf(document.reader, document.sections.slice(index));
}

function documentOf(reader: ByteReader, sections: readonly CrossReferenceSection[]): PdfDocument {
  const [newest] = sections;
  if (!newest) throw malformedPdf('no cross-references');
  const objects = new ObjectSource(reader, sections);
  const encrypted = sections.some(({ trailer }) => (trailer.get('Encrypt') ?? pdfNull).kind !== 'null');
  return {
    reader,
    sections,
    trailer: newest.trailer,
    encrypted,
    resolve: (value) => objects.resolve(value),
    streamBytes: (stream) => objects.streamBytes(stream),
    storedBytes: (stream) => objects.storedBytes(stream),
  };
}

class ObjectSource {
  readonly #reader: ByteReader;
  readonly #sections: readonly CrossReferenceSection[];
  readonly #known = new Map<number, PdfValue>();
  readonly #objectStreams = new Map<number, { bytes: Uint8Array; offsets: ReadonlyMap<number, number> }>();

  constructor(reader: ByteReader, sections: readonly CrossReferenceSection[]) {
    this.#reader = reader;
    this.#sections = sections;
  }

  async resolve(value: PdfValue | undefined, depth = 0): Promise<PdfValue> {
    if (value?.kind !== 'reference') return value ?? pdfNull;
    if (depth > 16) throw malformedPdf('references without end');
    const known = this.#known.get(value.number);
    if (known) return known;
    const found = await this.resolve(await this.#read(value.number), depth + 1);
    if (this.#known.size >= mostCached) this.#known.clear();
    this.#known.set(value.number, found);
    return found;
  }

  async #read(number: number): Promise<PdfValue> {
    for (const section of this.#sections) {
      const place = await section.find(number);
      if (!place) continue;
      if (place.kind === 'free') return pdfNull;
      if (place.kind === 'compressed') return this.#readCompressed(place.stream, number);
      if (place.offset === 0) return pdfNull;
      const object = await parseAt(this.#reader, place.offset, readIndirectObject);
      if (object.number !== number) throw malformedPdf(`object ${number} is not where it is said to be`, place.offset);
      return object.value;
    }
    return pdfNull;
  }

  async #readCompressed(stream: number, number: number): Promise<PdfValue> {
    const { bytes, offsets } = await this.#objectStream(stream);
    const offset = offsets.get(number);
    if (offset === undefined || offset >= bytes.length) return pdfNull;
    const cursor: Cursor = { bytes, base: Number.NaN, complete: true, at: offset };
    return readValue(cursor);
  }

  async #objectStream(number: number) {
    const known = this.#objectStreams.get(number);
    if (known) return known;
    const stream = await this.resolve({ kind: 'reference', number, generation: 0 });
    if (stream.kind !== 'stream' || nameValue(stream.entries.get('Type')) !== 'ObjStm')
      throw malformedPdf(`object ${number} is no object stream`);
    const bytes = await this.streamBytes(stream);
    const first = integerValue(await this.resolve(stream.entries.get('First'))) ?? 0;
    const count = integerValue(await this.resolve(stream.entries.get('N'))) ?? 0;
    const decoded = { bytes, offsets: objectOffsets(bytes, first, count) };
    if (this.#objectStreams.size >= mostObjectStreams) this.#objectStreams.clear();
    this.#objectStreams.set(number, decoded);
    return decoded;
  }

  async storedBytes(stream: PdfValue): Promise<Uint8Array> {
    if (stream.kind !== 'stream') throw malformedPdf('a stream was expected');
    const length = integerValue(await this.resolve(stream.entries.get('Length')));
    if (length === undefined || length < 0 || length > largestStream) throw malformedPdf('a stream of absurd length');
    return this.#reader.read(stream.dataOffset, length);
  }

  async streamBytes(stream: PdfValue): Promise<Uint8Array> {
    if (stream.kind !== 'stream') throw malformedPdf('a stream was expected');
    const data = await this.storedBytes(stream);
    const filters = listOf(await this.resolve(stream.entries.get('Filter')));
    const parameters = listOf(await this.resolve(stream.entries.get('DecodeParms')));
    const resolved = await Promise.all(parameters.map((value) => this.resolve(value)));
    return decodeStream(
      data,
      await Promise.all(filters.map((filter) => this.resolve(filter))),
      resolved.map(entriesOf),
    );
  }
}

function objectOffsets(bytes: Uint8Array, first: number, count: number): ReadonlyMap<number, number> {
  const head = Buffer.from(bytes.subarray(0, Math.min(first, bytes.length)))
    .toString('latin1')
    .trim();
  const numbers = head.split(/\s+/).map(Number);
  const offsets = new Map<number, number>();
  for (let at = 0; at + 1 < numbers.length && offsets.size < count; at += 2) {
    const [number = -1, offset = 0] = [numbers[at], numbers[at + 1]];
    if (!offsets.has(number)) offsets.set(number, first + offset);
  }
  return offsets;
}
