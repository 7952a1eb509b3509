/**
 * Makes the golden store and catalog of this release: what later releases must open. Run once for a release, by
 * `npx tsx test/golden/make-golden.ts NAME`, and committed; never made again for one that is out.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import { backUp } from '../../src/restore.ts';
import { keep, offer } from '../support/archive.ts';
import { tickingClock } from '../support/clock.ts';

const name = process.argv[2] ?? 'unreleased';
const target = join(import.meta.dirname, name);
const data = join(target, 'data');
rmSync(target, { recursive: true, force: true });
const config = readConfig({ TRAJNO_DATA: data, TRAJNO_LOCATIONS: `only=${join(data, 'only')}` });
const clock = tickingClock();
const archive = await openArchive(config, clock);
const record = await keep(archive, { 'Уговор.txt': 'Садржај уговора.\n' }, { title: 'Уговор о делу', category: 'K-1' });
await amendRecord(archive.context, {
  record: record.id,
  actor: 'officer',
  reason: 'annex',
  files: offer({ 'aneks.txt': 'Aneks.\n' }),
});
await keep(archive, { 'beleška.txt': 'Bez kategorije.\n' }, {});
await archive.close();
await backUp(config, clock, join(target, 'backup'));
cpSync(join(target, 'backup/catalog.sqlite'), join(target, 'catalog.sqlite'));
cpSync(join(data, 'only'), join(target, 'location'), { recursive: true });
for (const folder of ['data', 'backup', 'location/staging', 'location/set-aside'])
  rmSync(join(target, folder), { recursive: true, force: true });
