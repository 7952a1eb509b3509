/**
 * Makes an archive as it is used, for the foreign validators to read: real documents of the corpus (or samples, where there
 * is none) taken in, corrected, given further files, damaged and repaired, a record destroyed, the catalog rebuilt. Leaves both
 * storage roots and, of every record, an exported package: folders, ZIPs and TARs in turn.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportRecord, makeDip, writePackageFiles } from '../../src/archive/access/index.ts';
import { disposeRecord } from '../../src/archive/administration/index.ts';
import type { CatalogRecord } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { closeJournalSegment } from '../../src/archive/packaging/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { readConfig } from '../../src/config.ts';
import { sampleDocuments } from '../../src/demo/index.ts';
import { openArchive } from '../../src/open-archive.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { bagFiles, below } from '../support/bag.ts';
import { sipFiles } from '../support/sip.ts';
import { zipArchive } from '../support/zip-archive.ts';

const target = process.argv[2] ?? '.foreign/made/archive';
const documents = 48;
const corpus = '../shared/corpus/signatures/files';

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const config = readConfig({ TRAJNO_DATA: join(target, 'data'), TRAJNO_ONLINE: 'no' });
let now = Date.parse('2026-11-24T12:00:00Z');
const clock = () => {
  now += 1000;
  return new Date(now);
};

const archive = await openArchive(config, clock);
const { context } = archive;
const records: CatalogRecord[] = [];
for (const files of await submissions()) {
  const offered = files.map(({ name, bytes }) => ({ name, source: once(bytes) }));
  const metadata = {
    profile: records.length === 0 ? 'contract' : 'general',
    category: 'K-1',
    title: `Предмет ${records.length + 1}`,
  };
  const { submission, intake } = await archive.ingest.receive({ actor: 'officer', metadata, files: offered });
  records.push(await archive.ingest.process(submission, { number: intake.recordNumber }));
}
const stored = records.filter(({ version }) => version > 0);
for (const [index, { id, profile }] of stored.entries()) {
  const amendment = {
    record: id,
    actor: index % 2 ? 'officer' : 'чувар',
    reason: 'исправка',
    title: `Исправљен наслов ${index}`,
  };
  if (index % 3 === 0) await amendRecord(context, amendment);
  if (index % 2 === 0 && profile.id === 'general')
    await amendRecord(context, {
      ...amendment,
      files: [{ name: 'прилог & додатак.txt', source: once(Buffer.from('прилог')) }],
    });
}
now += 86_400_000;
await closeJournalSegment(context);
const [destroyed, damaged] = [stored.pop(), stored[1]];
if (destroyed) await disposeRecord(context, { record: destroyed.id, actor: 'archivist', decision: '1/2026' });
if (damaged) {
  const object = join(target, 'data/locations/first/store', objectPath(damaged.id));
  writeFileSync(join(object, 'v1/content/METS.xml'), 'damaged');
  rmSync(join(object, 'inventory.json'));
}
const report = await audit(context, { actor: 'auditor' });
if (report.damaged.length + report.missing.length === 0) throw new Error('the damage was not found');
await archive.close();

rmSync(join(target, 'data/catalog.sqlite'));
await rebuildFrom(config, clock, 'second', () => {});
const again = await openArchive(config, clock);
const forms = ['folder', 'zip', 'tar'] as const;
for (const [index, { id }] of stored.entries())
  await exportRecord(again.context, {
    record: id,
    form: forms[index % 3] ?? 'zip',
    to: join(target, 'exported', String(index)),
  });
for (const [index, { id }] of stored.slice(0, 6).entries())
  await writePackageFiles(
    await makeDip(again.context, {
      record: id,
      actor: 'officer',
      ...(index % 2 ? { files: [1] } : {}),
      redactions: index === 2 ? [{ file: 1, name: 'скраћено.txt', content: Buffer.from('███'), reason: 'ЗСПИЈЗ' }] : [],
    }),
    { form: forms[index % 3] ?? 'zip', to: join(target, 'given', String(index)) },
  );
await again.close();
console.log(`${stored.length} records of ${records.length} submissions`);

async function submissions(): Promise<{ name: string; bytes: Uint8Array }[][]> {
  const samples = [...(await sampleDocuments(clock)).records.map(({ files }) => [...files]), ...packages()];
  if (!existsSync(corpus)) return samples;
  const paths = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(pdf|p7m|p7s|xml|asics|asice|scs|sce|json|bdoc)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const step = Math.max(1, Math.floor(paths.length / documents));
  const real = paths
    .filter((_, index) => index % step === 0)
    .map((path) => [{ name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path) }]);
  return [...samples, ...real];
}

/** Packages of producers: three bags and three SIPs, so that some are corrected and some are not. */
function packages(): { name: string; bytes: Uint8Array }[][] {
  return [1, 2, 3].flatMap((number) => {
    const info = ['External-Description: Записници & прилози', `External-Identifier: OP-${number}`];
    const payload = {
      'записник #1.txt': `записник ${number}`,
      'прилози/100%.csv': `а;${number}`,
      'прилози/празно': '',
    };
    const bag = bagFiles({ info, payload, algorithms: ['md5', 'sha256'] });
    const representations = { original: { 'у говор.txt': `у ${number}` }, копија: { 'у говор.txt': `к ${number}` } };
    const sip = sipFiles(representations, { folder: `sip-${number}` });
    return [
      [{ name: `торба ${number}.zip`, bytes: zipArchive(below('торба', bag)) }],
      [{ name: `sip-${number}.zip`, bytes: zipArchive(below(`sip-${number}`, sip)) }],
    ];
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
