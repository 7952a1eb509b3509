/**
 * The format gate with the real programs: LibreOffice makes a PDF/A, veraPDF judges it and what only claims to be one. LibreOffice is
 * `soffice` of the path (or SOFFICE), veraPDF lies in `.foreign/verapdf` (run.sh fetches it); what is not there is skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { decide } from '../../src/archive/ingest/index.ts';
import { readWhole } from '../../src/base/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { claimingPdf, pdfa2b } from '../support/pdfa.ts';

const verapdf = process.env.TRAJNO_VERAPDF ?? join(import.meta.dirname, '../../.foreign/verapdf');
const soffice = process.env.SOFFICE ?? 'soffice';
const rtf = '{\\rtf1\\ansi\\uc0 \\u1044\\u1086\\u1087\\u1080\\u1089 \\u273\\u382 i latinica}';

describe('the format gate, with LibreOffice and veraPDF', function () {
  this.timeout(180_000);
  const lasting = { category: 'K-1', title: 'Допис', fields: { rokCuvanja: 'trajno' } };
  before(function () {
    if (!existsSync(verapdf)) this.skip();
  });

  it('keeps a document with the PDF/A that was made of it and verified', async function () {
    if (spawnSync(soffice, ['--version']).status !== 0) return this.skip();
    const archive = await testArchive({ TRAJNO_SOFFICE: soffice, TRAJNO_VERAPDF: verapdf }).open();
    const record = await keep(archive, { 'Допис.rtf': rtf }, lasting);
    expect(record.reason?.code, record.reason?.detail).to.equal('COMPARISON_NEEDED');
    const kept = await decide(archive.context, archive.ingest, {
      record: record.id,
      decision: 'accept',
      reason: 'исто',
      actor: 'mira',
    });
    expect(kept.state).to.equal('archived');
    const read = async (path: string) =>
      Buffer.from(await readWhole(await archive.context.storage.openState(kept.id, path, 1), 1 << 20)).toString();
    const [report] = JSON.parse(await read('metadata/preservation/content-report-pdfa.json'));
    expect(report.verdict).to.deep.include({ compliant: true, tool: 'veraPDF 1.28.2' });
    const premis = await read('metadata/preservation/premis.xml');
    expect(premis)
      .to.match(/LibreOffice [0-9.]+: source SHA-256/)
      .and.include('PDF/A-2b claimed; veraPDF 1.28.2');
  });

  it('does not take a PDF that only claims to be PDF/A', async () => {
    const archive = await testArchive({ TRAJNO_VERAPDF: verapdf }).open();
    const record = await keep(archive, { 'a.rtf': rtf, 'a.pdf': claimingPdf('a', pdfa2b) }, lasting);
    expect(record.reason?.code).to.equal('RENDITION_NEEDED');
  });
});
