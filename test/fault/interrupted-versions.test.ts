import { rmSync } from 'node:fs';
import { expect } from 'chai';
import type { LocationDriver } from '../../src/archive/archival-storage/index.ts';
import { findRecord } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { readRecordDescription } from '../../src/archive/packaging/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';

/** The driver with one call that fails from now on, after it did its work or instead of it. */
function failing(driver: LocationDriver, call: 'placeVersion' | 'appendJournal', done: boolean): LocationDriver {
  return {
    ...driver,
    [call]: async (argument: never) => {
      if (done) await (driver[call] as (one: never) => Promise<unknown>)(argument);
      throw new Error('the machine stopped here');
    },
  };
}

for (const [call, done, locations] of [
  ['placeVersion', false, 'second'],
  ['placeVersion', true, 'second'],
  ['placeVersion', true, 'first'],
] as const)
  describe(`a correction that stops ${done ? 'after' : 'at'} ${call} in the ${locations} location`, () => {
    const place = testArchive();
    let id: string;
    before(async () => {
      const archive = await place.open();
      id = (await keep(archive, { 'a.txt': 'one' }, { title: 'acknowledged', category: 'K-1' })).id;
      await archive.close();
      const broken = await place.open((driver) =>
        driver.description.name === locations ? failing(driver, call, done) : driver,
      );
      const work = amendRecord(broken.context, {
        record: id,
        actor: 'officer',
        reason: 'lost',
        title: 'never acknowledged',
      });
      expect(await refusalOf(work)).to.contain('the machine stopped here');
      await broken.close();
    });

    it('leaves the acknowledged version in force', async () => {
      const archive = await place.open();
      const record = await findRecord(archive.context.catalog, 'default', id);
      expect([record?.version, record?.title]).to.deep.equal([1, 'acknowledged']);
      await archive.close();
    });

    it('is cleared away by an audit, whatever it left', async () => {
      const archive = await place.open();
      await audit(archive.context, { actor: 'auditor' });
      const again = await audit(archive.context, { actor: 'auditor' });
      expect([...again.damaged, ...again.missing, ...again.extra]).to.deep.equal([]);
      await archive.close();
    });

    it('gives way to the next correction', async () => {
      const archive = await place.open();
      const amended = await amendRecord(archive.context, {
        record: id,
        actor: 'officer',
        reason: 'again',
        title: 'second try',
      });
      expect(amended).to.include({ version: 2, title: 'second try' });
      expect((await readRecordDescription(archive.context.storage, id, 2))?.title).to.equal('second try');
      expect((await readRecordDescription(archive.context.storage, id, 1))?.title).to.equal('acknowledged');
      const report = await audit(archive.context, { actor: 'auditor' });
      expect([...report.damaged, ...report.missing, ...report.extra]).to.deep.equal([]);
      await archive.close();
    });

    after(() => rmSync(place.config.dataFolder, { recursive: true }));
  });

describe('a correction whose journal entry reached one location only', () => {
  it('is binding or not at all, the same everywhere', async () => {
    const place = testArchive();
    const archive = await place.open();
    const { id } = await keep(archive, { 'a.txt': 'one' }, { title: 'before', category: 'K-1' });
    await archive.close();
    const broken = await place.open((driver) =>
      driver.description.name === 'first' ? failing(driver, 'appendJournal', false) : driver,
    );
    const work = amendRecord(broken.context, { record: id, actor: 'officer', reason: 'in doubt', title: 'after' });
    expect(await refusalOf(work)).to.contain('the machine stopped here');
    await broken.close();
    const again = await place.open();
    const record = await findRecord(again.context.catalog, 'default', id);
    const description = await readRecordDescription(again.context.storage, id, record?.version ?? 0);
    expect(description?.title).to.equal(record?.title);
    const report = await audit(again.context, { actor: 'auditor' });
    expect(report.journal).to.equal('intact');
    expect([...report.damaged, ...report.missing, ...report.extra, ...report.catalog]).to.deep.equal([]);
  });
});
