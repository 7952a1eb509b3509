import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { markCatchingUp } from '../../src/archive/administration/index.ts';
import { findRecord } from '../../src/archive/data-management/index.ts';
import { type AuditReport, audit } from '../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, refusalOf, type TestArchive, testArchive } from '../support/archive.ts';
import { describeOnEach } from '../support/postgres.ts';

describeOnEach('an audit', (dialect) => {
  let place: TestArchive;
  let archive: OpenArchive;
  let ids: string[];
  beforeEach(async () => {
    place = testArchive(await dialect.environment());
    archive = await place.open();
    const records = await Promise.all(
      [1, 2, 3].map((n) => keep(archive, { [`file ${n}.txt`]: `content ${n}`, 'second.txt': `more ${n}` })),
    );
    ids = records.map(({ id }) => id);
  });
  afterEach(() => archive.close());

  const run = () => audit(archive.context, { actor: 'auditor' });
  const object = (location: string, id: string, path = '') => join(place.store(location), objectPath(id), path);
  const data = 'v1/content/representations/original/data';
  const found = ({ damaged, missing, extra }: AuditReport) =>
    [...damaged, ...missing, ...extra].map(({ kind, location, path, cause, repaired }) => [
      kind,
      location,
      path,
      cause,
      repaired,
    ]);
  const isClean = async () => {
    const report = await run();
    expect(found(report)).to.deep.equal([]);
    expect(report.catalog).to.deep.equal([]);
    expect(report.journal).to.equal('intact');
  };

  it('finds nothing in a healthy archive and reads every copy of it', async () => {
    const report = await run();
    expect(found(report)).to.deep.equal([]);
    expect(report.copies).to.be.at.least(6);
    expect(report.journal).to.equal('intact');
    await isClean();
  });

  it('finds one flipped bit in any file of a copy, and repairs it', async () => {
    const [id = ''] = ids;
    for (const path of [
      `${data}/file 1.txt`,
      'v1/content/METS.xml',
      'v1/content/metadata/preservation/premis.xml',
      'v1/content/metadata/other/record.json',
      'inventory.json',
      'inventory.json.sha512',
      'v1/inventory.json',
      'v1/inventory.json.sha512',
      '0=ocfl_object_1.1',
    ]) {
      const file = object('second', id, path);
      const healthy = readFileSync(file);
      const flipped = Buffer.from(healthy);
      flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, flipped);
      const report = await run();
      expect(report.damaged.map((finding) => [finding.location, finding.path, finding.repaired])).to.deep.equal([
        ['second', path, true],
      ]);
      expect(readFileSync(file).equals(healthy), path).to.equal(true);
    }
    await isClean();
  });

  it('finds that the files which make a folder a storage root were altered, and writes them anew', async () => {
    for (const path of ['trajno-store.json', 'ocfl_layout.json', '0=ocfl_1.1']) {
      const file = join(place.store('second'), path);
      const healthy = readFileSync(file);
      writeFileSync(file, 'туђе');
      expect(found(await run())).to.deep.equal([['damaged', 'second', path, 'DIGEST_DIFFERS', true]]);
      expect(readFileSync(file).equals(healthy), path).to.equal(true);
    }
    await isClean();
  });

  it('tells file, expected and found digest, and keeps the damaged file aside', async () => {
    const [id = ''] = ids;
    writeFileSync(object('first', id, `${data}/file 1.txt`), 'forged');
    const [finding] = (await run()).damaged;
    const record = await findRecord(archive.context.catalog, 'default', id);
    expect(finding?.expected).to.equal(record?.files[0]?.sha512);
    expect(finding?.found)
      .to.match(/^[0-9a-f]{128}$/)
      .and.not.equal(finding?.expected);
  });

  it('brings back missing files and whole objects', async () => {
    rmSync(object('first', ids[0] ?? '', `${data}/file 1.txt`));
    rmSync(object('second', ids[1] ?? ''), { recursive: true });
    const report = await run();
    expect(found(report)).to.have.deep.members([
      ['missing', 'first', `${data}/file 1.txt`, 'FILE_MISSING', true],
      ['missing', 'second', objectPath(ids[1] ?? ''), 'OBJECT_MISSING', true],
    ]);
    await isClean();
  });

  it('takes out what does not belong: files in an object, between objects, whole objects', async () => {
    writeFileSync(object('first', ids[0] ?? '', 'v1/content/planted.txt'), 'x');
    writeFileSync(join(dirname(object('first', ids[0] ?? '')), 'stray.txt'), 'x');
    const stranger = 'urn:uuid:01890a5d-ac96-7b3c-8d5e-000000000001';
    mkdirSync(dirname(object('second', stranger)), { recursive: true });
    cpSync(object('second', ids[1] ?? ''), object('second', stranger), { recursive: true });
    const report = await run();
    expect(report.extra.map(({ cause, repaired }) => [cause, repaired])).to.have.deep.members([
      ['FILE_NOT_IN_INVENTORY', true],
      ['UNKNOWN_OBJECT', true],
      ['UNKNOWN_OBJECT', true],
    ]);
    expect(emptyFolders(place.store('first')), 'OCFL E073').to.deep.equal([]);
    expect(emptyFolders(place.store('second')), 'OCFL E073').to.deep.equal([]);
    await isClean();
  });

  it('finds two objects that changed places', async () => {
    const [one = '', other = ''] = ids;
    const aside = join(place.store('first'), '..', 'aside');
    renameSync(object('first', one), aside);
    renameSync(object('first', other), object('first', one));
    renameSync(aside, object('first', other));
    const report = await run();
    expect(new Set(report.damaged.map(({ aip }) => aip))).to.deep.equal(new Set([one, other]));
    await isClean();
  });

  it('finds an inventory that was rewritten to fit a forged file', async () => {
    const [id = ''] = ids;
    const inventory = readFileSync(object('first', id, 'inventory.json'), 'utf8');
    const record = await findRecord(archive.context.catalog, 'default', id);
    const forged = createHash('sha512').update('forged').digest('hex');
    const rewritten = inventory.replaceAll(record?.files[0]?.sha512 ?? 'none', forged);
    writeFileSync(object('first', id, `${data}/file 1.txt`), 'forged');
    for (const folder of ['', 'v1/']) {
      writeFileSync(object('first', id, `${folder}inventory.json`), rewritten);
      const digest = createHash('sha512').update(rewritten).digest('hex');
      writeFileSync(object('first', id, `${folder}inventory.json.sha512`), `${digest} inventory.json\n`);
    }
    const report = await run();
    expect(report.damaged.map(({ path }) => path)).to.include.members(['inventory.json', `${data}/file 1.txt`]);
    expect(report.damaged.every(({ repaired }) => repaired)).to.equal(true);
    await isClean();
  });

  it('says so when no healthy copy is left, and goes on saying it', async () => {
    const [id = ''] = ids;
    for (const location of ['first', 'second'])
      writeFileSync(object(location, id, `${data}/file 1.txt`), `forged in ${location}`);
    for (let time = 0; time < 2; time++) {
      const report = await run();
      expect(report.damaged.map(({ location, repaired }) => [location, repaired])).to.have.deep.members([
        ['first', false],
        ['second', false],
      ]);
    }
  });

  it('finds an edited catalog row and puts it right from the store', async () => {
    const [id = ''] = ids;
    await archive.context.catalog('records').where({ id }).update({ title: 'edited behind our back' });
    await archive.context
      .catalog('files')
      .where({ record_id: ids[1] ?? '', number: 0 })
      .update({ sha256: '0'.repeat(64) });
    await archive.context.catalog('signatures').where({ record_id: id }).delete();
    const report = await run();
    expect(report.catalog.map(({ aip, repaired }) => [aip, repaired])).to.have.deep.members([
      [id, true],
      [ids[1], true],
    ]);
    expect((await findRecord(archive.context.catalog, 'default', id))?.title).to.equal('file 1.txt');
    await isClean();
  });

  it('finds nothing where a title holds what no database can keep', async () => {
    const { id } = await keep(archive, { 'a.txt': 'a' }, { title: 'a\0b\ud800c', category: 'K-1' });
    await isClean();
    expect((await findRecord(archive.context.catalog, 'default', id))?.title).to.equal('a\ufffdb\ufffdc');
  });

  it('finds an edited row of the journal’s index, and an edited line in a location', async () => {
    const { catalog } = archive.context;
    const row = await catalog('journal').where({ type: 'record.archived' }).first();
    await catalog('journal').where({ sequence: row.sequence }).update({ actor: 'somebody else' });
    expect((await run()).journal).to.contain(`entry ${row.sequence} was altered`);
    await catalog('journal').where({ sequence: row.sequence }).update({ actor: row.actor });
    const file = join(place.store('second'), '../journal/open.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"actor":"officer"', '"actor":"offices"'));
    expect((await run()).journal).to.match(/was altered/);
  });

  it('refuses to call an archive whole when the location asked for is not read', async () => {
    await markCatchingUp(archive.context, 'second', 'operator', 'disk away');
    expect(await refusalOf(audit(archive.context, { actor: 'auditor', location: 'second' }))).to.equal(
      'LOCATION_UNAVAILABLE',
    );
  });
});

function emptyFolders(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((folder) => readdirSync(folder).length === 0);
}
