import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { digestOfEncoding, idOfEncoding, knownOctets } from '../../../../../src/standards/formats/revocation/index.ts';

const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');
const large = (length: number, last: number) => {
  const octets = new Uint8Array(length).fill(7);
  octets[length - 1] = last;
  return octets;
};

describe('a large encoding that came before', () => {
  it('has the digest of its octets, however often and in whatever array it comes', () => {
    for (const last of [1, 2, 1, 2]) {
      const octets = large(100_000, last);
      expect(idOfEncoding(octets)).to.equal(sha256(octets));
      expect(Buffer.from(digestOfEncoding(octets, 'SHA512') ?? []).length).to.equal(64);
    }
  });

  it('is found again by its octets, not by the array that was handed in', () => {
    const octets = large(100_000, 3);
    const known = knownOctets(octets);
    expect(knownOctets(Uint8Array.from(octets))).to.equal(known);
    expect(known).to.not.equal(octets);
    octets[5] = 0;
    expect(knownOctets(octets)).to.not.equal(known);
    expect(idOfEncoding(octets)).to.equal(sha256(octets));
    expect(knownOctets(large(100_000, 3))).to.equal(known);
  });

  it('is forgotten when too much has come since, or too large to be kept', () => {
    const first = large(40_000_000, 1);
    const known = knownOctets(first);
    knownOctets(large(40_000_000, 2));
    expect(knownOctets(first)).to.not.equal(known);
    expect(knownOctets(new Uint8Array(65 << 20))).to.equal(undefined);
    const one = knownOctets(large(40_000, 1));
    for (let last = 2; last < 66; last++) knownOctets(large(40_000, last));
    expect(knownOctets(large(40_000, 1))).to.not.equal(one);
  });

  it('that is small is not kept, and has its digest all the same', () => {
    expect(knownOctets(large(100, 1))).to.equal(undefined);
    expect(idOfEncoding(large(100, 1))).to.equal(sha256(large(100, 1)));
    expect(digestOfEncoding(large(100, 1), 'WHIRLPOOL')).to.equal(undefined);
  });
});
