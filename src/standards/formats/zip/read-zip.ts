import type { ByteReader } from '../../../base/index.ts';
import { findCentralDirectory, malformed, view, wholeNumber } from './central-directory.ts';
import { checkLocalHeaders } from './local-headers.ts';

/** A file of the archive; folders are left out. */
export interface ZipEntry {
  /** `/` between segments; safe: relative, no `.`, `..`, backslash or control character. */
  readonly path: string;
  readonly size: number;
  readonly compressedSize: number;
  /** 0 stored, 8 deflated; others can be listed but not opened. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** What a reader of archives is ready to bear. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together when unpacked. */
  readonly unpackedSize: number;
  /** How many times larger than packed an entry may be. */
  readonly ratio: number;
  /** Whether every local header must agree with the directory, and nothing may lie between entries. */
  readonly localHeaders?: 'must agree';
}

/** Enough for any package of ours; a deflated document does not reach the ratio. */
export const defaultZipLimits: ZipLimits = { entries: 100_000, unpackedSize: 2 ** 42, ratio: 1100 };

const headerSignature = 0x02014b50;
const headerLength = 46;

/**
 * The entries of a ZIP archive, in the order of its central directory.
 * @throws FormatError when the archive is malformed, or entries have one path, overlap, leave the folder or pass the limits
 */
export async function readZip(reader: ByteReader, limits: ZipLimits = defaultZipLimits): Promise<ZipEntry[]> {
  const { entries: all, offset } = await readDirectory(reader, limits);
  const entries = all.filter(({ path }) => !path.endsWith('/'));
  checkPaths(entries);
  checkOverlap(entries, offset);
  checkSizes(entries, limits);
  if (limits.localHeaders === 'must agree') await checkLocalHeaders(reader, all, offset);
  return entries;
}

/**
 * Everything that the central directory lists, folders too, for whoever only looks and unpacks nothing: paths may be
 * unsafe or there twice, entries may overlap or lie about their size.
 * @throws FormatError when there is no directory that can be read, or it is over the limit
 */
export async function listZip(reader: ByteReader, limits: Pick<ZipLimits, 'entries'>): Promise<ZipEntry[]> {
  return (await readDirectory(reader, limits)).entries;
}

async function readDirectory(
  reader: ByteReader,
  limits: Pick<ZipLimits, 'entries'>,
): Promise<{ entries: ZipEntry[]; offset: number }> {
  const directory = await findCentralDirectory(reader);
  if (directory.entries > limits.entries) throw malformed(`over ${limits.entries} entries`);
  if (directory.size > directory.entries * (headerLength + 3 * 0xffff)) throw malformed('a directory too large');
  const bytes = await reader.read(directory.offset, Math.min(directory.size, limits.entries * 1024));
  if (bytes.length < directory.size) throw malformed('the central directory is cut off or too large');
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let count = 0; count < directory.entries; count++) {
    const { entry, next } = readHeader(bytes, at);
    at = next;
    entries.push(entry);
  }
  return { entries, offset: directory.offset };
}

function readHeader(bytes: Uint8Array, at: number): { entry: ZipEntry; next: number } {
  if (at + headerLength > bytes.length) throw malformed('the central directory is cut off');
  const header = view(bytes.subarray(at));
  if (header.getUint32(0, true) !== headerSignature) throw malformed('no central directory header');
  const nameLength = header.getUint16(28, true);
  const extraLength = header.getUint16(30, true);
  const next = at + headerLength + nameLength + extraLength + header.getUint16(32, true);
  if (next > bytes.length) throw malformed('the central directory is cut off');
  const name = bytes.subarray(at + headerLength, at + headerLength + nameLength);
  const extra = view(bytes.subarray(at + headerLength + nameLength, at + headerLength + nameLength + extraLength));
  const large = zip64Numbers(extra, [
    header.getUint32(24, true),
    header.getUint32(20, true),
    header.getUint32(42, true),
  ]);
  const entry = {
    path: decodedName(name),
    size: large[0],
    compressedSize: large[1],
    method: header.getUint16(10, true),
    encrypted: (header.getUint16(8, true) & 0x2041) !== 0,
    crc32: header.getUint32(16, true),
    offset: large[2],
  };
  return { entry, next };
}

/** Numbers of 32 bits that are all ones stand in the zip64 extra field, in their order (APPNOTE 4.5.3). */
function zip64Numbers(extra: DataView, numbers: [number, number, number]): [number, number, number] {
  if (!numbers.includes(0xffffffff)) return numbers;
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    const end = at + 4 + length;
    if (end > extra.byteLength) break;
    if (extra.getUint16(at, true) === 1) {
      let from = at + 4;
      const take = (number: number): number => {
        if (number !== 0xffffffff) return number;
        if (from + 8 > end) throw malformed('a zip64 field that is too short');
        from += 8;
        return wholeNumber(extra, from - 8);
      };
      return [take(numbers[0]), take(numbers[1]), take(numbers[2])];
    }
    at = end;
  }
  return numbers;
}

/** UTF-8 whatever the flag says: what is not UTF-8 is shown with U+FFFD, since nothing says which code page it is. */
function decodedName(name: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(name);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const unsafe = /^\/|\\|[\u0000-\u001f\u007f]|^[a-zA-Z]:/;

function checkPaths(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { path } of entries) {
    const segments = path.split('/');
    if (unsafe.test(path) || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      throw malformed('an entry that leaves its folder');
    }
    if (seen.has(path)) throw malformed('two entries of one name');
    seen.add(path);
  }
}

/** Two entries that share bytes are a bomb, or a way to show two readers two things. */
function checkOverlap(entries: readonly ZipEntry[], directoryOffset: number): void {
  const inOrder = entries.toSorted((one, other) => one.offset - other.offset);
  for (const [index, entry] of inOrder.entries()) {
    const limit = inOrder[index + 1]?.offset ?? directoryOffset;
    if (entry.offset + 30 + entry.compressedSize > limit) throw malformed('entries that overlap');
  }
}

function checkSizes(entries: readonly ZipEntry[], limits: ZipLimits): void {
  let total = 0;
  for (const { size, compressedSize, method } of entries) {
    total += size;
    if (method === 0 && size !== compressedSize) throw malformed('a stored entry of two sizes');
    if (size > compressedSize * limits.ratio) throw malformed('an entry that explodes');
  }
  if (total > limits.unpackedSize) throw malformed('more than the limit when unpacked');
}
