import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findStoreObject, pendingState } from '../../src/archive/data-management/index.ts';
import { leadsToRoot } from '../../src/archive/preservation/audit-rows.ts';
import {
  audit,
  type IntegrityFacts,
  keepEvidence,
  keepIntegrityReport,
  makeIntegrityReport,
  queueIntegrityReport,
  readAuditReport,
} from '../../src/archive/preservation/index.ts';
import { bytesReader, readWhole } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';

/** What our own engine says of a seal, with nothing but the archive's anchors. */
async function sealOf(archive: OpenArchive, document: Uint8Array, content?: Uint8Array): Promise<string> {
  const report = await validateDocument({
    document: bytesReader(document),
    name: 'report',
    contents: content ? [{ name: 'integrity-report.json', reader: bytesReader(content) }] : [],
    anchors: (await archive.ownAnchors()).map(({ pem }) => new X509Certificate(pem).raw),
    validationTime: new Date(),
  });
  return report.signatures.map(({ format, indication }) => `${format} ${indication}`).join();
}

describe('an integrity report', function () {
  this.timeout(120_000);
  const place = testArchive();
  let archive: OpenArchive;
  let record: string;
  before(async () => {
    archive = await place.open();
    record = (await keep(archive, { 'odluka.txt': 'Одлука' })).id;
    for (const text of ['друга', 'трећа']) await keep(archive, { 'a.txt': text });
    await keepEvidence({
      ...archive.evidence,
      evidencePolicy: { ...archive.evidence.evidencePolicy, closeAfterSeconds: 0 },
    });
  });

  it('of a record tells its copies, evidence and checks, and is sealed as data and as a PDF', async () => {
    const { id } = await audit(archive.context, { actor: 'auditor' });
    const made = await makeIntegrityReport(archive.context, record);
    const facts: IntegrityFacts = JSON.parse(Buffer.from(made.json).toString());
    expect(facts).to.deep.equal(JSON.parse(JSON.stringify(made.facts)));
    expect([facts.scope, facts.intact, facts.sealedBy.isTest, facts.sealedBy.isQualified]).to.deep.equal([
      'record',
      true,
      true,
      false,
    ]);
    expect(facts.record?.copies.map(({ location, state }) => `${location} ${state}`)).to.deep.equal([
      'first whole',
      'second whole',
    ]);
    expect(facts.record?.evidence.map(({ version, isTest }) => [version, isTest])).to.deep.equal([[1, true]]);
    expect(facts.record?.audit?.audit).to.equal(id);
    expect(await sealOf(archive, made.jsonSeal, made.json)).to.match(/^CAdES-BASELINE-\w+ TOTAL_PASSED$/);
    expect(await sealOf(archive, made.pdf)).to.match(/^PAdES-BASELINE-\w+ TOTAL_PASSED$/);
    const changed = Buffer.from(Buffer.from(made.json).toString().replace('"whole"', '"other"'));
    expect(await sealOf(archive, made.jsonSeal, changed)).to.match(/TOTAL_FAILED$/);
  });

  it('proves each of the record’s rows of the newest audit without the others', async () => {
    const found = (await makeIntegrityReport(archive.context, record)).facts.record?.audit;
    if (!found) throw new Error('no audit is told of');
    const { rowsRoot, copies } = await readAuditReport(archive.context, found.audit);
    expect(found.root).to.equal(rowsRoot);
    expect(found.rows.map(({ row }) => [row.location, row.state])).to.deep.equal([
      ['first', 'whole'],
      ['second', 'whole'],
    ]);
    for (const proven of found.rows) {
      expect(leadsToRoot(proven, found.root)).to.equal(true);
      expect(leadsToRoot({ ...proven, row: { ...proven.row, state: 'damaged' } }, found.root)).to.equal(false);
      expect(leadsToRoot({ ...proven, reducedHashTree: proven.reducedHashTree.slice(1) }, found.root)).to.equal(false);
      expect(proven.reducedHashTree.length).to.be.at.most(1 + Math.ceil(Math.log2(copies)));
    }
  });

  it('of the whole archive is kept once a month, and waits for evidence like everything else', async () => {
    const { report } = await keepIntegrityReport(archive.context);
    expect((await findStoreObject(archive.context.catalog, report))?.type).to.equal('integrity-report');
    expect((await pendingState(archive.context.catalog)).objects).to.be.greaterThan(0);
    const facts: IntegrityFacts = JSON.parse(
      Buffer.from(
        await readWhole(await archive.context.storage.openState(report, 'integrity-report.json'), 1 << 20),
      ).toString(),
    );
    expect([facts.scope, facts.intact, facts.archive?.records.archived, facts.archive?.audits]).to.deep.equal([
      'archive',
      true,
      3,
      1,
    ]);
    expect(await queueIntegrityReport(archive.context), 'the month has its report').to.equal(undefined);
  });

  it('says so when a copy is not as it should be, and is not made of what is not there', async () => {
    for (const location of ['first', 'second'])
      rmSync(join(place.store(location), objectPath(record), 'v1/content/METS.xml'));
    await audit(archive.context, { actor: 'auditor' });
    const { facts } = await makeIntegrityReport(archive.context, record);
    expect([facts.intact, facts.record?.audit?.rows.map(({ row }) => row.state)]).to.deep.equal([
      false,
      ['missing', 'missing'],
    ]);
    expect(
      await refusalOf(makeIntegrityReport(archive.context, 'urn:uuid:0199f6f0-0000-7000-8000-000000000000')),
    ).to.equal('RECORD_UNKNOWN');
  });
});
