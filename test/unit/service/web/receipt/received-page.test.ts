import { expect } from 'chai';
import fc from 'fast-check';
import { numbersIn, receivedAddress } from '../../../../../src/service/web/receipt/received-page.tsx';

const address = (numbers: string[]) => new URL(receivedAddress(numbers), 'http://x').searchParams.get('r') ?? '';

describe('the address of what was received', () => {
  it('leads to the receipt of a single record', () => {
    expect(receivedAddress(['2026-000007'])).to.equal('/records/2026-000007/receipt');
  });

  it('writes numbers that follow one another as a range', () => {
    const numbers = ['2026-000009', '2026-000010', '2026-000011', '2026-000020'];
    expect(receivedAddress(numbers)).to.equal('/received?r=2026-000009~3.2026-000020');
  });

  it('means the same numbers when it is read', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(numbers, (sequence) => {
        const written = sequence.map((number) => `2026-${String(number).padStart(6, '0')}`).sort();
        expect(numbersIn(address(written))).to.deep.equal(written);
      }),
    );
  });

  it('is short for a thousand records of one upload', () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => `2026-${String(index + 1).padStart(6, '0')}`);
    expect(receivedAddress(numbers).length).to.be.lessThan(100);
  });

  it('means a bounded number of records, whatever was typed', () => {
    expect(numbersIn('2026-000001~9999.2026-000001~9999')).to.have.length(1000);
    expect(numbersIn('../../etc')).to.deep.equal([]);
  });
});
