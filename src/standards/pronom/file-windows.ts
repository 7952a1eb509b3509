import type { ByteReader } from '../../base/index.ts';

/** How much of a file's beginning and end is looked at: signatures, and metadata that writers put near either. */
const windowLength = 512 * 1024;

/** The beginning and the end of a file as text of bytes (latin1), so that tables of patterns can be matched on them. */
export interface FileWindows {
  readonly reader: ByteReader;
  readonly head: string;
  /** The last bytes; the whole file when `whole`. */
  readonly tail: string;
  readonly headBytes: Uint8Array;
  /** The head holds the whole file. */
  readonly whole: boolean;
}

/** Reads the windows: at most 1 MiB of a file of any size. */
export async function readWindows(reader: ByteReader): Promise<FileWindows> {
  const headBytes = await reader.read(0, windowLength);
  const whole = headBytes.length >= reader.size;
  const tailStart = Math.max(0, reader.size - windowLength);
  const head = Buffer.from(headBytes).toString('latin1');
  const tail = whole ? head : Buffer.from(await reader.read(tailStart, windowLength)).toString('latin1');
  return { reader, head, tail, headBytes, whole };
}
