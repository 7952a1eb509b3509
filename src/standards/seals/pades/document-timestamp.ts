import type { ByteReader } from '../../../base/index.ts';
import { openPdf } from '../../formats/pdf/index.ts';
import type { TimestampSource } from '../levels.ts';
import { verbatim } from './pdf-writing.ts';
import { placeSignature } from './place-signature.ts';

const dictionary = new Map([
  ['Type', verbatim('/DocTimeStamp')],
  ['Filter', verbatim('/Adobe.PPKLite')],
  ['SubFilter', verbatim('/ETSI.RFC3161')],
]);

/** Room for a token; when one is larger, the authority is asked once more with the room it needs. */
export const usualTokenLength = 6144;

/**
 * A document time-stamp over the whole of a PDF (EN 319 142-1 5.4.3).
 * @returns the incremental update
 */
export async function documentTimestamp(document: ByteReader, source: TimestampSource): Promise<Uint8Array> {
  const pdf = await openPdf(document);
  for (let room = usualTokenLength; ; ) {
    const placed = await placeSignature(pdf, { entries: dictionary, room });
    const value = Buffer.from(await placed.digest('sha256')).toString('hex');
    const token = await source({ algorithm: 'sha256', value });
    if (token.length <= room) return placed.withContents(token);
    room = token.length + 64; // the next token may be a little larger still
  }
}
