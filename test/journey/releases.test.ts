import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRecords, openCatalog } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { readRecordDescription } from '../../src/archive/packaging/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { refusalOf, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';

const golden = join(import.meta.dirname, '../golden');
const releases = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^[0-9]/.test(entry.name))
  .map(({ name }) => name);

for (const release of releases)
  describe(`what release ${release} left`, () => {
    const placed = () => {
      const location = join(emptyFolder(), 'only');
      cpSync(join(golden, release, 'location'), location, { recursive: true });
      const place = testArchive({ TRAJNO_LOCATIONS: `only=${location}` });
      mkdirSync(place.config.dataFolder, { recursive: true });
      return place;
    };
    const isWhole = async (place: ReturnType<typeof testArchive>) => {
      const { context, close } = await place.open();
      const { records } = await findRecords(context.catalog, { institution: 'default', limit: 10 });
      expect(records.map(({ number, state, version }) => [number, state, version])).to.deep.equal([
        ['2026-000002', 'awaiting', 1],
        ['2026-000001', 'archived', 2],
      ]);
      const [, contract] = records;
      expect((await readRecordDescription(context.storage, contract?.id ?? '', 1))?.title).to.equal('Уговор о делу');
      const found = await findRecords(context.catalog, { institution: 'default', text: 'ugovor', limit: 10 });
      expect(found.records).to.have.length(1);
      const report = await audit(context, { actor: 'auditor' });
      expect([...report.damaged, ...report.missing, ...report.extra, ...report.catalog]).to.deep.equal([]);
      expect(report.journal).to.equal('intact');
      const amended = await amendRecord(context, {
        record: contract?.id ?? '',
        actor: 'officer',
        reason: 'goes on',
        title: 'Novi naslov',
      });
      expect(amended.version).to.equal(3);
      await close();
    };

    it('opens with its own catalog, migrated, and goes on', async () => {
      const place = placed();
      cpSync(join(golden, release, 'catalog.sqlite'), join(place.config.dataFolder, 'catalog.sqlite'));
      await isWhole(place);
    });

    it('opens by a rebuild from its store alone, and goes on', async () => {
      const place = placed();
      await rebuildFrom(place.config, place.clock, undefined, () => {});
      await isWhole(place);
    });

    it('has a catalog that is migrated to the same schema as a new one', async () => {
      const file = join(emptyFolder(), 'catalog.sqlite');
      cpSync(join(golden, release, 'catalog.sqlite'), file);
      const [migrated, fresh] = [await openCatalog(file), await openCatalog(join(emptyFolder(), 'new.sqlite'))];
      const schema = (catalog: typeof fresh) =>
        catalog.raw('SELECT type, name, sql FROM sqlite_master ORDER BY type, name');
      expect(await schema(migrated)).to.deep.equal(await schema(fresh));
      await Promise.all([migrated.destroy(), fresh.destroy()]);
    });
  });

describe('a catalog that a newer program has used', () => {
  it('is refused, and left as it is', async () => {
    const file = join(emptyFolder(), 'catalog.sqlite');
    const catalog = await openCatalog(file);
    await catalog('knex_migrations').insert({ name: '9999-from-the-future', batch: 9, migration_time: new Date() });
    await catalog.destroy();
    expect(await refusalOf(openCatalog(file))).to.equal('STORE_TOO_NEW');
  });
});
