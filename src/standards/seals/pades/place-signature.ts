import { type ByteReader, chunksOf } from '../../../base/index.ts';
import type { PdfDocument } from '../../formats/pdf/index.ts';
import { type SignatureDigest, startDigest } from '../signature-algorithm.ts';
import { incrementalUpdate, nextObjectNumber } from './incremental-update.ts';
import { verbatim, type WrittenEntries, writtenDictionary } from './pdf-writing.ts';
import { signatureField } from './signature-field.ts';

/** An update with room for a signature or a time-stamp. */
export interface PlacedSignature {
  /** The digest of document and update, without the room. */
  digest(algorithm: SignatureDigest): Promise<Uint8Array>;
  /** The update with the signature in its place. */
  withContents(signature: Uint8Array): Uint8Array;
}

/** A signature dictionary's own entries, its field, and how many octets its contents may take. */
export interface SignatureToPlace {
  readonly entries: WrittenEntries;
  /** `Signature` and a number that is new in the document, when left out. */
  readonly fieldName?: string;
  readonly room: number;
}

/** The update with room for a signature, and a ByteRange over all but that room (ISO 32000-2 12.8.1). */
export async function placeSignature(
  pdf: PdfDocument,
  { entries, fieldName, room }: SignatureToPlace,
): Promise<PlacedSignature> {
  const signature = nextObjectNumber(pdf);
  const field = signature + 1;
  const name = fieldName ?? `Signature${signature}`;
  const contents = `<${'0'.repeat(2 * room)}>`;
  const dictionary = new Map([
    ...entries,
    ['ByteRange', verbatim(byteRangeRoom)] as const,
    ['Contents', verbatim(contents)] as const,
  ]);
  const text = writtenDictionary(dictionary);
  const { bytes, textOffsets } = incrementalUpdate(pdf, [
    { number: signature, generation: 0, text },
    ...(await signatureField(pdf, { signature, field }, name)),
  ]);
  const start = (textOffsets.get(signature) ?? 0) + text.indexOf(contents) - pdf.reader.size;
  const end = start + contents.length;
  const ranges = [0, pdf.reader.size + start, pdf.reader.size + end, bytes.length - end].map(String);
  bytes.write(
    `[${ranges.join(' ')}]`.padEnd(byteRangeRoom.length),
    start - text.indexOf(contents) + text.indexOf(byteRangeRoom),
    'latin1',
  );
  return {
    digest: (algorithm) => digestAround(pdf.reader, [bytes.subarray(0, start), bytes.subarray(end)], algorithm),
    withContents: (der) => {
      bytes.write(Buffer.from(der).toString('hex').toUpperCase(), start + 1, 'latin1');
      return bytes;
    },
  };
}

/** Four numbers of up to 15 digits, overwritten when they are known. */
const byteRangeRoom = `[${'0'.repeat(15)} ${'0'.repeat(15)} ${'0'.repeat(15)} ${'0'.repeat(15)}]`;

async function digestAround(
  document: ByteReader,
  updates: readonly Uint8Array[],
  algorithm: SignatureDigest,
): Promise<Uint8Array> {
  const hash = startDigest(algorithm);
  for await (const chunk of chunksOf(document)) hash.update(chunk);
  for (const update of updates) hash.update(update);
  return hash.digest();
}
