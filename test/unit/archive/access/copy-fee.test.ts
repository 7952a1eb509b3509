import { expect } from 'chai';
import jsQR from 'jsqr';
import {
  type CopyContext,
  copyHistory,
  copyPayment,
  issueCopy,
  qrCode,
  recordPayment,
} from '../../../../src/archive/access/index.ts';
import { audit } from '../../../../src/archive/preservation/index.ts';
import { issuerOf } from '../../../../src/issuer-config.ts';
import { checkModel97 } from '../../../../src/standards/check-digits/index.ts';
import { refusalOf } from '../../../support/archive.ts';
import { type IssuingArchive, issuingArchive, publicBody } from '../../../support/certified-copy.ts';

const payee = { account: '840-955845-10', name: 'Градска управа Пример\nПример', referencePrefix: '07' };

describe('the fee of a certified copy', () => {
  let issuing: IssuingArchive;
  let context: CopyContext;
  before(async () => {
    issuing = await issuingArchive();
    context = { ...issuing.context, issuer: { ...publicBody, payee } };
  });
  const issue = async (fee?: string) => {
    const wish = { record: issuing.record.id, actor: 'officer', ...(fee ? { fee } : {}) };
    return (await issueCopy(context, wish)).statement.number;
  };

  it('is asked for by an NBS IPS code that a phone reads, with a reference of its own', async () => {
    const [first, second] = [await issue('1.310,50'), await issue('310 RSD')];
    const payment = await copyPayment(context, first);
    expect(payment).to.include({ amount: '1310,50', code: '253', account: '840-955845-10' });
    expect(checkModel97(payment.reference ?? '')).to.equal(true);
    expect((await copyPayment(context, second)).reference).to.not.equal(payment.reference);
    expect(payment.reference).to.match(/^\d\d07\d{4}\d{6}$/);
    expect(decoded(payment.ipsText)).to.equal(payment.ipsText);
    expect(payment.ipsText).to.match(
      /^K:PR\|V:01\|C:1\|R:840000000095584510\|N:Градска управа Пример\nПример\|I:RSD1310,50\|SF:253\|S:Overena kopija OK-\d{4}-\d{6}\|RO:97\d{14}$/,
    );
  });

  it('is refused when it is no amount of dinars, before a number is taken', async () => {
    const before = Number((await issue()).slice(-6));
    expect(await refusalOf(issue('по тарифи'))).to.equal('PAYMENT_INVALID');
    expect(Number((await issue()).slice(-6))).to.equal(before + 1);
  });

  it('is recorded as paid, once, by the reference on a bank statement', async () => {
    const number = await issue('310');
    const { writtenReference } = await copyPayment(context, number);
    await recordPayment(context, {
      copy: writtenReference,
      actor: 'officer',
      payment: { paidOn: '2026-11-25', proof: 'извод 214' },
    });
    expect((await copyHistory(context, number)).line).to.include({
      fee: '310,00 RSD',
      paidOn: '2026-11-25',
      paidAmount: '310,00',
    });
    expect((await copyPayment(context, number)).paid).to.deep.equal({ on: '2026-11-25', amount: '310,00' });
    const again = recordPayment(context, { copy: number, actor: 'officer', payment: { paidOn: '2026-11-26' } });
    expect(await refusalOf(again)).to.equal('STATE_CONFLICT');
  });

  it('that was recorded in the catalog alone is found by an audit and put right', async () => {
    const number = await issue('310');
    await context
      .catalog('certified_copies')
      .where({ number })
      .update({ paid_on: '2026-11-20', paid_amount: '310,00' });
    const report = await audit(context, { actor: 'auditor' });
    expect(JSON.stringify(report.catalog)).to.contain('CATALOG_ROW_DIFFERS');
    expect((await copyHistory(context, number)).line.paidOn).to.equal(undefined);
  });

  it('is not asked for where there is none, nobody is named, or the payee cannot be paid', async () => {
    const number = await issue();
    expect(await refusalOf(copyPayment(context, number))).to.equal('STATE_CONFLICT');
    const unpaid = await issue('310');
    expect(await refusalOf(copyPayment(issuing.context, unpaid))).to.equal('STATE_CONFLICT');
    for (const wrong of [{ account: '840-955845-11' }, { name: 'a|b' }, { code: '953' }, { referencePrefix: 'Ш' }])
      expect(() => issuerOf({ payee: { ...payee, ...wrong } }, 'Пример')).to.throw('issuer.payee cannot be paid');
  });
});

/** What a reader of QR codes sees, four pixels to a module. */
function decoded(text: string): string | undefined {
  const { size, runs } = qrCode(text);
  const [scale, quiet] = [4, 4];
  const side = (size + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { row, column, length } of runs)
    for (let y = (row + quiet) * scale; y < (row + quiet + 1) * scale; y += 1)
      for (let x = (column + quiet) * scale; x < (column + quiet + length) * scale; x += 1)
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  const read = (jsQR as unknown as typeof jsQR.default)(pixels, side, side);
  return read ? Buffer.from(read.binaryData).toString('utf8') : undefined;
}
