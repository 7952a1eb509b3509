import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportRecord, openOriginal, validatePackage, verifyExport } from '../../../src/archive/access/index.ts';
import { findRecord } from '../../../src/archive/data-management/index.ts';
import { amendRecord, type Decision, decide, resumeIntakes } from '../../../src/archive/ingest/index.ts';
import { recordOrigin } from '../../../src/archive/profiles/index.ts';
import { readWhole } from '../../../src/base/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, offer, refusalOf, testArchive } from '../../support/archive.ts';
import { emptyFolder } from '../../support/folders.ts';
import { claimingPdf, pdfa2b } from '../../support/pdfa.ts';

const rtf = (text: string) => `{\\rtf1\\ansi ${text}}`;

/** A program that does as LibreOffice is told to do, or fails in one of the ways in which it fails. */
function fakeOffice(folder: string, body: string): string {
  const path = join(folder, `soffice-${Math.random().toString(36).slice(2)}`);
  writeFileSync(
    path,
    `#!/bin/sh\n[ "$1" = --version ] && { echo "LibreOffice 7.4.7.2 40(Build:2)"; exit 0; }\n${body}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

describe('the format gate', () => {
  const folder = emptyFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'made.pdf'), claimingPdf('made', pdfa2b));
  const metadata = (period: string, title = 'т') => ({ category: 'K-1', title, fields: { rokCuvanja: period } });
  const open = (environment: NodeJS.ProcessEnv = {}) => testArchive(environment).open();
  const decideOn = (archive: OpenArchive, record: { id: string }, decision: Decision, actor = 'mira') =>
    decide(archive.context, archive.ingest, { record: record.id, decision, reason: 'упоређено', actor });
  const read = async ({ context }: OpenArchive, id: string, path: string) =>
    Buffer.from(await readWhole(await context.storage.openState(id, path, 1), 1 << 20)).toString();

  it('lets office documents of short life pass, and makes those of long life wait without losing anything', async () => {
    const archive = await open();
    expect((await keep(archive, { 'a.rtf': rtf('a') }, metadata('5'))).state).to.equal('archived');
    for (const period of ['6', 'trajno']) {
      const record = await keep(archive, { [`${period}.rtf`]: rtf(period) }, metadata(period));
      expect(record.state).to.equal('quarantined');
      expect(record.reason?.code).to.equal('RENDITION_NEEDED');
      expect(record.reason?.detail).to.include('Save it as PDF/A');
      expect(await refusalOf(decideOn(archive, record, 'accept'))).to.equal('STATE_CONFLICT');
      expect((await decideOn(archive, record, 'retry')).reason?.code).to.equal('RENDITION_NEEDED');
      expect((await decideOn(archive, record, 'return')).state).to.equal('rejected');
    }
    await archive.close();
  });

  it('takes the PDF/A that comes with the document under its name, once a second person has compared them', async () => {
    const archive = await open();
    const files = { 'Извештај.rtf': rtf('r'), 'Извештај.pdf': claimingPdf('r', pdfa2b) };
    const record = await keep(archive, files, metadata('trajno'));
    expect(record.reason?.code).to.equal('COMPARISON_NEEDED');
    expect(await refusalOf(decideOn(archive, record, 'accept', 'officer'))).to.equal('FOUR_EYES_REQUIRED');
    const kept = await decideOn(archive, record, 'accept');
    expect(kept.state).to.equal('archived');
    expect(kept.files.map(({ originalName, representation }) => [originalName, representation])).to.have.deep.members([
      ['Извештај.rtf', undefined],
      ['Извештај.pdf', 'preservation'],
    ]);
    const premis = await read(archive, kept.id, 'metadata/preservation/premis.xml');
    for (const told of [
      'attached by the producer',
      'PDF/A-2b claimed, not verified',
      'comparison',
      'mira',
      ...kept.files.map(({ sha256 }) => sha256),
    ])
      expect(premis).to.include(told);
    const report = JSON.parse(await read(archive, kept.id, 'metadata/preservation/content-report-pdfa.json'));
    const to = emptyFolder();
    const [path = ''] = await exportRecord(archive.context, { record: kept.id, form: 'folder', to });
    const { findings } = await validatePackage(path, archive.context.clock());
    expect(findings.filter(({ level }) => level === 'MUST')).to.deep.equal([]);
    expect((await verifyExport(path, [], new Date('2026-11-24T12:00:00Z'))).result).to.equal('INDETERMINATE');
    expect(report[0]).to.include({ claimed: 'PDF/A-2b', notVerified: 'no verifier is configured' });
    await archive.close();
  });

  it('takes no plain PDF for one', async () => {
    const archive = await open();
    const files = { 'b.rtf': rtf('b'), 'b.pdf': claimingPdf('b') };
    expect((await keep(archive, files, metadata('10'))).reason?.code).to.equal('RENDITION_NEEDED');
    await archive.close();
  });

  it('has one made, keeps what was compared, and the original as it came', async () => {
    const log = join(folder, 'runs');
    const soffice = fakeOffice(
      folder,
      `echo run >> ${log}\ncat ${join(folder, 'made.pdf')} > document.pdf\necho $$ >> document.pdf`,
    );
    const archive = await open({ TRAJNO_SOFFICE: soffice });
    const record = await keep(archive, { 'Допис.rtf': rtf('d') }, metadata('trajno'));
    expect(record.reason?.code).to.equal('COMPARISON_NEEDED');
    expect(record.files.map(({ representation }) => representation)).to.include('preservation');
    const parked = record.files.findIndex(({ representation }) => representation === 'preservation');
    const shown = await openOriginal(archive.context, record, parked + 1);
    expect(Buffer.from(await readWhole(shown.content, 1 << 20)).toString('latin1')).to.include('made');
    const compared = record.files.find(({ representation }) => representation === 'preservation')?.sha256;
    await archive.context.catalog('intakes').where({ id: record.id }).update({ state: 'staged', owner: null });
    await resumeIntakes(archive.context, archive.ingest, async () => false); // as after a crash
    const again = await findRecord(archive.context.catalog, 'default', record.id);
    expect(again?.reason?.code).to.equal('COMPARISON_NEEDED');
    const kept = await decideOn(archive, record, 'accept');
    expect(kept.state).to.equal('archived');
    const made = kept.files.find(({ representation }) => representation === 'preservation');
    expect(recordOrigin(kept)).to.equal('converted');
    expect(made).to.include({ originalName: 'Допис.pdf', sha256: compared });
    expect(await read(archive, kept.id, 'representations/original/data/Допис.rtf')).to.equal(rtf('d'));
    expect(await read(archive, kept.id, 'metadata/preservation/premis.xml'))
      .to.include('LibreOffice 7.4.7.2')
      .and.include(compared);
    const { length } = (await import('node:fs')).readFileSync(log, 'utf8').trim().split('\n');
    expect(length, 'it was made once').to.equal(1);
    await archive.close();
  });

  for (const [how, body] of [
    ['crashes', 'kill -SEGV $$'],
    ['makes nothing', 'exit 0'],
    ['fails', 'exit 77'],
    ['makes a PDF that is no PDF/A', `printf '%s' x > document.pdf`],
    ['is not there', undefined],
  ] as const)
    it(`loses nothing when the conversion ${how}, and shows a way on`, async () => {
      const soffice = body === undefined ? join(folder, 'nowhere') : fakeOffice(folder, body);
      const archive = await open({ TRAJNO_SOFFICE: soffice });
      const record = await keep(archive, { 'c.rtf': rtf('c') }, metadata('trajno'));
      expect(record).to.include({ state: 'quarantined' });
      expect(record.reason?.code).to.equal('RENDITION_NEEDED');
      expect(record.reason?.detail).to.include('LibreOffice').and.include('send both files together');
      await archive.close();
    });

  it('holds for records that are there too: they become permanent only with a PDF/A', async () => {
    const archive = await open();
    const record = await keep(archive, { 'e.rtf': rtf('e') }, metadata('3'));
    const change = { record: record.id, actor: 'ana', reason: 'р', fields: { rokCuvanja: 'trajno' } };
    expect(await refusalOf(amendRecord(archive.context, change))).to.equal('RENDITION_NEEDED');
    const files = offer({ 'e.pdf': claimingPdf('e', pdfa2b) });
    await amendRecord(archive.context, { record: record.id, actor: 'ana', reason: 'PDF/A', files });
    expect((await amendRecord(archive.context, change)).version).to.equal(3);
    await archive.close();
  });

  it('stops a conversion that does not end', async () => {
    const { libreOffice } = await import('../../../src/archive/ingest/index.ts');
    const { bytesReader } = await import('../../../src/base/index.ts');
    const flag = join(folder, 'left behind');
    const slow = libreOffice(fakeOffice(folder, `(sleep 3; touch "${flag}") & sleep 30`), { timeoutMs: 500 });
    expect(await slow(bytesReader(Buffer.from('x')), 'rtf')).to.deep.equal({ failure: 'took longer than 0.5 s' });
    expect(existsSync(flag)).to.equal(false);
  });
});
