import { FormatError } from '../../../base/index.ts';

/**
 * The octets of base64url text (RFC 7515 2): without padding, white space or line ends, and with no bits left over, so
 * that no octets have two encodings.
 * @throws FormatError
 */
export function decodeBase64Url(text: string): Uint8Array {
  if (text.length % 4 === 1 || !/^[A-Za-z0-9_-]*$/.test(text)) throw new FormatError('base64url', 'not base64url text');
  const octets = Buffer.from(text, 'base64url');
  const [lastGroup, rest] = [text.slice(text.length - (text.length % 4)), octets.length % 3];
  if (lastGroup !== '' && octets.subarray(octets.length - rest).toString('base64url') !== lastGroup)
    throw new FormatError('base64url', 'bits are left over at the end');
  return octets;
}

/** Octets in base64url, in chunks as they come. */
export async function* encodedBase64Url(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const joined = left.length > 0 ? Buffer.concat([left, chunk]) : Buffer.from(chunk);
    const whole = joined.length - (joined.length % 3);
    left = joined.subarray(whole);
    if (whole > 0) yield Buffer.from(joined.toString('base64url', 0, whole), 'latin1');
  }
  if (left.length > 0) yield Buffer.from(Buffer.from(left).toString('base64url'), 'latin1');
}
