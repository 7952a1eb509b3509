import { expect } from 'chai';
import { disposeRecord } from '../../src/archive/administration/index.ts';
import {
  findCoverage,
  listBatches,
  pendingState,
  storeObjectsOfType,
} from '../../src/archive/data-management/index.ts';
import { audit, closeBatch, keepEvidence } from '../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';

const hour = 3_600_000;

async function evidenceObjects({ context: { catalog, storage } }: OpenArchive): Promise<string[]> {
  const ids = [
    ...(await storeObjectsOfType(catalog, 'evidence-batch')),
    ...(await storeObjectsOfType(catalog, 'evidence-blinding')),
  ];
  for (const id of ids) expect(await storage.readInventory(id), id).to.not.equal(undefined);
  return ids;
}

/** An archive whose journal cannot be written to from now on, as if the process ended there. */
function stoppedAtJournal({ evidence }: OpenArchive) {
  const { storage } = evidence;
  const stop = async () => {
    throw Object.assign(new Error('the process ended here'), { code: 'ENDED' });
  };
  const active = () => storage.active().map((driver) => ({ ...driver, appendJournal: stop }));
  return { ...evidence, storage: { ...storage, active } };
}

describe('evidence whose making was cut short', function () {
  this.timeout(60_000);
  let now = Date.parse('2026-11-25T08:00:00Z');
  const clock = () => new Date(now);

  async function cleanAudit(archive: OpenArchive) {
    const { damaged, missing, extra, catalog, evidence, journal } = await audit(archive.evidence, { actor: 'auditor' });
    expect([...damaged, ...missing, ...extra, ...catalog, ...evidence]).to.deep.equal([]);
    expect(journal).to.equal('intact');
  }

  it('before its batch became binding leaves nothing behind after the next run, and all is covered once', async () => {
    const archive = await testArchive({}, clock).open();
    const { id } = await keep(archive, { 'a.txt': 'један' });
    now += 61_000;
    const waiting = await pendingState(archive.context.catalog);
    expect(await refusalOf(closeBatch(stoppedAtJournal(archive)))).to.equal('ENDED');
    expect(await pendingState(archive.context.catalog)).to.deep.equal(waiting);
    expect(await evidenceObjects(archive)).to.have.lengthOf(2);
    await cleanAudit(archive);
    await keepEvidence(archive.evidence);
    now += 2 * hour;
    await keepEvidence(archive.evidence);
    const batches = await listBatches(archive.context.catalog, { limit: 10 });
    const named = batches.flatMap((batch) => [batch.id, batch.blinding]);
    expect((await evidenceObjects(archive)).sort()).to.deep.equal(named.sort());
    expect((await findCoverage(archive.context.catalog, id, 1))?.batchId).to.be.oneOf(batches.map((one) => one.id));
    await cleanAudit(archive);
  });

  it('while the random values of a disposed record were dropped keeps none of them', async () => {
    const archive = await testArchive({}, clock).open();
    const { catalog, storage } = archive.context;
    await keep(archive, { 'a.txt': 'један' });
    const { id } = await keep(archive, { 'b.txt': 'два' });
    now += 61_000;
    await keepEvidence(archive.evidence);
    await disposeRecord(archive.context, { record: id, actor: 'archivist', decision: '14/2026' });
    const stop = async () => {
      throw Object.assign(new Error('the process ended here'), { code: 'ENDED' });
    };
    const stopped = { ...archive.evidence, storage: { ...storage, removeObject: stop } };
    expect(await refusalOf(keepEvidence(stopped))).to.equal('ENDED');
    await keepEvidence(archive.evidence);
    const batches = await listBatches(catalog, { limit: 10 });
    const kept = await storeObjectsOfType(catalog, 'evidence-blinding');
    expect(kept).to.deep.equal(batches.map(({ blinding }) => blinding).sort());
    await cleanAudit(archive);
  });
});
