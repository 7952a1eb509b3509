import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { type ByteReader, bytesReader } from '../../../../src/base/index.ts';
import {
  contentOfDetached,
  contentOfRanges,
  contentOfReader,
} from '../../../../src/standards/signatures/signed-content.ts';

const bytes = Buffer.from('0123456789');
const sha256 = createHash('sha256').update(bytes).digest();

describe('signed content', () => {
  it('is read once for each algorithm, however many signatures ask', async () => {
    let reads = 0;
    const inner = bytesReader(bytes);
    const counting: ByteReader = {
      size: inner.size,
      read: (offset, length) => {
        reads++;
        return inner.read(offset, length);
      },
    };
    const content = contentOfReader(counting);
    const digests = await Promise.all([content.digest('SHA256'), content.digest('SHA256'), content.digest('SHA512')]);
    expect(reads).to.equal(2);
    expect(digests[0]).to.deep.equal(sha256);
  });

  it('is known by its digest under any spelling of the algorithm', async () => {
    for (const algorithm of ['sha256', 'SHA-256', 'SHA256']) {
      const content = contentOfDetached({ digests: [{ algorithm, value: sha256.toString('hex').toUpperCase() }] });
      expect(await content.digest('SHA256')).to.deep.equal(sha256);
      expect(await content.digest('SHA512')).to.equal(undefined);
      expect(content.chunks()).to.equal(undefined);
    }
    const third = contentOfDetached({ digests: [{ algorithm: 'sha3-256', value: '00'.repeat(32) }] });
    expect(await third.digest('SHA3_256')).to.have.length(32);
  });

  it('takes no digest that is not hexadecimal', async () => {
    const content = contentOfDetached({ digests: [{ algorithm: 'sha256', value: 'zz' }] });
    expect(await content.digest('SHA256')).to.equal(undefined);
  });

  it('is the ranges of a file, one after the other', async () => {
    const content = contentOfRanges(bytesReader(Buffer.from('01234XXX56789')), [
      [0, 5],
      [8, 5],
    ]);
    expect(await content.digest('SHA256')).to.deep.equal(sha256);
  });
});
