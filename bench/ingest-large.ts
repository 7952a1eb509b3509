/**
 * Ingest of one large file, as a whole process, against what openssl and coreutils need for the same bytes on the same
 * disk: SHA-512, two copies, sync, both read back and hashed, on as many cores.
 * usage: tsx bench/ingest-large.ts [MEGABYTES [RUNS]]
 */
import { join } from 'node:path';
import { dropCaches, emptyWorkFolder, interleaved, machine, median, program, seconds, workFolder } from './measure.ts';

const megabytes = Number(process.argv[2] ?? 2048);
const runs = Number(process.argv[3] ?? 5);
const source = join(emptyWorkFolder('source'), 'large.bin');
seconds(
  `for part in $(seq ${Math.ceil(megabytes / 256)}); do openssl rand ${Math.min(megabytes, 256) * 1024 * 1024} >> ${source}; done`,
);
let isCold = true;

function limit(): number {
  const folder = emptyWorkFolder('limit');
  isCold = dropCaches() && isCold;
  const [one, other] = [`${folder}/one`, `${folder}/other`];
  return seconds(
    `set -e; openssl dgst -sha512 ${source} & cp ${source} ${one} & cp ${source} ${other} & wait; sync -f ${folder}; ` +
      `openssl dgst -sha512 ${one} & openssl dgst -sha512 ${other} & wait`,
  );
}

function ours(): number {
  const folder = emptyWorkFolder('ours');
  seconds(`${program} archive package.json`, { TRAJNO_DATA: folder }); // keys and locations are made once, not per file
  isCold = dropCaches() && isCold;
  return seconds(`${program} archive ${source}`, { TRAJNO_DATA: folder });
}

const measured = interleaved(runs, ours, limit);
const [mine, its] = [median(measured.ours), median(measured.limit)];
console.log(`Ingest of one file of ${megabytes} MB, two locations; ${machine()}; caches ${isCold ? 'cold' : 'WARM'}`);
console.log(
  `limit  ${its.toFixed(2)} s  ${(megabytes / its).toFixed(0)} MB/s  (${measured.limit.map((s) => s.toFixed(1)).join(' ')})`,
);
console.log(
  `trajno ${mine.toFixed(2)} s  ${(megabytes / mine).toFixed(0)} MB/s  (${measured.ours.map((s) => s.toFixed(1)).join(' ')})`,
);
console.log(`ratio  ${(its / mine).toFixed(2)}`);
seconds(`rm -rf ${workFolder}`);
