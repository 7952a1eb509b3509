import { expect } from 'chai';
import fc from 'fast-check';
import { ArchiveError } from '../../../../../src/base/index.ts';
import { rangeIn } from '../../../../../src/service/http/files/byte-range.ts';

describe('a Range header', () => {
  for (const [header, range] of [
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=5-', { start: 5, end: 10 }],
    ['bytes=-3', { start: 7, end: 10 }],
    ['bytes=-30', { start: 0, end: 10 }],
    ['bytes=2-99', { start: 2, end: 10 }],
    ['BYTES=2-3', { start: 2, end: 4 }],
    ['', undefined],
    ['bytes=', undefined],
    ['bytes=-', undefined],
    ['bytes=3-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['lines=0-1', undefined],
    ['bytes=a-b', undefined],
    ['bytes=99999999999999999999-', undefined],
  ] as const)
    it(`“${header}” of 10 bytes means ${JSON.stringify(range) ?? 'the whole'}`, () => {
      expect(rangeIn(header, 10)).to.deep.equal(range);
    });

  for (const [header, size] of [
    ['bytes=10-', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
  ] as const)
    it(`“${header}” of ${size} bytes cannot be satisfied`, () => {
      expect(() => rangeIn(header, size))
        .to.throw(ArchiveError)
        .with.property('code', 'RANGE_NOT_SATISFIABLE');
    });

  it('never leads outside the file', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(1000), (noise, first, last, size) => {
        for (const header of [noise, `bytes=${first}-${last}`, `bytes=-${last}`, `bytes=${first}-`])
          try {
            const range = rangeIn(header, size);
            if (!range) continue;
            expect(range.start).to.be.within(0, size - 1);
            expect(range.end).to.be.within(range.start + 1, size);
          } catch (error) {
            expect(error).to.be.instanceOf(ArchiveError);
          }
      }),
    );
  });
});
