import { expect } from 'chai';
import { fidelityDocument, listFidelityStatements, stateFidelity } from '../../../src/archive/administration/index.ts';
import { decide } from '../../../src/archive/ingest/index.ts';
import { recordOrigin } from '../../../src/archive/profiles/index.ts';
import { readWhole } from '../../../src/base/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { claimingPdf } from '../../support/pdfa.ts';

describe('a paper document that was digitised', () => {
  let archive: OpenArchive;
  before(async () => {
    archive = await testArchive().open();
  });
  const scan = {
    profile: 'digitised-paper',
    title: 'Решење из 1974.',
    category: 'K-1',
    fields: {
      izvorniOblik: 'papirni',
      uredjaj: 'Fujitsu fi-7160',
      rezolucija: 300,
      snimio: 'Пера Перић',
      datumDigitalizacije: '2026-11-20',
      stanjeIzvornika: 'delimicno',
      opisOstecenja: 'подеран доњи угао',
    },
  };

  it('says by whom, when and with what, or is refused', async () => {
    const { uredjaj: _uredjaj, ...without } = scan.fields;
    const files = { 'снимак.pdf': claimingPdf('1') };
    expect(await refusalOf(keep(archive, files, { ...scan, fields: without }))).to.equal('METADATA_INVALID');
    const electronic = { ...scan, fields: { ...scan.fields, izvorniOblik: 'elektronski' } };
    expect(await refusalOf(keep(archive, files, electronic))).to.equal('METADATA_INVALID');
    const dots = { ...scan, fields: { ...scan.fields, rezolucija: 'триста' } };
    expect(await refusalOf(keep(archive, files, dots))).to.equal('METADATA_INVALID');
  });

  it('is in no statement of fidelity before it was checked', async () => {
    const waiting = await keep(archive, { 'снимак.pdf': claimingPdf('3') }, scan);
    const other = await keep(archive, { 'a.txt': 'a' });
    const records = [waiting.number, other.number, 'нема'];
    const refused = stateFidelity(archive.context, { records, capacity: 'овлашћено лице', actor: 'vera' });
    expect(await refusalOf(refused)).to.equal('METADATA_INVALID');
  });

  it('is checked by another person, and its package tells of both', async () => {
    const record = await keep(archive, { 'снимак.pdf': claimingPdf('2') }, scan);
    expect(record.reason?.code).to.equal('SECOND_CHECK_NEEDED');
    const accept = (actor: string) =>
      decide(archive.context, archive.ingest, {
        record: record.id,
        decision: 'accept',
        reason: 'верно изворнику',
        actor,
      });
    expect(await refusalOf(accept('officer'))).to.equal('FOUR_EYES_REQUIRED');
    const kept = await accept('mira');
    expect(kept.state).to.equal('archived');
    const stating = { capacity: 'овлашћено лице', actor: 'vera' };
    const statement = await stateFidelity(archive.context, { ...stating, records: [kept.number, kept.id] });
    expect(statement).to.include({ records: 1, madeBy: 'vera' });
    expect(
      Buffer.from(await fidelityDocument(archive.context, statement.id))
        .subarray(0, 5)
        .toString(),
    ).to.equal('%PDF-');
    const act = await archive.context.storage.openState(statement.id, 'act.json');
    expect(Buffer.from(await readWhole(act, 1 << 20)).toString())
      .to.include(kept.files[0]?.sha256)
      .and.include('"checkedBy": "mira"');
    expect(await listFidelityStatements(archive.context)).to.deep.equal([statement]);
    const file = await archive.context.storage.openState(kept.id, 'metadata/preservation/premis.xml', 1);
    const premis = Buffer.from(await readWhole(file, 1 << 20)).toString();
    for (const told of [
      'digitised from paper; 300 dpi; original: delimicno; подеран доњи угао',
      '2026-11-20T00:00:00',
      'Fujitsu fi-7160',
      'Пера Перић',
      'second person’s check: верно изворнику',
      'mira',
    ])
      expect(premis).to.include(told);
    expect(recordOrigin(kept)).to.equal('digitised');
    expect(kept.fields).to.include({ jedinstvenaOznaka: kept.number }).and.have.property('datumArhiviranja');
  });
});
