import { expect } from 'chai';
import { readEInvoice } from '../../../../../src/standards/formats/ubl/index.ts';
import { eInvoice, enveloped, type InvoiceParts } from '../../../../support/e-invoice.ts';

const read = (text: string) => readEInvoice(Buffer.from(text));

describe('an e-invoice of SEF', () => {
  it('tells what is needed to keep, find and pay it', () => {
    const { customizationId, ...facts } = read(eInvoice());
    expect(customizationId).to.include('srbdt:2022');
    expect(facts).to.deep.equal({
      kind: 'Invoice',
      id: 'РН-118/2026',
      issueDate: '2026-11-20',
      dueDate: '2026-12-20',
      deliveryDate: '2026-11-19',
      typeCode: '380',
      currency: 'RSD',
      payable: '24000.00',
      supplier: { name: 'Пример д.о.о.', pib: '100002803' },
      buyer: { name: 'Општина Примерак', pib: '103920327' },
      account: '840-30880845-62',
      model: '97',
      reference: '2801864040',
      deliveryNotes: ['ОТП-77'],
    });
  });

  it('is found inside the envelope in which the system gives it', () => {
    expect(read(enveloped(eInvoice())).envelope).to.equal('urn:eFaktura:MinFinrs:envelop:schema');
    expect(read(eInvoice({ root: 'CreditNote' }))).to.include({ kind: 'CreditNote', typeCode: '381' });
    const two = enveloped(eInvoice()).replace(
      '</env:DocumentBody>',
      `${eInvoice({ prologue: '' })}</env:DocumentBody>`,
    );
    expect(() => read(two)).to.throw('more than one invoice');
  });

  const references: readonly [string, object][] = [
    ['97 2801864040', { model: '97', reference: '2801864040' }],
    ['mod 97: 28-01864040', { model: '97', reference: '28-01864040' }],
    ['(mod00) 12/2026', { model: '00', reference: '12/2026' }],
    ['РН-12', { reference: 'РН-12' }],
    ['9728', { reference: '9728' }],
  ];
  for (const [stated, expected] of references)
    it(`reads the reference “${stated}”`, () => {
      expect(read(eInvoice({ paymentId: stated }))).to.deep.include(expected);
    });

  const bad: readonly [string, InvoiceParts | string][] = [
    ['is in another namespace', { namespace: 'urn:example:invoice' }],
    ['follows another specification', { customization: 'urn:cen.eu:en16931:2017' }],
    ['has no number', { without: /<cbc:ID>РН.*?<\/cbc:ID>/ }],
    ['has no buyer', { without: /<cac:AccountingCustomerParty>.*?<\/cac:AccountingCustomerParty>/ }],
    ['has no total', { without: /<cac:LegalMonetaryTotal>.*?<\/cac:LegalMonetaryTotal>/ }],
    ['was issued on no day', { issued: '2026-02-31' }],
    ['asks for no amount', { payable: '1.000,00' }],
    ['is of no known type', { without: /<cbc:InvoiceTypeCode>.*?<\/cbc:InvoiceTypeCode>/ }],
    ['expands entities', { prologue: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' }],
    ['reaches for files', { prologue: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' }],
    ['is deep', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['is not well-formed', '<Invoice>'],
    ['is empty', ''],
    ['is HTML', '<html><body>Invoice</body></html>'],
    ['has a name without end', { id: 'a'.repeat(100_000) }],
  ];
  for (const [what, parts] of bad)
    it(`is refused when it ${what}`, () => {
      expect(() => read(typeof parts === 'string' ? parts : eInvoice(parts))).to.throw(/^(UBL|XML): /);
    });
});
