import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRecords } from '../../src/archive/data-management/index.ts';
import { resumeIntakes } from '../../src/archive/ingest/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';

/** A small disk of its own, as only root can make one. */
function smallDisk(megabytes: number): { folder: string; remount(options: string): void; release(): void } | undefined {
  const folder = join(emptyFolder(), 'disk');
  mkdirSync(folder);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'trajno-test', folder]).status !== 0)
    return undefined;
  return {
    folder,
    remount: (options) => void execFileSync('mount', ['-o', `remount,${options}`, folder]),
    release: () => void spawnSync('umount', ['-l', folder]),
  };
}

describe('a location on a disk of its own', () => {
  let disk: NonNullable<ReturnType<typeof smallDisk>>;
  beforeEach(function () {
    const made = smallDisk(40);
    if (!made) return this.skip(); // not root; CI is, and fails on any skip
    disk = made;
  });
  afterEach(() => disk?.release());

  const archiveOn = (folder: string) => {
    const first = join(emptyFolder(), 'first');
    return testArchive({ TRAJNO_LOCATIONS: `first=${first},second=${join(folder, 'second')}` });
  };
  const nothingLost = async (archive: OpenArchive, ids: readonly string[]) => {
    const { records } = await findRecords(archive.context.catalog, {
      institution: 'default',
      limit: 100,
      states: ['archived', 'awaiting'],
    });
    expect(records.map(({ id }) => id)).to.include.members([...ids]);
    const report = await audit(archive.context, { actor: 'auditor' });
    expect([...report.damaged, ...report.missing, ...report.extra]).to.deep.equal([]);
    expect(report.journal).to.equal('intact');
  };

  it('that is full refuses what has no room, loses nothing, and goes on when there is room again', async () => {
    const place = archiveOn(disk.folder);
    const archive = await place.open();
    const kept = [await keep(archive, { 'a.txt': 'before' })];
    const big = Buffer.alloc(45 << 20, 'x');
    expect(await refusalOf(keep(archive, { 'big.bin': big }))).to.equal('DISK_FULL');
    expect(await archive.context.storage.listStaged()).to.deep.equal([]);
    kept.push(await keep(archive, { 'b.txt': 'after' }));
    await nothingLost(
      archive,
      kept.map(({ id }) => id),
    );
  });

  it('that fills while records are stored keeps every acknowledged one and goes on with the rest later', async () => {
    const place = archiveOn(disk.folder);
    const archive = await place.open();
    const ids: string[] = [];
    let refused = '';
    for (let n = 0; n < 40 && refused === ''; n++) {
      const work = keep(archive, { [`${n}.bin`]: Buffer.alloc(2 << 20, n) }).then(({ id }) => ids.push(id));
      refused = (await refusalOf(work).then((code) => (code === 'nothing was refused' ? '' : code))) ?? '';
    }
    expect(refused).to.equal('DISK_FULL');
    await nothingLost(archive, ids);
    disk.remount('size=400m');
    while ((await resumeIntakes(archive.context, archive.ingest, archive.isAlive)) > 0);
    ids.push((await keep(archive, { 'again.txt': 'room again' })).id);
    await nothingLost(archive, ids);
  });

  it('that turns read-only says so, and nothing is lost', async () => {
    const place = archiveOn(disk.folder);
    const archive = await place.open();
    const kept = await keep(archive, { 'a.txt': 'before' });
    disk.remount('ro');
    expect(await refusalOf(keep(archive, { 'b.txt': 'no' }))).to.equal('LOCATION_UNAVAILABLE');
    disk.remount('rw');
    const again = await keep(archive, { 'b.txt': 'yes' });
    await nothingLost(archive, [kept.id, again.id]);
  });

  it('that is unmounted is never written to in its place', async () => {
    const place = archiveOn(disk.folder);
    const archive = await place.open();
    await keep(archive, { 'a.txt': 'before' });
    disk.release();
    expect(await refusalOf(keep(archive, { 'b.txt': 'no' }))).to.equal('LOCATION_UNAVAILABLE');
    expect(readdirSync(disk.folder)).to.deep.equal([]);
  });

  it('counts as a second copy', async () => {
    const archive = await archiveOn(disk.folder).open();
    expect(await archive.context.storage.independentCopies()).to.equal(2);
  });
});
