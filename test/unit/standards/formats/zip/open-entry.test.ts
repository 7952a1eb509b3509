import { crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { bytesReader, FormatError } from '../../../../../src/base/index.ts';
import { type ZipEntry, zipEntryChunks } from '../../../../../src/standards/formats/zip/index.ts';

const name = 'a.bin';

/** A local header and content, and the entry that its directory would have. */
function archive(content: Buffer, method: 0 | 8): { bytes: Buffer; entry: ZipEntry } {
  const packed = method === 8 ? deflateRawSync(content) : content;
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(name.length, 26);
  return {
    bytes: Buffer.concat([header, Buffer.from(name), packed]),
    entry: {
      path: name,
      size: content.length,
      compressedSize: packed.length,
      method,
      encrypted: false,
      crc32: crc32(content),
      offset: 0,
    },
  };
}

async function readAll(
  bytes: Uint8Array,
  entry: ZipEntry,
): Promise<{ length: number; largest: number; checksum: number }> {
  const read = { length: 0, largest: 0, checksum: 0 };
  for await (const chunk of zipEntryChunks(bytesReader(bytes), entry)) {
    read.length += chunk.length;
    read.largest = Math.max(read.largest, chunk.length);
    read.checksum = crc32(chunk, read.checksum);
  }
  return read;
}

async function refusal(bytes: Uint8Array, entry: ZipEntry): Promise<unknown> {
  return readAll(bytes, entry).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('an entry of a ZIP archive in chunks', () => {
  const content = Buffer.alloc(80 << 20, 'abcdefghij');

  for (const method of [0, 8] as const)
    it(`gives 80 MB in pieces of at most 1 MB, method ${method}`, async () => {
      const { bytes, entry } = archive(content, method);
      const { length, largest, checksum } = await readAll(bytes, entry);
      expect([length, checksum]).to.deep.equal([content.length, entry.crc32]);
      expect(largest).to.be.at.most(1 << 20);
    });

  for (const [what, edit] of [
    ['says it is smaller than it is', (entry: ZipEntry) => ({ ...entry, size: entry.size - 1 })],
    ['says it is larger than it is', (entry: ZipEntry) => ({ ...entry, size: entry.size + 1 })],
    ['has another checksum', (entry: ZipEntry) => ({ ...entry, crc32: entry.crc32 + 1 })],
    ['is cut off', (entry: ZipEntry) => ({ ...entry, compressedSize: entry.compressedSize - 3 })],
    ['is encrypted', (entry: ZipEntry) => ({ ...entry, encrypted: true })],
    ['is packed in a way that nobody knows', (entry: ZipEntry) => ({ ...entry, method: 14 })],
  ] as const)
    it(`is refused when it ${what}`, async () => {
      const { bytes, entry } = archive(Buffer.alloc(3 << 20, 'xyz'), 8);
      expect(await refusal(bytes, edit(entry))).to.be.instanceOf(FormatError);
    });

  it('is refused when it does not unpack', async () => {
    const { bytes, entry } = archive(Buffer.alloc(3 << 20, 'xyz'), 8);
    bytes.fill(0xff, 40);
    expect(await refusal(bytes, entry)).to.be.instanceOf(FormatError);
  });
});
