/**
 * Writes packages of every kind we make into the folder given, for the foreign validators to read: one folder a package.
 * Contents are made up; what the validators judge is the package around them. One package more is damaged on purpose.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha512Hex } from '../../src/base/index.ts';
import { aipFolder, aipPathOf, buildAip } from '../../src/standards/packages/index.ts';
import { type SamplePackage, samplePackage, samplePackages } from './sample-packages.ts';

const target = process.argv[2] ?? '.foreign/made';
rmSync(target, { recursive: true, force: true });

for (const sample of samplePackages()) writePackage(sample, join(target, `v${sample.description.record.version}`));

const damaged = samplePackage(99, ['oštećen.txt'], { title: 'One byte too many' });
const root = writePackage(damaged, join(target, 'control-damaged'));
for (const file of damaged.description.record.files) appendFileSync(join(root, aipPathOf(file)), 'x');

function writePackage({ description, contents }: SamplePackage, folder: string): string {
  const bytesOf = new Map(contents.map((bytes) => [sha512Hex(bytes), bytes]));
  const root = join(folder, aipFolder(description.record));
  for (const file of buildAip(description)) {
    const bytes = 'content' in file ? file.content : bytesOf.get(file.payload.sha512);
    if (!bytes) throw new Error(`no bytes for ${file.path}`);
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return root;
}
