import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  answerForCode,
  issueCopy,
  listCopies,
  recordPayment,
  revokeCopy,
} from '../../../../src/archive/access/index.ts';
import { listEntries } from '../../../../src/archive/data-management/index.ts';
import { audit } from '../../../../src/archive/preservation/index.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { rebuildFrom } from '../../../../src/restore.ts';
import { examineEvidenceRecord } from '../../../../src/standards/evidence/index.ts';
import { readZip } from '../../../../src/standards/formats/zip/index.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { keep, refusalOf } from '../../../support/archive.ts';
import { type IssuingArchive, issuingArchive, issuingBy } from '../../../support/certified-copy.ts';
import { signedPdf } from '../../../support/signed-pdf.ts';

describe('a certified copy', () => {
  let issuing: IssuingArchive;
  before(async () => {
    issuing = await issuingArchive();
  });

  const entriesOf = (subject: string) =>
    listEntries(issuing.context.catalog, { institution: 'default', subject, limit: 100 });

  it('has the original bit for bit, a sealed certificate and a sealed container', async () => {
    const { context, record, anchors } = issuing;
    const { statement, files } = await issueCopy(context, { record: record.number, actor: 'officer', purpose: 'спор' });
    expect(statement.number).to.match(/^OK-\d{4}-\d{6}$/);
    expect(statement.verdict).to.equal('TOTAL_PASSED');
    expect(files.map(({ role }) => role)).to.deep.equal(['container', 'certificate', 'reading-original-1.pdf']);
    const [container, certificate] = files;
    for (const file of [container, certificate]) {
      const report = await validateDocument({
        document: bytesReader(file?.bytes ?? new Uint8Array()),
        name: 'copy',
        contents: [],
        anchors,
        validationTime: new Date(),
        examineEvidenceRecord,
      });
      expect(report.signatures.map(({ indication }) => indication)).to.deep.equal(['TOTAL_PASSED']);
      expect(report.signatures[0]?.format).to.match(
        file?.role === 'container' ? /^CAdES-BASELINE-LTA$/ : /^PAdES-BASELINE-LTA$/,
      );
      expect(report.evidenceRecords.every(({ indication }) => indication === 'PASSED')).to.equal(true);
    }
    const entries = await readZip(bytesReader(container?.bytes ?? new Uint8Array()));
    expect(entries.map(({ path }) => path)).to.include.members([
      ...['original-1.pdf', 'certificate.pdf', 'copy.json', 'VERIFY.txt', 'reports/at-archiving-original-1.xml'],
      ...['META-INF/evidencerecord001.ers', 'META-INF/signature001.p7s'],
    ]);
  });

  it('stands in the register and in the journal, where neither code nor name is', async () => {
    const { context, record } = issuing;
    const { statement } = await issueCopy(context, { record: record.id, actor: 'officer', recipient: 'Мира Мирић' });
    const { copies } = await listCopies(context, { limit: 1 });
    expect(copies[0]).to.include({ number: statement.number, recipient: 'Мира Мирић', recordNumber: record.number });
    const [entry] = await entriesOf(record.id);
    expect(entry?.type).to.equal('certified-copy.issued');
    expect(JSON.stringify(entry)).to.not.contain('Мирић').and.not.contain(statement.code);
  });

  it('is made as a test and kept out of the register with the built-in seal', async () => {
    const { archive, record } = issuing;
    const before = await listCopies(archive.copies, { limit: 100 });
    const made = await issueCopy(archive.copies, { record: record.id, actor: 'officer' });
    expect(made.statement).to.include({ number: 'TEST', isTest: true });
    expect(made.statement.code).to.match(/^TEST0-/);
    expect(made.id).to.equal(undefined);
    expect(made.files.every(({ name }) => name.startsWith('TEST-'))).to.equal(true);
    expect((await listCopies(archive.copies, { limit: 100 })).copies.length).to.equal(before.copies.length);
    expect((await entriesOf(record.id))[0]?.type).to.equal('certified-copy.tested');
  });

  it('of an undetermined signature needs a decision, which it states', async () => {
    const { archive, context, pki } = issuing;
    const undecided = await keep(archive, { 'a.pdf': await signedPdf({ pki }) });
    const wish = { record: undecided.id, actor: 'officer' };
    expect(await refusalOf(issueCopy(context, wish))).to.equal('COPY_NEEDS_DECISION');
    const [refused] = await entriesOf(undecided.id);
    expect(refused).to.deep.include({ type: 'certified-copy.refused', detail: { code: 'COPY_NEEDS_DECISION' } });
    const { statement } = await issueCopy(context, { ...wish, decision: 'рок жалбе' });
    expect(statement.decision).to.include({ by: 'officer', reason: 'рок жалбе' });
  });

  it('is refused where a signature has failed, and the refusal is logged', async () => {
    const { archive, context, pki } = issuing;
    const failed = await keep(archive, { 'b.pdf': await signedPdf({ pki, fault: 'changed-content' }) });
    const wish = { record: failed.id, actor: 'officer', decision: 'ипак' };
    expect(await refusalOf(issueCopy(context, wish))).to.equal('COPY_SIGNATURE_FAILED');
    expect((await entriesOf(failed.id))[0]?.type).to.equal('certified-copy.refused');
  });

  it('is refused where no location has the original as it was received', async () => {
    const { archive, context } = issuing;
    const damaged = await keep(archive, { 'c.txt': 'садржај који ће бити оштећен' });
    for (const { description } of archive.context.storage.active()) {
      const root = new URL(description.url).pathname;

      for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) =>
        one.endsWith('/c.txt'),
      ))
        writeFileSync(join(root, path), 'садржај који je оштећен иста дуж');
    }
    expect(await refusalOf(issueCopy(context, { record: damaged.id, actor: 'officer' }))).to.equal(
      'COPY_FIXITY_FAILED',
    );
    expect((await entriesOf(damaged.id))[0]?.type).to.equal('certified-copy.refused');
  });

  it('gets a number of its own when many are issued at once', async () => {
    const { context, record } = issuing;
    const wish = { record: record.id, actor: 'officer' };
    const made = await Promise.all([1, 2, 3, 4].map(() => issueCopy(context, wish)));
    expect(new Set(made.map(({ statement }) => statement.number)).size).to.equal(4);
    const { copies } = await listCopies(context, { limit: 4 });
    expect(copies.map(({ id }) => id)).to.have.members(made.map(({ id }) => id));
  });

  it('is revoked once, with a reason', async () => {
    const { context, record } = issuing;
    const { statement } = await issueCopy(context, { record: record.id, actor: 'officer' });
    const wish = { copy: statement.number, actor: 'officer', reason: 'издата грешком' };
    expect((await revokeCopy(context, wish)).revoked).to.include({ by: 'officer', reason: 'издата грешком' });
    expect(await refusalOf(revokeCopy(context, wish))).to.equal('STATE_CONFLICT');
    expect(await refusalOf(revokeCopy(context, { ...wish, copy: 'OK-1999-000001' }))).to.equal('COPY_UNKNOWN');
  });

  it('cannot be made to stand again by whoever edits the catalog: an audit puts the register right', async () => {
    const { context, record, archive } = issuing;
    const one = await issueCopy(context, { record: record.id, actor: 'officer' });
    await revokeCopy(context, { copy: one.statement.number, actor: 'officer', reason: 'грешка' });
    const two = await issueCopy(context, { record: record.id, actor: 'officer' });
    const three = await issueCopy(context, { record: record.id, actor: 'officer' });
    const before = await listCopies(context, { limit: 100 });
    const table = () => context.catalog('certified_copies');
    const forged = await table().where({ id: two.id }).first();
    await table().where({ id: one.id }).update({ revoked_at: null, revoked_reason: null });
    await table().where({ id: two.id }).update({ register: '{}' });
    await table().insert({
      ...forged,
      id: 'urn:trajno:certified-copy:forged',
      number: 'OK-2026-999999',
      code_sha256: 'f'.repeat(64),
    });
    const digests = context.catalog('certified_copy_files').where({ copy_id: three.id, role: 'certificate' });
    await digests.update({ sha256: '0'.repeat(64) });
    const report = await audit({ ...archive.evidence }, { actor: 'auditor' });
    expect(report.catalog.map(({ aip }) => aip)).to.have.members([
      one.id,
      two.id,
      three.id,
      'urn:trajno:certified-copy:forged',
    ]);
    expect(await listCopies(context, { limit: 100 })).to.deep.equal(before);
    expect((await audit({ ...archive.evidence }, { actor: 'auditor' })).catalog).to.deep.equal([]);
  });

  it('is still registered, and still revoked or paid, after the catalog was made anew from the store', async () => {
    const { place, context, archive, record, pki, seal } = await issuingArchive();
    const codes: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const wish = { record: record.id, actor: 'officer', recipient: 'Мира Мирић', fee: '310' };
      const { statement } = await issueCopy(context, wish);
      codes.push(statement.code);
    }
    const [newest] = (await listCopies(context, { limit: 1 })).copies;
    await revokeCopy(context, { copy: newest?.number ?? '', actor: 'officer', reason: 'грешка' });
    await recordPayment(context, { copy: newest?.number ?? '', actor: 'officer', payment: { paidOn: '2026-11-25' } });
    const before = await listCopies(context, { limit: 10 });
    expect(before.copies[0]?.paidOn).to.equal('2026-11-25');
    await archive.close();
    for (const ending of ['', '-wal', '-shm'])
      rmSync(join(place.config.dataFolder, `catalog.sqlite${ending}`), { force: true });
    await rebuildFrom(place.config, place.clock, undefined, () => {});
    const again = await place.open();
    expect(await listCopies(again.copies, { limit: 10 })).to.deep.equal(before);
    const standings = await Promise.all(
      codes.map(async (code) => {
        const answer = await answerForCode(again.copies, code, () => false);
        return answer.status === 'issued' ? answer.copy.standing : answer.status;
      }),
    );
    expect(standings).to.deep.equal(['stands', 'revoked']);
    const next = await issueCopy(issuingBy(again.copies, pki, seal), { record: record.id, actor: 'officer' });
    expect(next.statement.number).to.match(/-000003$/);
    await again.close();
  });
});
