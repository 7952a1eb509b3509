import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bringBack, disposeRecord, markCatchingUp } from '../../src/archive/administration/index.ts';
import { copiesOf, findRecord } from '../../src/archive/data-management/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, refusalOf, testArchive } from '../support/archive.ts';

describe('a location that goes away and comes back', () => {
  it('stops the day until a person decides, and then no longer', async () => {
    const place = testArchive();
    const archive = await place.open();
    await keep(archive, { 'a.txt': 'a' });
    const folder = join(place.store('second'), '..');
    renameSync(folder, `${folder}-away`);
    expect(await refusalOf(keep(archive, { 'b.txt': 'b' }))).to.equal('LOCATION_UNAVAILABLE');
    await markCatchingUp(archive.context, 'second', 'operator', 'disk died');
    const record = await keep(archive, { 'b.txt': 'b' });
    expect(record.state).to.equal('archived');
    expect((await copiesOf(archive.context.catalog, record.id)).map(({ location }) => location)).to.deep.equal([
      'first',
    ]);
    expect(await refusalOf(markCatchingUp(archive.context, 'first', 'operator', 'both'))).to.equal('STATE_CONFLICT');
    renameSync(`${folder}-away`, folder);
    expect(await bringBack(archive.context, 'second', 'operator')).to.be.at.least(1);
    expect(existsSync(join(place.store('second'), objectPath(record.id), 'inventory.json'))).to.equal(true);
    const report = await audit(archive.context, { actor: 'auditor' });
    expect([...report.damaged, ...report.missing, ...report.extra]).to.deep.equal([]);
    expect(report.journal).to.equal('intact');
  });

  it('does not bring back what was destroyed meanwhile: not by its return, an audit, a repair or a rebuild', async () => {
    const place = testArchive();
    let archive = await place.open();
    const gone = await keep(archive, { 'gone.txt': 'destroy me' });
    const kept = await keep(archive, { 'kept.txt': 'keep me' });
    await markCatchingUp(archive.context, 'second', 'operator', 'in the safe');
    await disposeRecord(archive.context, { record: gone.id, actor: 'archivist', decision: '77/2026' });
    const at = (location: string, id: string) => existsSync(join(place.store(location), objectPath(id)));
    expect([at('first', gone.id), at('second', gone.id)]).to.deep.equal([false, true]);
    await bringBack(archive.context, 'second', 'operator');
    expect(at('second', gone.id)).to.equal(false);

    // A copy that turns up again, as from an old backup of a disk.
    cpSync(join(place.store('second'), objectPath(kept.id)), join(place.store('second'), objectPath(gone.id)), {
      recursive: true,
    });
    const report = await audit(archive.context, { actor: 'auditor' });
    expect(report.extra.map(({ cause, repaired }) => [cause, repaired])).to.deep.equal([['DISPOSED_OBJECT', true]]);
    expect([at('first', gone.id), at('second', gone.id)]).to.deep.equal([false, false]);
    await archive.close();

    cpSync(join(place.store('second'), objectPath(kept.id)), join(place.store('second'), objectPath(gone.id)), {
      recursive: true,
    });
    rmSync(join(place.config.dataFolder, 'catalog.sqlite'));
    await rebuildFrom(place.config, place.clock, 'second', () => {});
    archive = await place.open();
    expect((await findRecord(archive.context.catalog, 'default', gone.id))?.state).to.equal('disposed');
    await audit(archive.context, { actor: 'auditor' });
    expect([at('first', gone.id), at('second', gone.id)]).to.deep.equal([false, false]);
    expect([at('first', kept.id), at('second', kept.id)]).to.deep.equal([true, true]);
  });

  it('is followed by another process that has the archive open', async () => {
    const place = testArchive();
    const serving = await place.open();
    const command = await place.open();
    await markCatchingUp(command.context, 'second', 'operator', 'maintenance');
    const one = await keep(serving, { 'one.txt': '1' });
    expect((await copiesOf(serving.context.catalog, one.id)).map(({ location }) => location)).to.deep.equal(['first']);
    await bringBack(command.context, 'second', 'operator');
    const two = await keep(serving, { 'two.txt': '2' });
    expect((await copiesOf(serving.context.catalog, two.id)).map(({ location }) => location)).to.deep.equal([
      'first',
      'second',
    ]);
    const report = await audit(command.context, { actor: 'auditor' });
    expect([...report.damaged, ...report.missing, ...report.extra]).to.deep.equal([]);
  });

  it('counts two folders on one device as one copy', async () => {
    const { context } = await testArchive().open();
    expect(await context.storage.independentCopies()).to.equal(1);
  });

  it('is refused when it is another store, or empty, or written by a newer program', async () => {
    const place = testArchive();
    const archive = await place.open();
    await keep(archive, { 'a.txt': 'a' });
    await archive.close();
    const file = join(place.store('second'), 'trajno-store.json');
    const store = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...store, format: 99 }));
    expect(await refusalOf(place.open())).to.equal('STORE_TOO_NEW');
    writeFileSync(file, JSON.stringify({ ...store, identity: 'someone else' }));
    expect(await refusalOf(place.open())).to.equal('LOCATION_UNAVAILABLE');
    rmSync(join(place.store('second'), '..'), { recursive: true });
    expect(await refusalOf(place.open())).to.equal('LOCATION_UNAVAILABLE');
  });
});
