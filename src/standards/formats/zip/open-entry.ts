import { crc32, inflateRawSync } from 'node:zlib';
import { type ByteReader, bytesReader, FormatError } from '../../../base/index.ts';
import { malformed, view } from './central-directory.ts';
import type { ZipEntry } from './read-zip.ts';

const localSignature = 0x04034b50;
const localLength = 30;

/**
 * The content of an entry. A stored one is read where it lies; a deflated one is unpacked into memory, up to `limit`.
 * @throws FormatError when the local header contradicts the directory, or the content cannot be unpacked within the limit
 */
export async function openZipEntry(reader: ByteReader, entry: ZipEntry, limit = 64 << 20): Promise<ByteReader> {
  if (entry.encrypted) throw malformed('an encrypted entry');
  const start = await contentOffset(reader, entry);
  if (entry.method === 0) return rangeReader(reader, start, entry.size);
  if (entry.method !== 8) throw malformed(`compression method ${entry.method}`);
  if (entry.size > limit || entry.compressedSize > limit) throw malformed('a compressed entry over the limit');
  return bytesReader(inflated(await reader.read(start, entry.compressedSize), entry));
}

async function contentOffset(reader: ByteReader, entry: ZipEntry): Promise<number> {
  const header = view(await reader.read(entry.offset, localLength));
  if (header.byteLength < localLength || header.getUint32(0, true) !== localSignature) {
    throw malformed('no local header');
  }
  const nameLength = header.getUint16(26, true);
  const name = await reader.read(entry.offset + localLength, nameLength);
  if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(name) !== entry.path) {
    throw malformed('a local header with another name');
  }
  const start = entry.offset + localLength + nameLength + header.getUint16(28, true);
  if (start + entry.compressedSize > reader.size) throw malformed('an entry that is cut off');
  return start;
}

function rangeReader(reader: ByteReader, start: number, size: number): ByteReader {
  return {
    size,
    read: (offset, length) => reader.read(start + offset, Math.max(0, Math.min(length, size - offset))),
  };
}

function inflated(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  let content: Uint8Array;
  try {
    content = inflateRawSync(bytes, { maxOutputLength: Math.max(1, entry.size) });
  } catch (cause) {
    throw new FormatError('ZIP', 'an entry that does not unpack', { cause });
  }
  if (content.length !== entry.size || crc32(content) !== entry.crc32)
    throw malformed('an entry with a wrong checksum');
  return content;
}
