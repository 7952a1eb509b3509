/**
 * How a document comes into the legal core: random access by range, never a whole buffer that grows with it.
 * `read` gives fewer bytes than asked only at the end of the document; it throws when the bytes cannot be had.
 */
export interface ByteReader {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A reader over bytes in memory. */
export function bytesReader(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
  };
}

/** The bytes of `reader` in chunks, from `start` to `end` (exclusive). */
export async function* chunksOf(
  reader: ByteReader,
  start = 0,
  end = reader.size,
  chunkLength = 1 << 20,
): AsyncGenerator<Uint8Array> {
  for (let offset = start; offset < end; ) {
    const chunk = await reader.read(offset, Math.min(chunkLength, end - offset));
    if (chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}

/** All bytes of `reader`; the caller states how many it is ready to hold. */
export async function readWhole(reader: ByteReader, limit: number): Promise<Uint8Array> {
  if (reader.size > limit) throw new RangeError(`document of ${reader.size} bytes is over the limit of ${limit}`);
  return reader.read(0, reader.size);
}
