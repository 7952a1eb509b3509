/**
 * `trajno store validate` as a whole process against openssl hashing the same content on as many cores, over a root that
 * our own store does not make: objects of ten files of 2 MB; then a root of many small objects, for the memory.
 * usage: tsx bench/ocfl-validation.ts [OBJECTS [RUNS [SMALL OBJECTS]]]
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { nextVersion, objectDeclaration, objectPath, sidecar, storageRootFiles } from '../src/standards/ocfl/index.ts';
import { emptyWorkFolder, interleaved, machine, median, program, seconds, workFolder } from './measure.ts';

const objects = Number(process.argv[2] ?? 150);
const runs = Number(process.argv[3] ?? 5);
const small = Number(process.argv[4] ?? 10_000);

const note = { created: '2026-01-01T00:00:00Z', message: 'made', user: { name: 'A', address: 'mailto:a@example.org' } };

function writeRoot(name: string, count: number, contents: (index: number) => Buffer[]): string {
  const root = emptyWorkFolder(name);
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const { path, content } of storageRootFiles()) write(path, content);
  for (let index = 0; index < count; index++) {
    const id = `urn:example:${index}`;
    const files = contents(index).map((bytes, at) => ({
      path: `${at}.bin`,
      bytes,
      sha512: createHash('sha512').update(bytes).digest('hex'),
    }));
    const { inventoryBytes, inventorySha512 } = nextVersion(id, files, note);
    const object = objectPath(id);
    write(`${object}/${objectDeclaration.path}`, objectDeclaration.content);
    for (const folder of [object, `${object}/v1`]) {
      write(`${folder}/inventory.json`, inventoryBytes);
      write(`${folder}/inventory.json.sha512`, sidecar(inventorySha512));
    }
    for (const { path, bytes } of files) write(`${object}/v1/content/${path}`, bytes);
  }
  return root;
}

const large = writeRoot('large', objects, () => Array.from({ length: 10 }, () => randomBytes(2_000_000)));
const validate = (root: string) => `${program} store validate ${root}`;
const openssl = `find ${large} -name '*.bin' -print0 | xargs -0 -n 64 -P ${availableParallelism()} openssl dgst -sha512`;
seconds(openssl); // both find the files in the cache
const measured = interleaved(
  runs,
  () => seconds(validate(large)),
  () => seconds(openssl),
);
const megabytes = objects * 20;
const [mine, its] = [median(measured.ours), median(measured.limit)];
console.log(`OCFL validation of ${objects} objects of ten files of 2 MB, cached; ${machine()}`);
console.log(`openssl ${its.toFixed(2)} s  ${(megabytes / its).toFixed(0)} MB/s`);
console.log(`trajno  ${mine.toFixed(2)} s  ${(megabytes / mine).toFixed(0)} MB/s  (the whole process)`);
console.log(`ratio   ${(its / mine).toFixed(2)}`);

const many = writeRoot('many', small, (index) => [Buffer.from(`content ${index}`)]);
const started = process.hrtime.bigint();
const { stderr } = spawnSync('/usr/bin/time', ['-f', '%M', program, 'store', 'validate', many], { encoding: 'utf8' });
const taken = Number(process.hrtime.bigint() - started) / 1e9;
const resident = Number(stderr.trim().split('\n').at(-1)) / 1000;
console.log(
  `small: ${small} objects in ${taken.toFixed(1)} s, ${(small / taken).toFixed(0)} a second, ${resident.toFixed(0)} MB resident`,
);
seconds(`rm -rf ${workFolder}`);
