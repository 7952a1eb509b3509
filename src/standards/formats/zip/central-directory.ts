import { type ByteReader, FormatError } from '../../../base/index.ts';

/** Where the central directory lies, and how many entries it says it has (APPNOTE 4.3.14 to 4.3.16). */
export interface CentralDirectory {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

const endSignature = 0x06054b50;
const endLength = 22;
const zip64LocatorSignature = 0x07064b50;
const zip64EndSignature = 0x06064b50;
const longestComment = 0xffff;

/**
 * Finds the central directory. The end record must reach exactly to the end of the file, so that no second directory
 * can hide behind it.
 * @throws FormatError when there is none, or the archive has several parts
 */
export async function findCentralDirectory(reader: ByteReader): Promise<CentralDirectory> {
  const length = Math.min(reader.size, endLength + longestComment);
  const start = reader.size - length;
  const tail = view(await reader.read(start, length));
  const end = endRecordAt(tail);
  if (end === undefined) throw malformed('no end of central directory');
  if (tail.getUint16(end + 4, true) !== 0 || tail.getUint16(end + 6, true) !== 0) throw malformed('several parts');
  const directory = {
    entries: tail.getUint16(end + 10, true),
    size: tail.getUint32(end + 12, true),
    offset: tail.getUint32(end + 16, true),
  };
  const needsZip64 = directory.entries === 0xffff || directory.size === 0xffffffff || directory.offset === 0xffffffff;
  const found = needsZip64 ? ((await zip64Directory(reader, start + end)) ?? directory) : directory;
  if (found.offset + found.size > start + end) throw malformed('the central directory is not inside the file');
  return found;
}

function endRecordAt(tail: DataView): number | undefined {
  for (let at = tail.byteLength - endLength; at >= 0; at--) {
    if (tail.getUint32(at, true) !== endSignature) continue;
    if (at + endLength + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return undefined;
}

async function zip64Directory(reader: ByteReader, end: number): Promise<CentralDirectory | undefined> {
  if (end < 20) return undefined;
  const locator = view(await reader.read(end - 20, 20));
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== zip64LocatorSignature) return undefined;
  const at = wholeNumber(locator, 8);
  if (at + 56 > end) throw malformed('the zip64 end record is not inside the file');
  const record = view(await reader.read(at, 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== zip64EndSignature) throw malformed('no zip64 end record');
  return { entries: wholeNumber(record, 32), size: wholeNumber(record, 40), offset: wholeNumber(record, 48) };
}

/** A 64-bit number that JavaScript can count with. */
export function wholeNumber(bytes: DataView, at: number): number {
  const value = bytes.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed('a number too large');
  return Number(value);
}

/** The bytes as numbers. */
export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The one kind of error of this format. */
export function malformed(detail: string): FormatError {
  return new FormatError('ZIP', detail);
}
