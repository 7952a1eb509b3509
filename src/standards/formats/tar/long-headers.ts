import { FormatError } from '../../../base/index.ts';

/** The name in a long-name entry of GNU tar. */
export function longName(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/**
 * Path and size of pax extended records: `LENGTH KEYWORD=VALUE` and a line feed, LENGTH in bytes with itself.
 * @throws FormatError when the records are malformed, or say that a file is sparse
 */
export function paxRecords(bytes: Uint8Array): { path?: string; size?: number } {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length =
      space < 0 ? Number.NaN : Number(new TextDecoder().decode(bytes.subarray(at, Math.min(space, at + 10))));
    const end = at + length;
    if (!Number.isInteger(length) || end <= space || end > bytes.length || bytes[end - 1] !== 0x0a)
      throw new FormatError('TAR', 'malformed pax records');
    const [keyword = '', value = ''] = new TextDecoder().decode(bytes.subarray(space + 1, end - 1)).split(/=(.*)/s);
    if (keyword.startsWith('GNU.sparse')) throw new FormatError('TAR', 'a sparse file');
    if (keyword === 'path') found.path = value;
    if (keyword === 'size') found.size = sizeIn(value);
    at = end;
  }
  return found;
}

function sizeIn(value: string): number {
  const size = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new FormatError('TAR', 'a size that is no number');
  return size;
}
