/**
 * Writes packages of every kind we make into the folder given, for the foreign validators to read: one folder a package.
 * Contents are made up; what the validators judge is the package around them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha512Hex } from '../../src/base/index.ts';
import { type AipDescription, aipFolder, buildAip } from '../../src/standards/packages/index.ts';
import { samplePackages } from './sample-packages.ts';

const target = process.argv[2] ?? '.foreign/made';
rmSync(target, { recursive: true, force: true });

for (const { description, contents } of samplePackages()) write(description, contents);

function write(description: AipDescription, contents: readonly Uint8Array[]): void {
  const bytesOf = new Map(contents.map((bytes) => [sha512Hex(bytes), bytes]));
  const root = join(target, `v${description.record.version}`, aipFolder(description.record));
  for (const file of buildAip(description)) {
    const bytes = 'content' in file ? file.content : bytesOf.get(file.payload.sha512);
    if (!bytes) throw new Error(`no bytes for ${file.path}`);
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
