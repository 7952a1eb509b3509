import { crc32, deflateRawSync } from 'node:zlib';
import { ZipArchive } from 'archiver';
import { expect } from 'chai';
import fc from 'fast-check';
import { bytesReader, FormatError, readWhole } from '../../../../../src/base/index.ts';
import {
  defaultZipLimits,
  openZipEntry,
  readZip,
  type ZipLimits,
} from '../../../../../src/standards/formats/zip/index.ts';
import { localMember } from '../../../../support/zip-archive.ts';

interface Part {
  readonly name: string;
  readonly content: string;
  readonly deflated?: boolean;
  /** What the local header says instead of `name`. */
  readonly localName?: string;
  /** Where the directory says the entry begins, instead of where it does. */
  readonly offset?: number;
  readonly claimedSize?: number;
}

/** A ZIP archive, put together by hand so that a test can make it lie in one place. */
function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const headers: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const stored = part.deflated ? deflateRawSync(content) : content;
    const size = part.claimedSize ?? content.length;
    const shared = (name: Buffer) => {
      const fields = Buffer.alloc(26);
      fields.writeUInt16LE(20, 0);
      fields.writeUInt16LE(0x800, 2);
      fields.writeUInt16LE(part.deflated ? 8 : 0, 4);
      fields.writeUInt32LE(crc32(content), 10);
      fields.writeUInt32LE(stored.length, 14);
      fields.writeUInt32LE(size, 18);
      fields.writeUInt16LE(name.length, 22);
      return fields;
    };
    const localName = Buffer.from(part.localName ?? part.name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared(localName), localName, stored]);
    const name = Buffer.from(part.name);
    const header = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared(name), Buffer.alloc(14), name]);
    header.writeUInt32LE(part.offset ?? at, 42);
    locals.push(local);
    headers.push(header);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(headers).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...headers, end]);
}

async function contentsOf(bytes: Uint8Array, limits?: ZipLimits): Promise<Record<string, string>> {
  const reader = bytesReader(bytes);
  const contents: Record<string, string> = {};
  for (const entry of await readZip(reader, limits)) {
    const content = await readWhole(await openZipEntry(reader, entry), 1 << 20);
    contents[entry.path] = Buffer.from(content).toString();
  }
  return contents;
}

async function refused(bytes: Uint8Array, reason: RegExp, limits?: ZipLimits): Promise<void> {
  const error = await contentsOf(bytes, limits).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(FormatError);
  expect((error as FormatError).message).to.match(reason);
}

const good = { name: 'a/b č.txt', content: 'one' };

describe('reading ZIP archives', () => {
  it('gives stored and deflated entries, without folders', async () => {
    const bytes = zipOf([
      good,
      { name: 'a/', content: '' },
      { name: 'a/c', content: 'x'.repeat(1000), deflated: true },
    ]);
    expect(await contentsOf(bytes)).to.deep.equal({ 'a/b č.txt': 'one', 'a/c': 'x'.repeat(1000) });
  });

  it('reads what another program wrote, in zip64 too', async () => {
    for (const forceZip64 of [false, true]) {
      const archive = new ZipArchive({ store: true, forceZip64 });
      const chunks: Buffer[] = [];
      archive.on('data', (chunk: Buffer) => chunks.push(chunk));
      archive.append('one', { name: 'a/1.txt' });
      archive.append('two', { name: 'a/2.txt' });
      await archive.finalize();
      expect(await contentsOf(Buffer.concat(chunks))).to.deep.equal({ 'a/1.txt': 'one', 'a/2.txt': 'two' });
    }
  });

  it('refuses names that leave the folder', async () => {
    for (const name of ['../a', 'a/../../b', '/a', 'C:/a', 'a\\b', 'a//b', './a', 'a\u0000b']) {
      await refused(zipOf([{ name, content: '' }]), /leaves its folder/);
    }
  });

  it('refuses two entries of one name', () => refused(zipOf([good, good]), /one name/));

  it('refuses entries that share bytes', () =>
    refused(zipOf([good, { name: 'other', content: 'two', offset: 0 }]), /overlap/));

  it('refuses an entry that only stands between others, where local headers must agree', async () => {
    const archive = zipOf([good, { name: 'b', content: 'two' }]);
    expect(await readZip(bytesReader(archive), { ...defaultZipLimits, localHeaders: 'must agree' })).to.have.length(2);
    const hidden = localMember(good.name, 'another content');
    const directory = archive.readUInt32LE(archive.length - 6);
    const behind = Buffer.concat([archive.subarray(0, directory), hidden, archive.subarray(directory)]);
    behind.writeUInt32LE(directory + hidden.length, behind.length - 6);
    expect(await readZip(bytesReader(behind))).to.have.length(2);
    const renamed = zipOf([good, { name: 'b', content: 'two', localName: 'c' }]);
    await refused(renamed, /another name/, { ...defaultZipLimits, localHeaders: 'must agree' });
    const resized = zipOf([good, { name: 'b', content: 'two', deflated: true }]);
    resized.writeUInt32LE(2, resized.indexOf('PK\u0003\u0004', 4, 'latin1') + 22);
    await refused(resized, /another size/, { ...defaultZipLimits, localHeaders: 'must agree' });
    await refused(behind, /belong to no entry/, { ...defaultZipLimits, localHeaders: 'must agree' });
  });

  it('refuses a local header that shows another name than the directory', () =>
    refused(zipOf([{ ...good, localName: 'a/b c.txt' }]), /another name/));

  it('refuses more entries, more unpacked bytes or a higher ratio than the reader is ready to bear', async () => {
    const two = zipOf([good, { name: 'b', content: '0'.repeat(1000), deflated: true }]);
    await refused(two, /entries/, { ...defaultZipLimits, entries: 1 });
    await refused(two, /limit when unpacked/, { ...defaultZipLimits, unpackedSize: 1002 });
    await refused(two, /explodes/, { ...defaultZipLimits, ratio: 50 });
  });

  it('refuses an entry that unpacks to more or less than it says, or to something else', async () => {
    await refused(zipOf([{ name: 'a', content: 'x'.repeat(100), deflated: true, claimedSize: 99 }]), /unpack/);
    await refused(zipOf([{ name: 'a', content: 'x'.repeat(100), deflated: true, claimedSize: 101 }]), /checksum/);
    const flipped = zipOf([{ name: 'a', content: 'abcdefgh'.repeat(20), deflated: true }]);
    flipped.writeUInt32LE(
      flipped.readUInt32LE(flipped.indexOf('PK\x01\x02') + 16) ^ 1,
      flipped.indexOf('PK\x01\x02') + 16,
    );
    await refused(flipped, /checksum/);
  });

  it('refuses an archive with something behind its end', () =>
    refused(Buffer.concat([zipOf([good]), Buffer.from('x')]), /end of central/));

  it('gives contents or a FormatError for any damaged archive', async () => {
    const bytes = zipOf([good, { name: 'a/c', content: 'x'.repeat(100), deflated: true }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const damaged = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
        if (!cut) damaged[at] = value;
        try {
          await contentsOf(damaged);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
