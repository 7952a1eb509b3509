import { FormatError } from '../../../base/index.ts';

/** One header of 512 bytes. */
export interface TarHeader {
  readonly path: string;
  readonly size: number;
  /** The type flag: `0` or NUL a file, `5` a folder, `x` and `g` pax records, `L` and `K` long names of GNU. */
  readonly type: string;
}

/** Whether the block has the magic of ustar and its checksum. */
export function isHeader(block: Uint8Array): boolean {
  return block.length === 512 && latin1(block, 257, 5) === 'ustar' && checksumOf(block) === octal(block, 148, 8);
}

/**
 * Reads a header.
 * @returns undefined at the end of the archive: a block of zeros, or none
 * @throws FormatError when the checksum is wrong
 */
export function headerAt(block: Uint8Array): TarHeader | undefined {
  if (block.length === 0 || block.every((byte) => byte === 0)) return undefined;
  if (block.length < 512) throw new FormatError('TAR', 'a header that is cut off');
  if (checksumOf(block) !== octal(block, 148, 8)) throw new FormatError('TAR', 'a header with a wrong checksum');
  const isPosix = latin1(block, 257, 6) === 'ustar\0'; // GNU has other things where POSIX has the beginning of long names
  const prefix = isPosix ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: sizeOf(block),
    type: String.fromCharCode(block[156] ?? 0),
  };
}

/** Octal digits; numbers that do not fit are binary, with the first bit set (GNU, and allowed by star). */
function sizeOf(block: Uint8Array): number {
  const field = block.subarray(124, 136);
  const size = ((field[0] ?? 0) & 0x80) === 0 ? octal(block, 124, 12) : binary(field);
  if (size === undefined || !Number.isSafeInteger(size)) throw new FormatError('TAR', 'a size that is no number');
  return size;
}

function binary(field: Uint8Array): number {
  if (field[0] !== 0x80) return Number.NaN; // negative, or beyond all measure
  return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
}

function octal(block: Uint8Array, at: number, length: number): number | undefined {
  const digits = latin1(block, at, length).replace(/\0.*$/s, '').trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function checksumOf(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}

function text(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function latin1(block: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...block.subarray(at, at + length));
}
