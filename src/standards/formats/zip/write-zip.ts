import { crc32 } from 'node:zlib';

/** A file that goes into a ZIP, uncompressed. */
export interface ZipInput {
  /** With `/` between the segments. */
  readonly name: string;
  readonly size: number;
  /** Its content, from the beginning; asked for when it is its turn, and again where a range begins behind it. */
  open(): Promise<AsyncIterable<Uint8Array>>;
  /** Names the content, so that its CRC-32 is computed once: a digest. */
  readonly key: string;
}

/** A ZIP that is made while it is read. The same inputs give the same bytes. */
export interface WrittenZip {
  readonly size: number;
  /** Its bytes from `start` to before `end`; where a file has another size than was said, it throws. */
  read(start?: number, end?: number): AsyncGenerator<Uint8Array>;
}

const most32 = 0xffff_ffff;
/** Sizes and CRC-32 follow the content, and names are UTF-8 (APPNOTE 4.4.4, bits 3 and 11). */
const flags = 0x0808;
/** 1 January 1980, the earliest there is: what lies inside tells its own times. */
const [fixedTime, fixedDate] = [0, 0x21];
const readable = 0o100644;

interface Placed {
  readonly input: ZipInput;
  readonly name: Buffer;
  readonly offset: number;
  readonly isLarge: boolean;
}

/**
 * Lays out a ZIP (APPNOTE 6.3.10): every file stored, with ZIP64 where a size, an offset or the number of files needs it.
 * Nothing is read yet, and nothing is held whole later.
 * @param checksums CRC-32 by key, filled on the way; hand in the same map again, and a range costs no second reading
 */
export function writeZip(inputs: readonly ZipInput[], checksums: Map<string, number> = new Map()): WrittenZip {
  const placed: Placed[] = [];
  let offset = 0;
  for (const input of inputs) {
    const entry = { input, name: Buffer.from(input.name), offset, isLarge: input.size >= most32 };
    placed.push(entry);
    offset += localHeader(entry).length + input.size + descriptorLength(entry);
  }
  const directoryAt = offset;
  const directory = placed.reduce((sum, entry) => sum + centralHeader(entry, 0).length, 0);
  const size = directoryAt + directory + endOf(placed.length, directory, directoryAt).length;
  return {
    size,
    read: async function* (start = 0, end = size) {
      let at = 0;
      for (const piece of pieces(placed, directory, directoryAt, checksums)) {
        const [from, to] = [Math.max(0, start - at), Math.min(piece.length, end - at)];
        if (from < to) yield* piece.part(from, to);
        at += piece.length;
        if (at >= end) return;
      }
    },
  };
}

/** A run of bytes whose length is known before they are. */
interface Piece {
  readonly length: number;
  part(from: number, to: number): AsyncGenerator<Uint8Array>;
}

function* pieces(
  placed: readonly Placed[],
  directory: number,
  directoryAt: number,
  checksums: Map<string, number>,
): Generator<Piece> {
  const checksumOf = async ({ input }: Placed) => checksums.get(input.key) ?? (await checksum(input, checksums));
  for (const entry of placed) {
    yield known(localHeader(entry));
    yield { length: entry.input.size, part: (from, to) => content(entry.input, from, to, checksums) };
    yield later(descriptorLength(entry), async () => descriptor(entry, await checksumOf(entry)));
  }
  for (const entry of placed)
    yield later(centralHeader(entry, 0).length, async () => centralHeader(entry, await checksumOf(entry)));
  yield known(endOf(placed.length, directory, directoryAt));
}

const known = (bytes: Uint8Array): Piece => later(bytes.length, async () => bytes);

function later(length: number, make: () => Promise<Uint8Array>): Piece {
  return {
    length,
    part: async function* (from, to) {
      yield (await make()).subarray(from, to);
    },
  };
}

/** The content from the beginning, since its CRC-32 is wanted, of which the part is given. */
async function* content(
  input: ZipInput,
  from: number,
  to: number,
  checksums: Map<string, number>,
): AsyncGenerator<Uint8Array> {
  let [sum, at] = [0, 0];
  for await (const chunk of await input.open()) {
    sum = crc32(chunk, sum);
    const [first, last] = [Math.max(0, from - at), Math.min(chunk.length, to - at)];
    at += chunk.length;
    if (at > input.size) throw otherSize(input);
    if (first < last) yield first === 0 && last === chunk.length ? chunk : chunk.subarray(first, last);
  }
  if (at !== input.size) throw otherSize(input);
  checksums.set(input.key, sum);
}

async function checksum(input: ZipInput, checksums: Map<string, number>): Promise<number> {
  for await (const _ of content(input, 0, 0, checksums)); // for its checksum alone
  return checksums.get(input.key) ?? 0;
}

const otherSize = ({ name, size }: ZipInput) =>
  new Error(`${name} has another size than the ${size} octets that were said`);

/** APPNOTE 4.3.7; of a large file the ZIP64 field says that the descriptor's sizes have eight octets (4.3.9.2). */
function localHeader({ name, isLarge }: Placed): Buffer {
  const extra = isLarge ? zip64Field([0, 0]) : Buffer.alloc(0);
  const fixed = Buffer.alloc(30);
  fixed.writeUInt32LE(0x0403_4b50, 0);
  fixed.writeUInt16LE(isLarge ? 45 : 20, 4);
  fixed.writeUInt16LE(flags, 6);
  fixed.writeUInt16LE(fixedTime, 10);
  fixed.writeUInt16LE(fixedDate, 12);
  if (isLarge) fixed.fill(0xff, 18, 26);
  fixed.writeUInt16LE(name.length, 26);
  fixed.writeUInt16LE(extra.length, 28);
  return Buffer.concat([fixed, name, extra]);
}

const descriptorLength = ({ isLarge }: Placed): number => (isLarge ? 24 : 16);

/** APPNOTE 4.3.9. */
function descriptor({ input: { size }, isLarge }: Placed, sum: number): Buffer {
  const bytes = Buffer.alloc(isLarge ? 24 : 16);
  bytes.writeUInt32LE(0x0807_4b50, 0);
  bytes.writeUInt32LE(sum, 4);
  for (const place of [0, 1])
    if (isLarge) bytes.writeBigUInt64LE(BigInt(size), 8 + 8 * place);
    else bytes.writeUInt32LE(size, 8 + 4 * place);
  return bytes;
}

/** APPNOTE 4.3.12. */
function centralHeader({ input: { size }, name, offset, isLarge }: Placed, sum: number): Buffer {
  const isFar = offset >= most32;
  const large = [...(isLarge ? [size, size] : []), ...(isFar ? [offset] : [])];
  const extra = large.length > 0 ? zip64Field(large) : Buffer.alloc(0);
  const fixed = Buffer.alloc(46);
  fixed.writeUInt32LE(0x0201_4b50, 0);
  fixed.writeUInt16LE((3 << 8) | (large.length > 0 ? 45 : 20), 4); // made on Unix: the mode counts
  fixed.writeUInt16LE(large.length > 0 ? 45 : 20, 6);
  fixed.writeUInt16LE(flags, 8);
  fixed.writeUInt16LE(fixedTime, 12);
  fixed.writeUInt16LE(fixedDate, 14);
  fixed.writeUInt32LE(sum, 16);
  fixed.writeUInt32LE(isLarge ? most32 : size, 20);
  fixed.writeUInt32LE(isLarge ? most32 : size, 24);
  fixed.writeUInt16LE(name.length, 28);
  fixed.writeUInt16LE(extra.length, 30);
  fixed.writeUInt32LE((readable << 16) >>> 0, 38);
  fixed.writeUInt32LE(isFar ? most32 : offset, 42);
  return Buffer.concat([fixed, name, extra]);
}

/** APPNOTE 4.5.3. */
function zip64Field(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * values.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return bytes;
}

/** The end of the central directory (APPNOTE 4.3.14 to 4.3.16). */
function endOf(count: number, directory: number, directoryAt: number): Buffer {
  const isLarge = count >= 0xffff || directory >= most32 || directoryAt >= most32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(isLarge ? 0xffff : count, 8);
  end.writeUInt16LE(isLarge ? 0xffff : count, 10);
  end.writeUInt32LE(isLarge ? most32 : directory, 12);
  end.writeUInt32LE(isLarge ? most32 : directoryAt, 16);
  if (!isLarge) return end;
  const large = Buffer.alloc(56);
  large.writeUInt32LE(0x0606_4b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE((3 << 8) | 45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(directory), 40);
  large.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + directory), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([large, locator, end]);
}
