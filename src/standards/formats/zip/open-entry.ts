import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { type ByteReader, bytesReader, chunksOf, FormatError } from '../../../base/index.ts';
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

/**
 * The content of an entry in chunks, of any size: memory does not grow with it.
 * @throws FormatError as `openZipEntry`; what was given before that is not to be used
 */
export async function* zipEntryChunks(reader: ByteReader, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw malformed('an encrypted entry');
  if (entry.method !== 0 && entry.method !== 8) throw malformed(`compression method ${entry.method}`);
  const start = await contentOffset(reader, entry);
  const packed = chunksOf(reader, start, start + entry.compressedSize);
  let size = 0;
  let checksum = 0;
  for await (const chunk of entry.method === 0 ? packed : inflatedChunks(packed)) {
    size += chunk.length;
    if (size > entry.size) throw malformed('an entry that is larger than it says');
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (size !== entry.size || checksum !== entry.crc32) throw malformed('an entry with a wrong checksum');
}

/** Packed bytes that are enough to look at, and the most that comes out of them. */
const beginning = { packed: [1 << 16, 1 << 13], unpacked: 1 << 24 };

/**
 * The beginning of an entry, not checked against its checksum: of a stored one up to `length` bytes, of a deflated one
 * what its first 64 KiB unpack to, of one that explodes what the first 8 KiB do.
 * @throws FormatError as `openZipEntry`
 */
export async function zipEntryBeginning(reader: ByteReader, entry: ZipEntry, length: number): Promise<Uint8Array> {
  if (entry.encrypted) throw malformed('an encrypted entry');
  if (entry.method !== 0 && entry.method !== 8) throw malformed(`compression method ${entry.method}`);
  const start = await contentOffset(reader, entry);
  if (entry.method === 0) return reader.read(start, Math.min(length, entry.compressedSize));
  for (const most of beginning.packed) {
    const packed = await reader.read(start, Math.min(most, entry.compressedSize));
    const unpacked = inflatedBeginning(packed);
    if (unpacked) return unpacked;
  }
  throw malformed('an entry that explodes');
}

/** `undefined` when more comes out than may. */
function inflatedBeginning(packed: Uint8Array): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: beginning.unpacked,
      chunkSize: 1 << 16,
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw new FormatError('ZIP', 'an entry that does not unpack', { cause });
  }
}

async function* inflatedChunks(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: 1 << 16 });
  const feeding = feed(packed, inflate);
  feeding.catch(() => undefined); // told below, when the inflated side has ended
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (cause) {
    await feeding; // a broken medium is told as such, not as a broken archive
    throw new FormatError('ZIP', 'an entry that does not unpack', { cause });
  } finally {
    inflate.destroy();
  }
  await feeding;
}

async function feed(packed: AsyncIterable<Uint8Array>, inflate: ReturnType<typeof createInflateRaw>): Promise<void> {
  try {
    for await (const chunk of packed) {
      if (inflate.destroyed) return;
      if (!inflate.write(chunk)) await drained(inflate);
    }
    inflate.end();
  } catch (error) {
    inflate.destroy(error as Error);
    throw error;
  }
}

function drained(inflate: ReturnType<typeof createInflateRaw>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      inflate.off('drain', done);
      inflate.off('close', done);
      resolve();
    };
    inflate.once('drain', done);
    inflate.once('close', done);
  });
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
