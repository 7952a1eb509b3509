import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { authenticate, issueApiToken } from '../../src/archive/administration/index.ts';
import { findRecord } from '../../src/archive/data-management/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { backUp } from '../../src/restore.ts';
import { keep, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';
import { describeOnEach } from '../support/postgres.ts';

describeOnEach('a backup, and the drill of restoring it', (dialect) => {
  it('brings back catalog, tokens and the seal’s keys beside the locations, and catches up with what came after it', async () => {
    const place = testArchive(await dialect.environment());
    const { dataFolder, database } = place.config;
    const archive = await place.open();
    const before = await keep(archive, { 'before.txt': 'before the backup' });
    const token = await issueApiToken(archive.context, 'script', 'officer');
    const [anchor] = await archive.ownAnchors();
    const to = join(emptyFolder(), 'backup');
    const written = await backUp(place.config, place.clock, to);
    expect(written).to.include(join(to, database ? 'catalog.dump' : 'catalog.sqlite'));
    expect(readdirSync(join(to, 'keys')).length).to.be.at.least(1);
    const after = await keep(archive, { 'after.txt': 'after the backup' });
    await archive.close();

    await dialect.loseCatalog(place.config);
    for (const name of readdirSync(dataFolder))
      if (name !== 'locations') rmSync(join(dataFolder, name), { recursive: true });
    for (const name of readdirSync(to)) cpSync(join(to, name), join(dataFolder, name), { recursive: true });
    if (database) execFileSync('pg_restore', [`--dbname=${database}`, join(dataFolder, 'catalog.dump')]);

    const restored = await place.open();
    for (const { id } of [before, after])
      expect((await findRecord(restored.context.catalog, 'default', id))?.state).to.equal('archived');
    expect((await authenticate(restored.context, token, 'api'))?.name).to.equal('script');
    expect((await restored.ownAnchors())[0]?.pem).to.equal(anchor?.pem);
    const report = await audit(restored.context, { actor: 'auditor' });
    expect([...report.damaged, ...report.missing, ...report.extra, ...report.catalog]).to.deep.equal([]);
    expect(report.journal).to.equal('intact');
  });

  it('holds nothing of the store, and keys that only their owner may read', async () => {
    const place = testArchive(await dialect.environment());
    const archive = await place.open();
    await keep(archive, { 'secret content.txt': 'the content of a record' }, { profile: 'general', category: 'K' });
    await archive.ownAnchors();
    const to = join(emptyFolder(), 'backup');
    const written = await backUp(place.config, place.clock, to);
    for (const path of written) {
      if (path.includes('/keys/')) expect(statSync(path).mode & 0o077, path).to.equal(0);
      if (!/catalog\.(sqlite|dump)$/.test(path))
        expect(readFileSync(path, 'latin1')).to.not.contain('the content of a record');
    }
  });
});
