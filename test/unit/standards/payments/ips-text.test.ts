import { expect } from 'chai';
import fc from 'fast-check';
import { checkModel97, model97Control } from '../../../../src/standards/check-digits/index.ts';
import { type IpsPayment, ipsText, parseDinars } from '../../../../src/standards/payments/index.ts';

const bill: IpsPayment = {
  account: '845000000040484987',
  payee: 'JP EPS BEOGRAD',
  amount: '3596,13',
  code: '189',
  purpose: 'UPLATA PO RAČUNU ZA EL. ENERGIJU',
  reference: '163220000111111111000',
};

describe('the text of an NBS IPS QR code', () => {
  it('is that of a published bill', () => {
    expect(ipsText(bill).text).to.equal(
      'K:PR|V:01|C:1|R:845000000040484987|N:JP EPS BEOGRAD|I:RSD3596,13|SF:189|S:UPLATA PO RAČUNU ZA EL. ENERGIJU|RO:97163220000111111111000',
    );
  });

  it('fills an account up to 18 digits and leaves out what has no value', () => {
    const { purpose: _, reference: __, ...short } = bill;
    expect(ipsText({ ...short, account: '840-955845-10', purpose: '' }).text).to.equal(
      'K:PR|V:01|C:1|R:840000000095584510|N:JP EPS BEOGRAD|I:RSD3596,13|SF:189',
    );
  });

  const refused: [string, Partial<IpsPayment>, string][] = [
    ['an account with a wrong control number', { account: '840-955845-11' }, 'R'],
    ['an account of letters', { account: 'DE89370400440532013000' }, 'R'],
    ['no payee', { payee: '' }, 'N'],
    ['a payee with a bar', { payee: 'EPS|I:RSD0,01' }, 'N'],
    ['a payee of four lines', { payee: 'a\nb\nc\nd' }, 'N'],
    ['a payee of 71 characters', { payee: 'x'.repeat(71) }, 'N'],
    ['an amount with a point', { amount: '3596.13' }, 'I'],
    ['an amount with a thousands separator', { amount: '3.596,13' }, 'I'],
    ['an amount of nothing', { amount: '0,00' }, 'I'],
    ['an amount of 13 digits', { amount: '1000000000000,00' }, 'I'],
    ['a payment code that is neither cash nor cashless', { code: '389' }, 'SF'],
    ['a purpose of 36 characters', { purpose: 'x'.repeat(36) }, 'S'],
    ['a purpose with a line end', { purpose: 'a\n' }, 'S'],
    ['a reference with wrong control digits', { reference: '843220000111111111000' }, 'RO'],
    ['a reference with a dash', { reference: '16322-0000111111111000' }, 'RO'],
  ];
  for (const [what, change, tag] of refused)
    it(`is refused for ${what}, with the reason`, () => {
      const { faults = [] } = ipsText({ ...bill, ...change });
      expect(faults.map((fault) => fault.tag)).to.deep.equal([tag]);
      expect(faults[0]?.reason).to.match(/\.$/);
    });

  it('is refused over 331 octets, which Cyrillic takes sooner', () => {
    expect(ipsText({ ...bill, payee: 'Ж'.repeat(70), purpose: 'Ж'.repeat(35) }).faults).to.equal(undefined);
    const wide = ipsText({ ...bill, payee: '😀'.repeat(70), purpose: '😀'.repeat(35) });
    expect(wide.faults?.map(({ tag }) => tag)).to.deep.equal(['QR']);
  });

  it('takes any reference that has its own control digits, and no other control', () => {
    const reference = fc.stringMatching(/^[0-9A-Z]{1,20}$/);
    fc.assert(
      fc.property(reference, fc.integer({ min: 0, max: 99 }), (own, other) => {
        const control = model97Control(own) ?? '';
        const wrong = String(other).padStart(2, '0');
        expect(ipsText({ ...bill, reference: `${control}${own}` }).text).to.match(new RegExp(`RO:97${control}${own}$`));
        if (!checkModel97(`${wrong}${own}`))
          expect(ipsText({ ...bill, reference: `${wrong}${own}` }).faults).to.have.length(1);
      }),
    );
  });
});

describe('an amount of dinars', () => {
  for (const [written, read] of [
    ['310', '310,00'],
    ['310 RSD', '310,00'],
    ['310,50', '310,50'],
    ['1025.12', '1025,12'],
    ['1.025,12 дин.', '1025,12'],
    ['1.025', '1025,00'],
    ['0310', '310,00'],
    ['310,5', undefined],
    ['1.02,12', undefined],
    ['-5', undefined],
    ['три стотине', undefined],
    ['', undefined],
  ] as const)
    it(`“${written}” is ${read ?? 'none'}`, () => {
      expect(parseDinars(written)).to.equal(read);
    });
});
