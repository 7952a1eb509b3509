import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listEntries, readHead } from '../../src/archive/data-management/index.ts';
import { closeBatch } from '../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, testArchive } from '../support/archive.ts';

describe('a drill', function () {
  this.timeout(60_000);
  const place = testArchive();
  let archive: OpenArchive;
  const ids: string[] = [];
  const partsOf = async () => {
    const { parts, outcome } = await archive.drill('operator', () => {});
    return { outcome, by: Object.fromEntries(parts.map((part) => [part.part, part])) };
  };

  before(async () => {
    archive = await place.open();
    for (let number = 0; number < 3; number++) ids.push((await keep(archive, { [`${number}.txt`]: `${number}` })).id);
    await closeBatch(archive.evidence);
  });

  it('restores, rebuilds, exports and verifies, and changes nothing but that the journal tells of it', async () => {
    const before = await readHead(archive.context.catalog);
    const { outcome, by } = await partsOf();
    expect(outcome, JSON.stringify(by)).to.equal('passed');
    expect(by.backup?.facts.entries).to.equal(before.sequence);
    expect(by.rebuild?.facts).to.include({ entries: before.sequence, unreadable: 0 });
    expect(by.export?.facts.records).to.equal(3);
    expect((await readHead(archive.context.catalog)).sequence).to.equal(before.sequence + 1);
    const [entry] = await listEntries(archive.context.catalog, { institution: 'default', limit: 1 });
    expect([entry?.type, entry?.detail.outcome]).to.deep.equal(['drill.finished', 'passed']);
    expect(
      readdirSync(join(place.config.dataFolder, 'drills')),
      'keys and documents are not left behind',
    ).to.deep.equal([]);
    expect(await archive.context.catalog('settings').where({ name: 'rebuild-unconfirmed' })).to.deep.equal([]);
  });

  it('fails where an export would not verify, and says which', async () => {
    for (const location of ['first', 'second']) {
      const object = join(
        place.store(location),
        objectPath(ids[0] ?? ''),
        'v1/content/representations/original/data/0.txt',
      );
      expect(existsSync(object)).to.equal(true);
      writeFileSync(object, 'X');
    }
    const { outcome, by } = await partsOf();
    expect([outcome, by.export?.outcome, by.backup?.outcome]).to.deep.equal(['failed', 'failed', 'passed']);
    expect(by.export?.reason).to.not.equal(undefined);
  });

  it('fails where the location’s journal is not whole', async () => {
    const open = join(place.store('first'), '../journal/open.jsonl');
    const lines = readFileSync(open, 'utf8').split('\n');
    lines.splice(2, 1);
    writeFileSync(open, lines.join('\n'));
    const { by } = await partsOf();
    expect(by.rebuild?.outcome).to.equal('failed');
  });
});
