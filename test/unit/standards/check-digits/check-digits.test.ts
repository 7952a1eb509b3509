import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkAccount,
  checkJmbg,
  checkMaticniBroj,
  checkModel97,
  checkPib,
  maskedJmbg,
  model97Control,
  normalizeAccount,
} from '../../../../src/standards/check-digits/index.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

/** Another digit in one place. */
function changed(number: string, place: number, by: number): string {
  return number.slice(0, place) + ((Number(number[place]) + by) % 10) + number.slice(place + 1);
}

describe('check digits of Serbian numbers', () => {
  it('know tax numbers (PIB)', () => {
    for (const pib of ['100002803', '103920327', '100041150', '100002887', '104052135'])
      expect(checkPib(pib), pib).to.equal(true);
    for (const pib of ['106006801', '10000280', '1000028033', '10000280a', ''])
      expect(checkPib(pib), pib).to.equal(false);
  });

  it('know registration numbers of legal persons', () => {
    for (const number of [
      '07461429',
      '20053658',
      '07007965',
      '17162543',
      '20084693',
      '17280554',
      '07046367',
      '07177984',
      '17565800',
    ])
      expect(checkMaticniBroj(number), number).to.equal(true);
    for (const number of ['07461428', '0746142', 'abcdefgh']) expect(checkMaticniBroj(number), number).to.equal(false);
  });

  it('know personal numbers (JMBG), with a day that there was', () => {
    expect(checkJmbg('0101000805018')).to.equal(true);
    for (const jmbg of ['0101990710006', '3202000805018', '0101000805017', '010100080501'])
      expect(checkJmbg(jmbg), jmbg).to.equal(false);
  });

  it('show of a personal number the last three digits', () => {
    expect(maskedJmbg('0101000805018')).to.equal('••••••••••018');
  });

  it('make and know references of model 97', () => {
    const vectors = { '3220000111111111000': '16', '01864040': '28', '1234567': '51', '14123412': '44', '794': '44' };
    for (const [reference, control] of Object.entries(vectors)) {
      expect(model97Control(reference), reference).to.equal(control);
      expect(checkModel97(`${control}${reference}`), reference).to.equal(true);
    }
    expect(checkModel97('841234567'), 'the example of a web article is wrong').to.equal(false);
    expect(checkModel97('28 0186-4040')).to.equal(true);
    expect(model97Control('12/3')).to.equal(undefined);
    expect(checkModel97('97')).to.equal(false);
  });

  it('know accounts in either form', () => {
    expect(normalizeAccount('840-955845-10')).to.equal('840000000095584510');
    for (const account of [
      '840-955845-10',
      '840000000095584510',
      '840000074332484318',
      '845000000040484987',
      '840-30880845-62',
    ])
      expect(checkAccount(account), account).to.equal(true);
    for (const account of ['840-955845-11', '840-95584510', '']) expect(checkAccount(account), account).to.equal(false);
  });

  it('find every single wrong digit (MOD 97-10 and MOD 11,10)', () => {
    fc.assert(
      fc.property(digits(18), fc.nat(17), fc.integer({ min: 1, max: 9 }), (reference, place, by) => {
        const right = `${model97Control(reference)}${reference}`;
        expect(checkModel97(right)).to.equal(true);
        expect(checkModel97(changed(right, place, by))).to.equal(false);
      }),
    );
    fc.assert(
      fc.property(digits(8), fc.nat(8), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        const fitting = [...'0123456789'].filter((check) => checkPib(number + check));
        expect(fitting, 'one check digit fits').to.have.length(1);
        expect(checkPib(changed(`${number}${fitting[0]}`, place, by))).to.equal(false);
      }),
    );
  });

  it('count letters as A = 10 to Z = 35, whatever their case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,30}$/), (reference) => {
        const asNumber = [...reference.toUpperCase()].map((sign) => Number.parseInt(sign, 36)).join('');
        const control = 98n - ((BigInt(asNumber) * 100n) % 97n);
        expect(model97Control(reference)).to.equal(String(control).padStart(2, '0'));
      }),
    );
  });

  it('refuse whatever is no number without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const check of [checkPib, checkMaticniBroj, checkJmbg, checkModel97, checkAccount])
          expect(check(text)).to.be.a('boolean');
      }),
    );
  });
});
