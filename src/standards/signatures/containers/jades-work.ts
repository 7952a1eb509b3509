import { FormatError } from '../../../base/index.ts';

/** How many octets may still be read for the signatures of a document, all in all. */
export interface RemainingWork {
  left: number;
}

/** @throws FormatError when there is more to verify than the size of the document accounts for */
export function spend(work: RemainingWork, octets: number): void {
  work.left -= octets;
  if (work.left < 0) throw new FormatError('JWS', 'too much to verify');
}

/** The same chunks, counted. */
export async function* worked(chunks: AsyncIterable<Uint8Array>, work: RemainingWork): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    spend(work, chunk.length);
    yield chunk;
  }
}
