import { Readable } from 'node:stream';
import { expect } from 'chai';
import { verifiedFile } from '../../../../src/archive/archival-storage/verified-file.ts';
import { readWhole, sha512Hex } from '../../../../src/base/index.ts';
import { refusalOf } from '../../../support/archive.ts';

const copy = (bytes: Buffer) => ({
  size: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
  stream: (start = 0, end = bytes.length) => Readable.from([bytes.subarray(start, end)], { objectMode: false }),
});
const damaged = (bytes: Buffer) => {
  const other = Buffer.from(bytes);
  other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
  return other;
};

async function all(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('a file of the store that is read', () => {
  const small = Buffer.from('a small document');
  const large = Buffer.alloc(5 << 20, 'large ');

  it('is given from the next location when the nearest copy is damaged', async () => {
    const file = verifiedFile([copy(damaged(small)), copy(small)], sha512Hex(small), 'a');
    expect(Buffer.from(await readWhole(file, 100)).equals(small)).to.equal(true);
    expect((await all(file.stream(2, 7))).toString()).to.equal('small');
  });

  it('is refused when every copy is damaged, before a byte of it is given', async () => {
    const file = verifiedFile([copy(damaged(small))], sha512Hex(small), 'a');
    expect(await refusalOf(readWhole(file, 100))).to.equal('LOCATION_CORRUPT');
    expect(await refusalOf(all(file.stream()))).to.equal('LOCATION_CORRUPT');
  });

  it('fails at the end of its stream when it is large and damaged', async () => {
    expect((await all(verifiedFile([copy(large)], sha512Hex(large), 'b').stream())).equals(large)).to.equal(true);
    expect(await refusalOf(all(verifiedFile([copy(damaged(large))], sha512Hex(large), 'b').stream()))).to.equal(
      'LOCATION_CORRUPT',
    );
  });
});
