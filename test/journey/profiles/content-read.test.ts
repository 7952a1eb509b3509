import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { ArchiveError, readWhole } from '../../../src/base/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { eInvoice, enveloped } from '../../support/e-invoice.ts';
import { mailMessage } from '../../support/mail-message.ts';

describe('content that a profile reads', () => {
  let archive: OpenArchive;
  before(async () => {
    archive = await testArchive().open();
  });
  const read = async (id: string, path: string) =>
    Buffer.from(await readWhole(await archive.context.storage.openState(id, path, 1), 1 << 20)).toString();
  const placesOf = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (error) => (error instanceof ArchiveError ? error.places : Promise.reject(error)),
    );
  const invoice = { profile: 'invoice', category: 'K-1' };

  it('fills in what an invoice says, and keeps the invoice byte for byte', async () => {
    const text = enveloped(eInvoice());
    const record = await keep(archive, { 'faktura.xml': text }, invoice);
    expect(record).to.include({ state: 'archived', title: 'Рачун РН-118/2026, Пример д.о.о.' });
    expect(record.fields).to.deep.include({
      brojRacuna: 'РН-118/2026',
      pibIzdavaoca: '100002803',
      iznos: '24000.00',
      valuta: 'RSD',
      datumDospeca: '2026-12-20',
      model: '97',
      pozivNaBroj: '2801864040',
      racunZaUplatu: '840-30880845-62',
      brojOtpremnice: 'ОТП-77',
      datumNastanka: '2026-11-20',
    });
    expect(record.files[0]?.sha256).to.equal(createHash('sha256').update(text).digest('hex'));
    expect(await read(record.id, 'metadata/preservation/premis.xml')).to.include('an additional copy');
    const report = JSON.parse(await read(record.id, 'metadata/preservation/content-report-invoice.json'));
    expect(report.supplier).to.deep.equal({ name: 'Пример д.о.о.', pib: '100002803' });
  });

  it('tells at the field what was entered otherwise than the invoice says', async () => {
    const said = { ...invoice, fields: { iznos: '2400', pibIzdavaoca: '100002803', valuta: 'RSD' } };
    expect(await placesOf(keep(archive, { 'f.xml': eInvoice() }, said))).to.deep.equal([
      { pointer: '/iznos', detail: 'differs from the document: 24000.00' },
    ]);
    const agreed = await keep(archive, { 'g.xml': eInvoice({ id: 'Г' }) }, { ...invoice, fields: { iznos: '24000' } });
    expect(agreed.state).to.equal('archived');
  });

  it('leaves a reference with wrong check digits without its model', async () => {
    const record = await keep(archive, { 'h.xml': eInvoice({ paymentId: '97 2701864040', id: 'Х' }) }, invoice);
    expect(record.fields).to.include({ pozivNaBroj: '2701864040' }).and.not.have.property('model');
  });

  for (const [what, text] of [
    ['of another specification', eInvoice({ customization: 'urn:x' })],
    ['whose supplier has a wrong PIB', eInvoice({ supplierPib: '106006801' })],
    ['that is any other XML', '<a xmlns="urn:x"/>'],
    ['with entities', eInvoice({ prologue: '<!DOCTYPE x [<!ENTITY a "a">]>' })],
  ] as const)
    it(`refuses an invoice ${what}`, async () => {
      expect(await refusalOf(keep(archive, { 'x.xml': text }, invoice))).to.equal('INVOICE_INVALID');
    });

  it('refuses two invoices as one record', async () => {
    const both = { 'a.xml': eInvoice({ id: 'А' }), 'b.xml': eInvoice({ id: 'Б' }) };
    expect(await refusalOf(keep(archive, both, invoice))).to.equal('INVOICE_INVALID');
  });

  it('fills in the header of an e-mail, and lists its attachments with formats and digests', async () => {
    const record = await keep(archive, { 'poruka.eml': mailMessage() }, { profile: 'e-mail', category: 'K-1' });
    expect(record).to.include({ state: 'archived', title: 'Захтев за уверење' });
    expect(record.fields).to.deep.include({ od: 'Мира Мирић <mira@primer.rs>', oznakaPoruke: '<1@primer.rs>' });
    const report = JSON.parse(await read(record.id, 'metadata/preservation/content-report-message.json'));
    expect(report.attachments).to.have.length(1);
    expect(report.attachments[0]).to.deep.include({
      name: 'прилог.txt',
      sha256: createHash('sha256').update('садржај прилога').digest('hex'),
      puid: 'x-fmt/111',
    });
  });

  it('refuses what is no e-mail, or could not be read in the future', async () => {
    const mail = { profile: 'e-mail', category: 'K-1' };
    expect(await refusalOf(keep(archive, { 'x.eml': 'нема заглавља' }, mail))).to.equal('DOCUMENT_BROKEN');
    const encrypted = mailMessage({ type: 'application/pkcs7-mime; smime-type=enveloped-data' });
    expect(await refusalOf(keep(archive, { 'y.eml': encrypted }, mail))).to.equal('DOCUMENT_ENCRYPTED');
    const other = { ...mail, fields: { od: 'неко други' } };
    expect(
      (await placesOf(keep(archive, { 'z.eml': mailMessage() }, other))).map(({ pointer }) => pointer),
    ).to.deep.equal(['/od']);
  });
});
