import { type ByteReader, FormatError } from '../../../base/index.ts';
import { type CrossReferenceSection, listOf, readCrossReferences } from './cross-reference.ts';
import { scannedSections } from './damaged-pdf.ts';
import { type Decryption, type ObjectId, openWithoutPassword } from './decryption.ts';
import { type Cursor, readIndirectObject, readValue } from './lexer.ts';
import { pagedReader, parseAt } from './paged-reader.ts';
import { decodeStream, largestStream } from './stream-filters.ts';
import {
  entriesOf,
  integerValue,
  itemsOf,
  malformedPdf,
  nameValue,
  type PdfEntries,
  type PdfValue,
  pdfNull,
} from './values.ts';

/** A PDF, read by ranges: nothing is held that grows with it. */
export interface PdfDocument {
  readonly reader: ByteReader;
  readonly sections: readonly CrossReferenceSection[];
  /** The newest trailer. */
  readonly trailer: PdfEntries;
  /** Whether it is encrypted, and whether it opens without a password all the same. */
  readonly encryption: 'none' | 'opened' | 'password';
  readonly decryption: Decryption | undefined;
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
  const sections = await readCrossReferences(reader);
  return documentOf(reader, sections, await encryptionOf(reader, sections));
}

/**
 * Opens a PDF whose cross-references are broken, by what a scan of the whole file finds.
 * @throws FormatError when nothing can be made of it
 */
export async function openDamagedPdf(found: ByteReader): Promise<PdfDocument> {
  const reader = pagedReader(found);
  let encryption: Promise<Encryption> | undefined;
  const sections = await scannedSections(reader, async (section, stream) => {
    encryption ??= encryptionOf(reader, [section]);
    const { decryption } = await encryption;
    return new ObjectSource(reader, [section], decryption).numbersIn(stream);
  });
  return documentOf(reader, sections, await encryptionOf(reader, sections));
}

/** The document as an older revision saw it: only the sections from `index` on count. */
export function revisionOf(document: PdfDocument, index: number): PdfDocument {
  const { encryption, decryption } = document;
  return documentOf(document.reader, document.sections.slice(index), { encryption, decryption });
}

type Encryption = Pick<PdfDocument, 'encryption' | 'decryption'>;

/** The encryption dictionary is the one thing that is never encrypted itself (ISO 32000-1 7.6.1). */
async function encryptionOf(reader: ByteReader, sections: readonly CrossReferenceSection[]): Promise<Encryption> {
  const holder = sections.find(({ trailer }) => (trailer.get('Encrypt') ?? pdfNull).kind !== 'null');
  if (!holder) return { encryption: 'none', decryption: undefined };
  const objects = new ObjectSource(reader, sections, undefined);
  const encrypt = await resolved(objects, await objects.resolve(holder.trailer.get('Encrypt')));
  const [id] = itemsOf(await objects.resolve(holder.trailer.get('ID')));
  const decryption = openWithoutPassword(entriesOf(encrypt), id?.kind === 'string' ? id.bytes : new Uint8Array());
  return { encryption: decryption ? 'opened' : 'password', decryption };
}

/** A dictionary with everything in it resolved, two levels down, as deep as crypt filters lie. */
async function resolved(objects: ObjectSource, value: PdfValue, depth = 0): Promise<PdfValue> {
  const found = await objects.resolve(value);
  if (found.kind !== 'dictionary' || depth > 2) return found;
  const entries = new Map<string, PdfValue>();
  for (const [key, entry] of found.entries) entries.set(key, await resolved(objects, entry, depth + 1));
  return { kind: 'dictionary', entries };
}

function documentOf(
  reader: ByteReader,
  sections: readonly CrossReferenceSection[],
  { encryption, decryption }: Encryption,
): PdfDocument {
  const [newest] = sections;
  if (!newest) throw malformedPdf('no cross-references');
  const objects = new ObjectSource(reader, sections, decryption);
  return {
    reader,
    sections,
    trailer: newest.trailer,
    encryption,
    decryption,
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

  readonly #decryption: Decryption | undefined;

  constructor(reader: ByteReader, sections: readonly CrossReferenceSection[], decryption: Decryption | undefined) {
    this.#reader = reader;
    this.#sections = sections;
    this.#decryption = decryption;
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
      return this.#decryption ? decryptStrings(object.value, this.#decryption, object) : object.value;
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

  /** The numbers of the objects in an object stream; none when it cannot be read. */
  async numbersIn(stream: number): Promise<number[]> {
    try {
      return [...(await this.#objectStream(stream)).offsets.keys()];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  }

  async storedBytes(stream: PdfValue): Promise<Uint8Array> {
    if (stream.kind !== 'stream') throw malformedPdf('a stream was expected');
    const length = integerValue(await this.resolve(stream.entries.get('Length')));
    if (length === undefined || length < 0 || length > largestStream) throw malformedPdf('a stream of absurd length');
    const data = await this.#reader.read(stream.dataOffset, length);
    const isPlain = !this.#decryption || nameValue(stream.entries.get('Type')) === 'XRef';
    return isPlain ? data : this.#decryption.stream(data, stream);
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

/** The strings of an object, but for the value of a signature, which is not encrypted (ISO 32000-1 7.6.1). */
function decryptStrings(value: PdfValue, decryption: Decryption, object: ObjectId): PdfValue {
  switch (value.kind) {
    case 'string':
      return { ...value, bytes: decryption.string(value.bytes, object) };
    case 'array':
      return { ...value, items: value.items.map((item) => decryptStrings(item, decryption, object)) };
    case 'dictionary':
    case 'stream': {
      const isSignature = value.entries.has('ByteRange');
      const entries = [...value.entries].map(([key, entry]) => {
        const isPlain = isSignature && key === 'Contents';
        return [key, isPlain ? entry : decryptStrings(entry, decryption, object)] as const;
      });
      return { ...value, entries: new Map(entries) };
    }
    default:
      return value;
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
