import { type ByteReader, FormatError } from '../../../base/index.ts';
import { type CrossReferences, readCrossReferences } from './cross-references.ts';
import { openPdf, type PdfFile, readIndirectObject } from './pdf-file.ts';
import { integerIn, type PdfDictionary, PdfParser, type PdfValue } from './pdf-syntax.ts';

/** A PDF whose objects can be looked up by number. */
export interface PdfObjects {
  readonly size: number;
  readonly references: CrossReferences;
  /** The object with this number; `null` when there is none (ISO 32000-2 7.3.10). */
  object(number: number): Promise<PdfValue>;
  /** The value itself, or the object that a reference names. */
  resolved(value: PdfValue | undefined): Promise<PdfValue | undefined>;
}

const tailLength = 2048;

/**
 * Finds the newest cross-references of a document, and reads objects by them.
 * @throws FormatError also for an encrypted document, which nothing may be added to in the clear
 */
export async function readPdfObjects(document: ByteReader): Promise<PdfObjects> {
  const file = openPdf(document);
  const references = await readCrossReferences(file, await startOfReferences(document));
  if (references.trailer.has('Encrypt')) throw new FormatError('PDF', 'the document is encrypted');
  const streams = new Map<number, Promise<Map<number, PdfValue>>>();

  async function object(number: number): Promise<PdfValue> {
    const place = references.places.get(number);
    if (place === undefined || place === 'free') return { kind: 'token', text: 'null' };
    if ('offset' in place) return file.parseAt(place.offset, readIndirectObject);
    const members = streams.get(place.stream) ?? readObjectStream(file, references, place.stream);
    streams.set(place.stream, members);
    return (await members).get(number) ?? { kind: 'token', text: 'null' };
  }

  return {
    size: document.size,
    references,
    object,
    resolved: async (value) => (value?.kind === 'reference' ? object(value.number) : value),
  };
}

/** The offset behind the last `startxref` (ISO 32000-2 7.5.5). */
async function startOfReferences(document: ByteReader): Promise<number> {
  const from = Math.max(0, document.size - tailLength);
  const tail = Buffer.from(await document.read(from, tailLength)).toString('latin1');
  const found = /^startxref\s+(\d{1,15})\s/.exec(tail.slice(tail.lastIndexOf('startxref')));
  if (!found) throw new FormatError('PDF', 'the end of the document names no cross-references');
  return Number(found[1]);
}

/** ISO 32000-2 7.5.7. */
async function readObjectStream(
  file: PdfFile,
  references: CrossReferences,
  number: number,
): Promise<Map<number, PdfValue>> {
  const place = references.places.get(number);
  if (place === undefined || place === 'free' || !('offset' in place))
    throw new FormatError('PDF', 'an object stream is not where it is said to be');
  const { entries, data } = await file.streamAt(place.offset);
  const first = integerIn(entries, 'First') ?? 0;
  const header = new PdfParser(Buffer.concat([data.subarray(0, first), Buffer.from(' ')]));
  const members = new Map<number, PdfValue>();
  const padded = Buffer.concat([data, Buffer.from(' ')]); // the last token ends there
  for (let left = integerIn(entries, 'N') ?? 0; left > 0; left -= 1) {
    const member = header.integer();
    members.set(member, new PdfParser(padded, first + header.integer()).value());
  }
  return members;
}

/** The dictionary that a value must be. */
export function dictionaryOf(value: PdfValue | undefined, what: string): PdfDictionary {
  if (value?.kind !== 'dictionary') throw new FormatError('PDF', `${what} is no dictionary`);
  return value.entries;
}
