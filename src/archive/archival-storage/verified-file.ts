import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ArchiveError, sha512Hex } from '../../base/index.ts';
import type { StoredFile, StreamHasher } from './location-driver.ts';

/** Files up to this size are read whole and compared before the first byte is given away. */
const wholeUpTo = 4 << 20;

/**
 * The file of `copies[0]`, compared with its digest while it is read: a small one before anything is given away, with the
 * next copy in the place of a damaged one; a large one at the end of its stream, which then fails. Ranges of a large
 * file are as the medium gives them.
 * @param copies the same file in every location that has it, nearest first; at least one
 */
export function verifiedFile(copies: readonly StoredFile[], sha512: string, name: string): StoredFile {
  const [nearest] = copies;
  if (!nearest) throw new Error('a file without a copy');
  if (nearest.size > wholeUpTo)
    return {
      size: nearest.size,
      read: nearest.read,
      stream: (start = 0, end = nearest.size) =>
        start === 0 && end === nearest.size
          ? Readable.from(compared(nearest, sha512, name), { objectMode: false })
          : nearest.stream(start, end),
    };
  let whole: Promise<Uint8Array> | undefined;
  const bytes = () => {
    whole ??= firstWhole(copies, sha512, name);
    return whole;
  };
  return {
    size: nearest.size,
    read: async (offset, length) => (await bytes()).subarray(offset, offset + length),
    stream: (start = 0, end = nearest.size) => Readable.from(part(bytes, start, end), { objectMode: false }),
  };
}

async function* part(bytes: () => Promise<Uint8Array>, start: number, end: number): AsyncGenerator<Uint8Array> {
  yield (await bytes()).subarray(start, end);
}

async function* compared(file: StoredFile, sha512: string, name: string): AsyncGenerator<Uint8Array> {
  const hasher = file.hasher?.() ?? hasherHere();
  try {
    for await (const chunk of file.stream() as AsyncIterable<Buffer>) {
      await hasher.update(chunk);
      yield chunk;
    }
    if ((await hasher.digest()) !== sha512) throw damaged(name);
  } finally {
    hasher.abandon();
  }
}

function hasherHere(): StreamHasher {
  const hash = createHash('sha512');
  return {
    update: async (chunk) => {
      hash.update(chunk);
    },
    digest: async () => hash.digest('hex'),
    abandon: () => {},
  };
}

async function firstWhole(copies: readonly StoredFile[], sha512: string, name: string): Promise<Uint8Array> {
  for (const copy of copies) {
    const bytes = await copy.read(0, copy.size);
    if (sha512Hex(bytes) === sha512) return bytes;
  }
  throw damaged(name);
}

function damaged(name: string): ArchiveError {
  return new ArchiveError(
    'LOCATION_CORRUPT',
    `The stored copy of ${name} is damaged. Run \`trajno audit\`: it repairs it.`,
  );
}
