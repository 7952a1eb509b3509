import type { ByteReader } from '../../../base/index.ts';
import { type Cursor, WindowTooSmall } from './lexer.ts';
import { malformedPdf } from './values.ts';

const pageLength = 1 << 16;
const mostPages = 64;

/** A reader that remembers the pages it read last: parsing jumps about in small steps. */
export function pagedReader(reader: ByteReader): ByteReader {
  const pages = new Map<number, Promise<Uint8Array>>();
  const page = (number: number): Promise<Uint8Array> => {
    const known = pages.get(number);
    if (known) return known;
    const read = reader.read(number * pageLength, Math.min(pageLength, reader.size - number * pageLength));
    if (pages.size >= mostPages) pages.delete(pages.keys().next().value ?? 0);
    pages.set(number, read);
    return read;
  };
  return {
    size: reader.size,
    read: async (offset, length) => {
      const end = Math.min(reader.size, offset + length);
      if (offset >= end) return new Uint8Array();
      if (end - offset > pageLength * 4) return reader.read(offset, end - offset);
      const parts: Uint8Array[] = [];
      for (let number = Math.floor(offset / pageLength); number * pageLength < end; number++) {
        const bytes = await page(number);
        const start = number * pageLength;
        parts.push(bytes.subarray(Math.max(0, offset - start), end - start));
      }
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    },
  };
}

const firstWindow = 4096;
const largestWindow = 24 << 20;

/**
 * Parses what starts at `offset`, in a window that grows until the object fits.
 * @throws FormatError when it is malformed or larger than any object we read
 */
export async function parseAt<Value>(
  reader: ByteReader,
  offset: number,
  parse: (cursor: Cursor) => Value,
): Promise<Value> {
  if (offset < 0 || offset >= reader.size) throw malformedPdf('an offset outside the file', offset);
  for (let length = firstWindow; ; length *= 4) {
    const bytes = await reader.read(offset, length);
    const complete = offset + bytes.length >= reader.size;
    try {
      return parse({ bytes, base: offset, complete, at: 0 });
    } catch (error) {
      if (!(error instanceof WindowTooSmall)) throw error;
      if (length > largestWindow) throw malformedPdf('an object too large', offset);
    }
  }
}

/** The first `size` bytes as a document of their own: a revision, as it was when it was signed. */
export function prefixReader(reader: ByteReader, size: number): ByteReader {
  const end = Math.min(size, reader.size);
  return {
    size: end,
    read: (offset, length) => reader.read(offset, Math.max(0, Math.min(length, end - offset))),
  };
}
