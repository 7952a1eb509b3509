import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { copiesOf, oldestCopies, storeObjectsOfType } from '../../src/archive/data-management/index.ts';
import {
  audit,
  checkFixity,
  type FixityPolicy,
  isPaused,
  keepEvidence,
  queueFixity,
} from '../../src/archive/preservation/index.ts';
import { readConfig } from '../../src/config.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';

const day = 86_400_000;
const policy: FixityPolicy = { periodDays: 10, pauses: [] };

describe('fixity checks by themselves', function () {
  this.timeout(60_000);
  let now: number;
  const clock = () => new Date(now);
  beforeEach(() => {
    now = Date.parse('2026-11-25T08:00:00Z');
  });

  it('read every copy within the period, those that wait longest first, a few at a time', async () => {
    const archive = await testArchive({}, clock).open();
    const { catalog } = archive.context;
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      ids.push((await keep(archive, { 'a.txt': `текст ${n}` })).id);
      now += 60_000;
    }
    now += 6 * day;
    const waiting = await oldestCopies(catalog, 'first', clock().toISOString(), 100);
    const { copies, damaged } = await checkFixity(archive.context, policy);
    expect([copies, damaged]).to.deep.equal([2, 0]);
    const still = await oldestCopies(catalog, 'first', clock().toISOString(), 100);
    expect(still).to.deep.equal(waiting.slice(1));
    for (let turn = 1; turn < waiting.length; turn++) await checkFixity(archive.context, policy);
    for (const id of [...ids, ...waiting])
      for (const { verifiedAt = '' } of await copiesOf(catalog, id)) expect(Date.parse(verifiedAt)).to.equal(now);
    expect(await checkFixity(archive.context, policy)).to.include({ copies: 0 });
  });

  it('read the journal, evidence and reports as well, which are no records', async () => {
    const place = testArchive({}, clock);
    const archive = await place.open();
    await keep(archive, { 'a.txt': 'текст' });
    now += 60 * 60_000;
    await keepEvidence(archive.evidence);
    const { id } = await audit(archive.context, { actor: 'auditor' });
    const file = join(place.store('first'), objectPath(id), 'v1/content/report.json');
    writeFileSync(file, 'оштећено');
    now += 6 * day;
    for (let turn = 0; turn < 40; turn++) await checkFixity(archive.context, policy);
    expect(JSON.parse(readFileSync(file, 'utf8')).id).to.equal(id);
    const objects = (await storeObjectsOfType(archive.context.catalog, 'evidence-batch')).concat(id);
    for (const object of objects)
      expect(
        (await copiesOf(archive.context.catalog, object)).map(({ verifiedAt }) => Date.parse(verifiedAt ?? '')),
      ).to.deep.equal([now, now]);
  });

  it('repair what the other location has', async () => {
    const place = testArchive({}, clock);
    const archive = await place.open();
    const { id } = await keep(archive, { 'a.txt': 'текст' });
    const file = join(place.store('second'), objectPath(id), 'v1/content/METS.xml');
    const healthy = readFileSync(file);
    writeFileSync(file, 'оштећено');
    now += 6 * day;
    let found = await checkFixity(archive.context, policy);
    while (found.copies > 0 && found.damaged === 0) found = await checkFixity(archive.context, policy);
    expect(found).to.include({ damaged: 1, repaired: 1 });
    expect(readFileSync(file).equals(healthy)).to.equal(true);
  });

  it('keep to the bytes a second that they may read', async () => {
    const archive = await testArchive({}, clock).open();
    await keep(archive, { 'a.txt': 'x'.repeat(100_000) });
    now += 6 * day;
    const started = performance.now();
    const { bytes } = await checkFixity(archive.context, { ...policy, bytesPerSecond: 400_000 });
    expect(performance.now() - started).to.be.at.least((bytes / 400_000) * 1000 * 0.9);
  });

  it('are queued every quarter of an hour, and not in the hours that are kept free', async () => {
    const archive = await testArchive({}, clock).open();
    const queue = (pauses: readonly string[] = []) => queueFixity(archive.context, { ...policy, pauses });
    expect(await queue(['08:00-16:00'])).to.equal(undefined); // 09:00 in Belgrade
    expect(await queue()).to.be.a('string');
    expect(await queue()).to.equal(undefined);
    now += 16 * 60_000;
    expect(await queue(), 'the one before still waits').to.equal(undefined);
  });

  it('know hours that go over midnight, in summer as in winter', () => {
    expect(isPaused(['22:00-06:00'], new Date('2026-07-01T21:00:00Z'))).to.equal(true); // 23:00 in summer
    expect(isPaused(['22:00-06:00'], new Date('2026-12-01T20:30:00Z'))).to.equal(false); // 21:30 in winter
    expect(isPaused(['22:00-06:00'], new Date('2026-12-01T21:30:00Z'))).to.equal(true);
    expect(() => isPaused(['evening'], clock())).to.throw(/time of day/);
    expect(isPaused(['22:00-24:00'], new Date('2026-12-01T22:59:00Z'))).to.equal(true);
    expect(isPaused(['22:00-24:00'], new Date('2026-12-01T23:00:00Z'))).to.equal(false); // midnight
  });

  it('are not begun with hours that are none: the configuration is refused', () => {
    const folder = emptyFolder();
    const config = (pauses: string[]) => {
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ fixity: { pauses } }));
      return readConfig({ TRAJNO_DATA: folder });
    };
    expect(config(['22:00-06:00']).fixity.pauses).to.deep.equal(['22:00-06:00']);
    expect(() => config(['22:00-06:00', 'evening'])).to.throw(/time of day/);
  });
});
