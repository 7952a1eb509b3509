import type { ByteReader } from '../../base/index.ts';
import type { FileRegion } from './match-sequence.ts';

/** How much of a file's beginning and end is looked at: signatures, and metadata that writers put near either. */
const windowLength = 512 * 1024;

/** The beginning and the end of a file. */
export interface FileWindows {
  /** Answers from the windows where it can. */
  readonly reader: ByteReader;
  readonly headBytes: Buffer;
  /** The same as text of bytes (latin1), so that patterns can be matched on it. */
  readonly head: string;
  /** The last bytes as text; the whole file when `whole`. */
  readonly tail: string;
  /** The head holds the whole file. */
  readonly whole: boolean;
  /** What was read, in the order of the file: one stretch, or the two ends. */
  readonly regions: readonly FileRegion[];
}

/** Reads the windows: at most 1 MiB of a file of any size. */
export async function readWindows(reader: ByteReader): Promise<FileWindows> {
  const { size } = reader;
  const headBytes = asBuffer(await reader.read(0, size <= 2 * windowLength ? size : windowLength));
  const whole = headBytes.length >= size;
  const tailBytes = whole ? headBytes : asBuffer(await reader.read(size - windowLength, windowLength));
  const head = { base: 0, bytes: headBytes };
  const regions = whole ? [head] : [head, { base: size - tailBytes.length, bytes: tailBytes }];
  const headText = textOf(headBytes);
  const tailText = whole ? headText : textOf(tailBytes);
  return {
    reader: regionReader(reader, regions),
    headBytes,
    get head() {
      return headText();
    },
    get tail() {
      return tailText();
    },
    whole,
    regions,
  };
}

/** Made when it is first asked for: most formats are told without it. */
function textOf(bytes: Buffer): () => string {
  let text: string | undefined;
  return () => {
    text ??= bytes.toString('latin1');
    return text;
  };
}

function regionReader(reader: ByteReader, regions: readonly FileRegion[]): ByteReader {
  return {
    size: reader.size,
    read: async (offset, length) => {
      const end = Math.min(reader.size, offset + length);
      const region = regions.find(({ base, bytes }) => offset >= base && end <= base + bytes.length);
      if (!region) return reader.read(offset, length);
      return region.bytes.subarray(offset - region.base, Math.max(offset, end) - region.base);
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
