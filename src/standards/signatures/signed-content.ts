import { createHash } from 'node:crypto';
import { type ByteReader, bytesReader, chunksOf } from '../../base/index.ts';
import { type DigestName, nodeDigest } from '../formats/x509/index.ts';

/** What a detached signature is over, handed in beside it: the bytes, or only digests of them. */
export interface DetachedContent {
  readonly name?: string;
  readonly reader?: ByteReader;
  /** Algorithms as node:crypto names them, or as DSS does; values lower-case hex. */
  readonly digests?: readonly { readonly algorithm: string; readonly value: string }[];
}

/** Something signed, that can be hashed: each algorithm reads it once, however many signatures ask. */
export interface SignedContent {
  readonly name?: string;
  /** Undefined when the algorithm is unknown here, or only other digests are known. */
  digest(algorithm: DigestName): Promise<Uint8Array | undefined>;
  /** Undefined when only digests are known. */
  chunks(): AsyncIterable<Uint8Array> | undefined;
  readonly size: number | undefined;
  /** Other forms in which the same thing may have been hashed, where a standard leaves that open. */
  readonly alternatives?: readonly SignedContent[];
}

/** Content held in memory. */
export function contentOfBytes(bytes: Uint8Array, name?: string): SignedContent {
  return contentOfReader(bytesReader(bytes), name);
}

/** Content behind a reader. */
export function contentOfReader(reader: ByteReader, name?: string): SignedContent {
  return contentOfChunks(() => chunksOf(reader), reader.size, name);
}

/** The ranges of a file, one after the other, as a PDF signature names them. */
export function contentOfRanges(reader: ByteReader, ranges: readonly (readonly [number, number])[]): SignedContent {
  async function* chunks() {
    for (const [start, length] of ranges) yield* chunksOf(reader, start, start + length);
  }
  return contentOfChunks(
    chunks,
    ranges.reduce((sum, [, length]) => sum + length, 0),
  );
}

/** Content handed in beside a signature. */
export function contentOfDetached({ name, reader, digests }: DetachedContent): SignedContent {
  const known = new Map((digests ?? []).map(({ algorithm, value }) => [folded(algorithm), value]));
  const behind = reader && contentOfReader(reader, name);
  return {
    ...(name === undefined ? {} : { name }),
    size: reader?.size,
    chunks: () => behind?.chunks(),
    digest: async (algorithm) => {
      const value = known.get(folded(algorithm));
      if (value !== undefined && /^([0-9a-f]{2})+$/i.test(value)) return Buffer.from(value, 'hex');
      return behind?.digest(algorithm);
    },
  };
}

/** `SHA-256`, `sha256` and `SHA256` are one; so are `sha3-256` and `SHA3_256`. */
function folded(algorithm: string): string {
  return algorithm
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/^shake256512$/, 'shake256');
}

/** Content that can be read again and again. */
export function contentOfChunks(chunks: () => AsyncIterable<Uint8Array>, size: number, name?: string): SignedContent {
  const computed = new Map<DigestName, Promise<Uint8Array | undefined>>();
  return {
    ...(name === undefined ? {} : { name }),
    size,
    chunks,
    digest: (algorithm) => {
      const known = computed.get(algorithm);
      if (known) return known;
      const value = hash(chunks(), algorithm);
      computed.set(algorithm, value);
      return value;
    },
  };
}

async function hash(chunks: AsyncIterable<Uint8Array>, algorithm: DigestName): Promise<Uint8Array | undefined> {
  const named = nodeDigest(algorithm);
  if (!named) return undefined;
  const running = createHash(named, algorithm === 'SHAKE256_512' ? { outputLength: 64 } : {});
  for await (const chunk of chunks) running.update(chunk);
  return running.digest();
}

/** The digest of bytes at hand. */
export function digestBytes(bytes: Uint8Array, algorithm: DigestName): Uint8Array | undefined {
  const named = nodeDigest(algorithm);
  if (!named) return undefined;
  return createHash(named, algorithm === 'SHAKE256_512' ? { outputLength: 64 } : {})
    .update(bytes)
    .digest();
}
