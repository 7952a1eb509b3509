import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { writeZip, type ZipInput } from '../../../../../src/standards/formats/zip/index.ts';
import { emptyFolder } from '../../../../support/folders.ts';

const inputOf = (name: string, content: Uint8Array, key = name): ZipInput => ({
  name,
  size: content.length,
  key,
  open: async () =>
    (async function* () {
      for (let at = 0; at < content.length; at += 7) yield content.subarray(at, at + 7);
    })(),
});

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const readByPython = `
import sys, zipfile, json
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, z.read(i).hex() if i.file_size < 1000000 else i.file_size] for i in z.infolist()]))`;

describe('a ZIP that is made while it is read', () => {
  const inputs = [
    inputOf('folder/METS.xml', Buffer.from('<mets/>')),
    inputOf('folder/празно.txt', new Uint8Array()),
    inputOf('folder/data/решење.bin', Buffer.from('садржај '.repeat(500))),
  ];

  it('is what Python and unzip read, of the size that was said', async () => {
    const zip = writeZip(inputs);
    const bytes = await bytesOf(zip.read());
    expect(bytes.length).to.equal(zip.size);
    const path = join(emptyFolder(), 'made.zip');
    writeFileSync(path, bytes);
    const found = JSON.parse(execFileSync('python3', ['-c', readByPython, path], { encoding: 'utf8' }));
    expect(found).to.deep.equal(
      await Promise.all(inputs.map(async ({ name, open }) => [name, (await bytesOf(await open())).toString('hex')])),
    );
    execFileSync('unzip', ['-tqq', path]);
  });

  it('gives any range of the same bytes, whether or not anything was read before', async () => {
    const whole = await bytesOf(writeZip(inputs).read());
    const checksums = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), fc.boolean(), async (one, other, isKnown) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const part = await bytesOf(writeZip(inputs, isKnown ? checksums : new Map()).read(start, end));
        expect(part.equals(whole.subarray(start, end))).to.equal(true);
      }),
    );
  });

  it('reads a file once, however its checksum is asked for', async () => {
    let opened = 0;
    const counted = inputs.map((input) => ({
      ...input,
      open: () => {
        opened += 1;
        return input.open();
      },
    }));
    const checksums = new Map<string, number>();
    const zip = writeZip(counted, checksums);
    await bytesOf(zip.read());
    expect(opened).to.equal(inputs.length);
    await bytesOf(writeZip(counted, checksums).read(zip.size - 30));
    expect(opened).to.equal(inputs.length);
  });

  it('fails where a file is longer or shorter than was said', async () => {
    for (const size of [1, 100]) {
      const wrong = [{ ...inputOf('a', Buffer.from('1234')), size }];
      const failure = await bytesOf(writeZip(wrong).read()).then(
        () => 'nothing',
        (error: Error) => error.message,
      );
      expect(failure).to.match(/another size/);
    }
  });

  it('goes on in ZIP64 beyond 4 GiB and 65,534 files', async () => {
    const chunk = Buffer.alloc(1 << 24, 'x');
    const large: ZipInput = {
      name: 'large',
      size: 257 * chunk.length,
      key: 'large',
      open: async () =>
        (async function* () {
          for (let count = 0; count < 257; count++) yield chunk;
        })(),
    };
    const many = Array.from({ length: 65_540 }, (_, index) => inputOf(String(index), Buffer.from('y'), 'y'));
    const zip = writeZip([large, ...many]);
    let size = 0;
    let end = Buffer.alloc(0);
    for await (const part of zip.read()) {
      size += part.length;
      end = Buffer.concat([end, part]).subarray(-98);
    }
    expect(size).to.equal(zip.size);
    expect(end.readUInt32LE(0)).to.equal(0x0606_4b50);
    expect(Number(end.readBigUInt64LE(24))).to.equal(65_541);
  });
});
