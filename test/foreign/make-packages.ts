/**
 * Writes packages of every kind we make into the folder given, for the foreign validators to read: one folder a package.
 * Contents are made up; what the validators judge is the package around them. One package more is damaged on purpose.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderName, sha512Hex } from '../../src/base/index.ts';
import { aipFolder, aipPathOf, buildAip, buildSip, type SipFile } from '../../src/standards/packages/index.ts';
import { type SamplePackage, samplePackage, samplePackages } from './sample-packages.ts';

const target = process.argv[2] ?? '.foreign/made';
rmSync(target, { recursive: true, force: true });

for (const sample of samplePackages()) writePackage(sample, join(target, `v${sample.description.record.version}`));

writeHandOver(samplePackages().slice(0, 2), join(target, 'hand-over'));

const damaged = samplePackage(99, ['oštećen.txt'], { title: 'One byte too many' });
const root = writePackage(damaged, join(target, 'control-damaged'));
for (const file of damaged.description.record.files) appendFileSync(join(root, aipPathOf(file)), 'x');

/** A SIP with packages in it, as a hand-over to a public archive has them. */
function writeHandOver(samples: readonly SamplePackage[], folder: string): void {
  const id = samples[1]?.description.record.id ?? ('' as never);
  const bytesOf = new Map<string, Uint8Array>();
  const representations = samples.map(({ description, contents }, index) => {
    for (const bytes of contents) bytesOf.set(sha512Hex(bytes), bytes);
    const files = buildAip(description).map((file): SipFile => {
      const mimeType = file.path.endsWith('.xml') ? 'application/xml' : 'application/octet-stream';
      return { ...file, path: `${aipFolder(description.record)}/${file.path}`, mimeType };
    });
    return { name: `2026-00000${index + 1}`, files };
  });
  const built = buildSip({
    id,
    createdAt: new Date('2026-11-24T12:00:00Z'),
    label: 'Предаја P-2026-0001',
    software: { name: 'Trajno', version: '0.1.0' },
    creator: { name: 'Општина Пример', code: '07461429' },
    submitter: { name: 'Општина Пример', code: '07461429' },
    preserver: { name: 'Историјски архив Пример' },
    agreement: '02-7/2026',
    descriptive: [{ element: 'title', value: 'Предаја архивске грађе P-2026-0001', language: 'sr-Cyrl' }],
    representations,
    documentation: 'Предаја\n',
  });
  for (const file of built) {
    const bytes = 'content' in file ? file.content : bytesOf.get(file.payload.sha512);
    if (!bytes) throw new Error(`no bytes for ${file.path}`);
    const path = join(folder, folderName(id), file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

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
