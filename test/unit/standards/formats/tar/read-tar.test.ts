import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { type Header, pack } from 'tar-stream';
import { bytesReader, FormatError } from '../../../../../src/base/index.ts';
import { isTar, readTar } from '../../../../../src/standards/formats/tar/index.ts';

type Member = Partial<Omit<Header, 'name'>> & { readonly name: string; readonly content?: string };

/** A TAR as tar-stream writes it: ustar, with pax records for what does not fit. */
async function tarOf(...members: readonly Member[]): Promise<Buffer> {
  const archive = pack();
  for (const { content = '', ...header } of members) archive.entry(header, content);
  archive.finalize();
  return buffer(archive);
}

const read = (bytes: Uint8Array) => readTar(bytesReader(bytes));
const faultOf = async (bytes: Uint8Array) => {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
  return 'none';
};

describe('reading a TAR archive', () => {
  it('lists files where they lie, and folders', async () => {
    const long = `${'дуга фасцикла/'.repeat(20)}датотека.txt`;
    const bytes = await tarOf(
      { name: 'a/', type: 'directory' },
      { name: 'a/прва.txt', content: 'прва' },
      { name: long, content: 'друга' },
      { name: 'a/празна', content: '' },
    );
    const { files, folders } = await read(bytes);
    expect(folders).to.deep.equal(['a']);
    expect(files.map(({ path }) => path)).to.deep.equal(['a/прва.txt', long, 'a/празна']);
    const contents = files.map(({ offset, size }) => String(bytes.subarray(offset, offset + size)));
    expect(contents).to.deep.equal(['прва', 'друга', '']);
    expect(await isTar(bytesReader(bytes))).to.equal(true);
    expect(await isTar(bytesReader(Buffer.alloc(1024)))).to.equal(false);
  });

  it('reads names as `tar c ./folder` writes them, and long names of GNU', async () => {
    const long = `folder/${'x'.repeat(120)}`;
    const gnu = await tarOf(
      { name: '././@LongLink', type: 'file', content: `${long}\0` },
      { name: './short', content: 'a' },
    );
    gnu.write('L', 156);
    checksum(gnu);
    expect((await read(gnu)).files.map(({ path }) => path)).to.deep.equal([long]);
    expect((await read(await tarOf({ name: './a/b', content: 'x' }))).files[0]?.path).to.equal('a/b');
  });

  it('refuses names that escape or stand twice, links, and what is cut off', async () => {
    expect(await faultOf(await tarOf({ name: '../a', content: 'x' }))).to.match(/escapes/);
    expect(await faultOf(await tarOf({ name: '/etc/passwd', content: 'x' }))).to.match(/escapes/);
    expect(await faultOf(await tarOf({ name: 'a', content: 'x' }, { name: './a', content: 'y' }))).to.match(/twice/);
    expect(await faultOf(await tarOf({ name: 'a', type: 'symlink', linkname: '/etc/passwd' }))).to.match(/neither/);
    const whole = await tarOf({ name: 'a', content: 'x'.repeat(5000) });
    expect(await faultOf(whole.subarray(0, 2000))).to.match(/cut off/);
    const damaged = Buffer.from(whole);
    damaged[0] = 0x62;
    expect(await faultOf(damaged)).to.match(/checksum/);
  });

  it('refuses a header that would fill the memory', async () => {
    const bytes = await tarOf(
      { name: 'PaxHeader', type: 'file', content: 'x'.repeat(2 << 20) },
      { name: 'a', content: 'x' },
    );
    bytes.write('x', 156);
    checksum(bytes);
    expect(await faultOf(bytes)).to.match(/too long/);
  });
});

/** Writes the checksum of the first header anew. */
function checksum(bytes: Buffer): void {
  bytes.fill(' ', 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
}
