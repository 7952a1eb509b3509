import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { disposeRecord } from '../../src/archive/administration/index.ts';
import {
  findBatch,
  findCoverage,
  listBatches,
  listEntries,
  pendingState,
} from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import {
  audit,
  closeBatch,
  evidenceState,
  isEvidenceDue,
  keepEvidence,
  versionEvidence,
  whatIf,
} from '../../src/archive/preservation/index.ts';
import { bytesReader, readWhole } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';

const day = 86_400_000;

/** A clock that a test moves. */
function movedClock(start = '2026-11-25T08:00:00Z') {
  let now = Date.parse(start);
  return {
    clock: () => new Date(now),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

async function anchorsOf(archive: OpenArchive): Promise<Uint8Array[]> {
  return (await archive.ownAnchors()).map(({ pem }) => new X509Certificate(pem).raw);
}

/** Verifies the evidence record of each file of a version, by nothing but the record, the file and the anchors. */
async function verdicts(archive: OpenArchive, id: string, version: number, at: Date): Promise<string[]> {
  const evidence = await versionEvidence(archive.evidence, id, version);
  if (!evidence) return ['none'];
  const found: string[] = [];
  for (const { path } of evidence.files) {
    const file = await readWhole(await archive.context.storage.openState(id, path, version), 1 << 24);
    const report = await validateDocument({
      document: bytesReader(await evidence.recordOf(path)),
      name: 'evidence.ers',
      contents: [{ name: path, reader: bytesReader(file) }],
      anchors: await anchorsOf(archive),
      validationTime: at,
      examineEvidenceRecord,
    });
    const [{ indication, subIndication = '' } = { indication: 'none' }] = report.evidenceRecords;
    found.push([indication, subIndication].join('/'));
  }
  return [...new Set(found)];
}

describe('the evidence that an archive keeps of itself', function () {
  this.timeout(120_000);

  it('puts what waits under one time-stamp when it has waited long enough, and each file has a record of its own', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    const one = await keep(archive, { 'a.txt': 'један', 'b.txt': 'два' });
    const two = await keep(archive, { 'c.txt': 'три' });
    expect(await isEvidenceDue(archive.evidence)).to.equal(false);
    expect(await verdicts(archive, one.id, 1, clock())).to.deep.equal(['none']);
    pass(61_000);
    expect(await isEvidenceDue(archive.evidence)).to.equal(true);
    expect(await keepEvidence(archive.evidence)).to.deep.equal({ closed: 1, renewed: 0, rebuilt: 0, broken: 0 });
    expect(await isEvidenceDue(archive.evidence)).to.equal(false);
    for (const { id } of [one, two]) expect(await verdicts(archive, id, 1, clock())).to.deep.equal(['PASSED/']);
    const evidence = await versionEvidence(archive.evidence, one.id, 1);
    expect(evidence?.isTest).to.equal(true);
    const state = await evidenceState(archive.evidence);
    expect([state.batches, state.pending.objects]).to.deep.equal([1, 0]);
    expect((await whatIf(archive.evidence, { digest: 'sha512' })).batches).to.equal(1);
    expect((await whatIf(archive.evidence, { authority: 'somebody else' })).batches).to.equal(0);
  });

  it('does not cover a file that was changed, nor another record', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch(archive.evidence);
    const evidence = await versionEvidence(archive.evidence, id, 1);
    const path = evidence?.files.find((file) => file.path.endsWith('a.txt'))?.path ?? '';
    const report = await validateDocument({
      document: bytesReader((await evidence?.recordOf(path)) ?? new Uint8Array()),
      name: 'evidence.ers',
      contents: [{ name: path, reader: bytesReader(Buffer.from('једам')) }],
      anchors: await anchorsOf(archive),
      validationTime: clock(),
      examineEvidenceRecord,
    });
    expect(report.evidenceRecords[0]?.indication).to.not.equal('PASSED');
    expect(await refusalOf(Promise.resolve(evidence?.recordOf('nothing.txt')))).to.equal('FILE_UNKNOWN');
  });

  it('covers a new version in a batch of its own, and the journal’s segments and reports like records', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await keepEvidence(archive.evidence);
    await amendRecord(archive.context, { record: id, actor: 'officer', reason: 'typing error', title: 'Други наслов' });
    const report = await audit(archive.context, { actor: 'auditor' });
    pass(61_000);
    expect((await keepEvidence(archive.evidence)).closed).to.equal(1);
    expect(await verdicts(archive, id, 2, clock())).to.deep.equal(['PASSED/']);
    expect(await verdicts(archive, report.id, 1, clock())).to.deep.equal(['PASSED/']);
    const [first, second] = [
      await findCoverage(archive.context.catalog, id, 1),
      await findCoverage(archive.context.catalog, id, 2),
    ];
    expect(first?.batchId).to.not.equal(second?.batchId);
  });

  it('is renewed by one time-stamp for all batches before the certificate ends, and holds long after it', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    const ids: string[] = [];
    for (const text of ['један', 'два', 'три']) {
      ids.push((await keep(archive, { 'a.txt': text })).id);
      pass(61_000);
      await keepEvidence(archive.evidence);
    }
    const tokens = new Set<string>();
    for (let months = 0; months < 144; months++) {
      pass(30 * day);
      const { renewed, broken } = await keepEvidence(archive.evidence);
      expect(broken).to.equal(0);
      expect(renewed).to.be.oneOf([0, 3]);
    }
    for (const { id, timestamps, stampedAt, expiresAt } of await listBatches(archive.context.catalog, { limit: 10 })) {
      expect(timestamps, id).to.be.greaterThan(3);
      tokens.add(stampedAt);
      expect(Date.parse(expiresAt)).to.be.greaterThan(clock().getTime());
    }
    expect(tokens.size).to.equal(1);
    for (const id of ids) expect(await verdicts(archive, id, 1, clock())).to.deep.equal(['PASSED/']);
    const { damaged, missing, extra } = await audit(archive.context, { actor: 'auditor' });
    expect([damaged, missing, extra]).to.deep.equal([[], [], []]);
  });

  it('begins a new chain over the objects themselves when the digest algorithm lapses', async () => {
    const { clock, pass } = movedClock();
    const place = testArchive({}, clock);
    const opened = await place.open();
    const { id } = await keep(opened, { 'a.txt': 'један', 'b.txt': 'два' });
    const disposed = await keep(opened, { 'c.txt': 'три' });
    pass(61_000);
    await keepEvidence(opened.evidence);
    await disposeRecord(opened.context, { record: disposed.id, actor: 'archivist', decision: '12/2027' });
    pass(365 * day);
    const evidence = {
      ...opened.evidence,
      evidencePolicy: { ...opened.evidence.evidencePolicy, sunsets: { sha512: '2027-12-31' } as const },
    };
    const archive = { ...opened, evidence };
    expect(await keepEvidence(evidence)).to.deep.equal({ closed: 1, renewed: 0, rebuilt: 1, broken: 0 });
    expect(await isEvidenceDue(evidence)).to.equal(false);
    const [batch] = await listBatches(archive.context.catalog, { limit: 1 });
    expect(batch).to.include({ digest: 'sha384', chains: 2, timestamps: 1 });
    expect(await verdicts(archive, id, 1, clock())).to.deep.equal(['PASSED/']);
    for (let months = 0; months < 48; months++) {
      pass(30 * day);
      await keepEvidence(evidence);
    }
    expect(await verdicts(archive, id, 1, clock())).to.deep.equal(['PASSED/']);
  });

  it('forgets the random values of a disposed record, and its neighbours still verify', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    const { catalog, storage } = archive.context;
    const kept = await keep(archive, { 'a.txt': 'један' });
    const disposed = await keep(archive, { 'b.txt': 'два' });
    pass(61_000);
    await keepEvidence(archive.evidence);
    const coverage = await findCoverage(catalog, disposed.id, 1);
    const before = await findBatch(catalog, coverage?.batchId ?? '');
    await disposeRecord(archive.context, { record: disposed.id, actor: 'archivist', decision: '13/2026' });
    await keepEvidence(archive.evidence);
    const after = await findBatch(catalog, coverage?.batchId ?? '');
    expect(await storage.readInventory(before?.blinding ?? '')).to.equal(undefined);
    const values = await readWhole(await storage.openState(after?.blinding ?? '', 'blinding.bin'), 1 << 24);
    const from = (coverage?.firstLeaf ?? 0) * 64;
    expect(values.subarray(from, from + (coverage?.leaves ?? 0) * 64).every((octet) => octet === 0)).to.equal(true);
    expect(await verdicts(archive, kept.id, 1, clock())).to.deep.equal(['PASSED/']);
    const { damaged, missing, extra } = await audit(archive.context, { actor: 'auditor' });
    expect([damaged, missing, extra]).to.deep.equal([[], [], []]);
  });

  it('says so when a renewal comes too late, since nothing can prove the time-stamp any more', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({}, clock).open();
    await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await keepEvidence(archive.evidence);
    pass(4 * 365 * day);
    expect(await keepEvidence(archive.evidence)).to.include({ renewed: 0, broken: 1 });
    const { institution } = archive.context;
    const told = await listEntries(archive.context.catalog, {
      institution: institution.id,
      type: 'evidence.failed',
      limit: 5,
    });
    expect(told.map(({ detail }) => detail.reason)).to.have.lengthOf(1);
    expect(await isEvidenceDue(archive.evidence)).to.equal(false);
  });

  it('leaves everything waiting when no authority answers, and nothing is lost', async () => {
    const { clock, pass } = movedClock();
    const archive = await testArchive({ TRAJNO_TIMESTAMPS: 'http://127.0.0.1:1/' }, clock).open();
    await keep(archive, { 'a.txt': 'један' });
    pass(3_601_000);
    const waiting = await pendingState(archive.context.catalog);
    expect(await refusalOf(keepEvidence(archive.evidence))).to.equal('TIMESTAMP_UNAVAILABLE');
    expect(await pendingState(archive.context.catalog)).to.deep.equal(waiting);
    expect(archive.evidence.authorities.health()[0]?.failures).to.equal(1);
  });
});
