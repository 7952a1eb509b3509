/**
 * Ingest of one large file, as a whole process, against what openssl and coreutils need for the same bytes on the same
 * disk: SHA-512, two copies, sync, both read back and hashed; one tool after another, and all at once on every core.
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

function atOnce(): number {
  const folder = emptyWorkFolder('limit');
  isCold = dropCaches() && isCold;
  const [one, other] = [`${folder}/one`, `${folder}/other`];
  return seconds(
    `set -e; openssl dgst -sha512 ${source} & cp ${source} ${one} & cp ${source} ${other} & wait; sync -f ${folder}; ` +
      `openssl dgst -sha512 ${one} & openssl dgst -sha512 ${other} & wait`,
  );
}

function inTurn(): number {
  const folder = emptyWorkFolder('limit');
  isCold = dropCaches() && isCold;
  const copy = (name: string) => `cp ${source} ${folder}/${name}; sync -f ${folder}; `;
  const check = (name: string) => `openssl dgst -sha512 ${folder}/${name}; `;
  return seconds(
    `set -e; openssl dgst -sha512 ${source}; ${copy('one')}${copy('other')}${check('one')}${check('other')}`,
  );
}

function ours(): number {
  const folder = emptyWorkFolder('ours');
  seconds(`${program} archive package.json`, { TRAJNO_DATA: folder }); // keys and locations are made once, not per file
  isCold = dropCaches() && isCold;
  return seconds(`${program} archive ${source}`, { TRAJNO_DATA: folder });
}

const turns: number[] = [];
const measured = interleaved(runs, ours, () => {
  turns.push(inTurn());
  return atOnce();
});
console.log(`Ingest of one file of ${megabytes} MB, two locations; ${machine()}; caches ${isCold ? 'cold' : 'WARM'}`);
const mine = median(measured.ours);
for (const [name, values] of [
  ['tools in turn', turns],
  ['tools at once', measured.limit],
  ['trajno', measured.ours],
] as const) {
  const middle = median(values);
  const each = values.map((value) => value.toFixed(1)).join(' ');
  console.log(
    `${name.padEnd(14)} ${middle.toFixed(2)} s  ${(megabytes / middle).toFixed(0)} MB/s  ratio ${(middle / mine).toFixed(2)}  (${each})`,
  );
}
seconds(`rm -rf ${workFolder}`);
