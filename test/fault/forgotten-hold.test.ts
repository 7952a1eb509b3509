import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  executeDisposal,
  liftHold,
  placeHold,
  proposeDisposal,
  reviewDisposal,
} from '../../src/archive/administration/index.ts';
import { disposalItems, findDisposal, findRecord, listHolds } from '../../src/archive/data-management/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { catalogPlace } from '../../src/shipped.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';
import { company, office, setClock } from '../support/records-office.ts';

const hold = { owner: 'правна служба', mandate: 'П-1', reason: 'спор', reviewOn: '2090-01-01', actor: 'lawyer' };
const execution = { method: 'брисање', actor: 'b' };

/** An office whose catalog a test can put back to what it was: as a power cut leaves it, behind the journal. */
async function fragileOffice() {
  const clock = setClock('2026-02-01T09:00:00Z');
  const place = testArchive({}, clock);
  let archive = await place.open();
  const { creator } = await office(archive.context, company, { A: '1' });
  const record = await keep(archive, { 'a.txt': 'a' }, { category: 'A' });
  clock.set('2030-02-01T09:00:00Z');
  const { id: disposal } = await proposeDisposal(archive.context, { creator: creator.id, actor: 'a' });
  const minutes = { number: '1/2030', date: '2030-02-01' };
  await reviewDisposal(archive.context, { disposal, members: ['Б', 'В'], minutes, agreed: true, actor: 'b' });
  const file = catalogPlace(place.config);
  const closed = async (work: () => void) => {
    await archive.close();
    work();
    archive = await place.open();
  };
  await closed(() => copyFileSync(file, `${file}.before`));
  return {
    place,
    clock,
    record,
    disposal,
    now: () => archive,
    close: () => archive.close(),
    losePowerOfCatalog: () =>
      closed(() => {
        for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
        copyFileSync(`${file}.before`, file);
      }),
  };
}

describe('a power cut in a records office', () => {
  it('forgets no hold that was acknowledged', async () => {
    const { now, losePowerOfCatalog, record, disposal } = await fragileOffice();
    const placed = await placeHold(now().context, { ...hold, scope: 'record', target: record.id });
    await losePowerOfCatalog();
    const { context } = now();
    expect((await listHolds(context.catalog, 'default')).map(({ id }) => id)).to.deep.equal([placed.id]);
    const done = await executeDisposal(context, { ...execution, disposal });
    expect(done).to.deep.include({ destroyed: 0 });
    expect(done.leftOut[0]).to.include({ record: record.id, code: 'UNDER_LEGAL_HOLD' });
    expect(await context.storage.readInventory(record.id)).to.not.equal(undefined);
  });

  it('destroys to the end what was destroyed in the journal and not in the locations', async () => {
    const { now, losePowerOfCatalog, record, disposal } = await fragileOffice();
    const { context } = now();
    const storage = {
      ...context.storage,
      removeObject: async () => {
        throw new Error('the power went');
      },
    };
    expect(await refusalOf(executeDisposal({ ...context, storage }, { ...execution, disposal }))).to.match(/power/);
    await losePowerOfCatalog();
    const again = now().context;
    expect((await findRecord(again.catalog, 'default', record.id))?.state).to.equal('disposed');
    expect((await disposalItems(again.catalog, disposal))[0]?.state).to.equal('disposed');
    const done = await executeDisposal(again, { ...execution, disposal });
    expect(done).to.deep.include({ destroyed: 1, pending: [] });
    expect(await again.storage.readInventory(record.id)).to.equal(undefined);
    expect((await findDisposal(again.catalog, 'default', disposal))?.state).to.equal('completed');
  });

  it('lets nobody rebuild from a location whose act of a hold was altered, and does from another', async () => {
    const { now, place, clock, record, close } = await fragileOffice();
    const lifted = await placeHold(now().context, { ...hold, scope: 'record', target: record.id });
    await liftHold(now().context, { hold: lifted.id, reason: 'r', actor: 'lawyer' });
    const placed = await placeHold(now().context, { ...hold, scope: 'record', target: record.id });
    await close();
    const root = place.store('first');
    const acts = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('act.json'));
    const [act] = acts.filter((path) => path.includes(placed.id.split(':').at(-1) ?? ''));
    const path = join(root, String(act));
    writeFileSync(path, readFileSync(path, 'utf8').replace(record.id, 'urn:uuid:none'));
    for (const end of ['', '-wal', '-shm']) rmSync(`${catalogPlace(place.config)}${end}`, { force: true });
    const from = (location: string) => rebuildFrom(place.config, clock, location, () => {});
    expect(await refusalOf(from('first'))).to.equal('LOCATION_CORRUPT');
    expect((await from('second')).unreadable).to.deep.equal([]);
    const again = await place.open();
    expect((await listHolds(again.context.catalog, 'default')).map(({ id }) => id)).to.deep.equal([placed.id]);
  });
});
