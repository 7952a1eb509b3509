/**
 * An audit as a whole process against openssl hashing the same files on as many cores, and objects per second where they
 * are small. usage: tsx bench/audit.ts [FILES OF 4 MB [RUNS [SMALL RECORDS]]]
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dropCaches, emptyWorkFolder, interleaved, machine, median, program, seconds, workFolder } from './measure.ts';

const files = Number(process.argv[2] ?? 256);
const runs = Number(process.argv[3] ?? 5);
const small = Number(process.argv[4] ?? 2000);

const large = emptyWorkFolder('large');
const source = emptyWorkFolder('source');
seconds(`for n in $(seq ${files}); do openssl rand ${4 << 20} > ${source}/$n.bin; done`);
seconds(`${program} archive ${source}`, { TRAJNO_DATA: large });
const stores = ['first', 'second'].map((name) => join(large, 'locations', name, 'store')).join(' ');

const measured = interleaved(
  runs,
  () => {
    dropCaches();
    return seconds(`${program} audit`, { TRAJNO_DATA: large });
  },
  () => {
    dropCaches();
    return seconds(`find ${stores} -type f -print0 | xargs -0 -n 64 -P ${availableParallelism()} openssl dgst -sha512`);
  },
);
const megabytes = files * 8;
const [mine, its] = [median(measured.ours), median(measured.limit)];
console.log(`Audit of ${files} records of 4 MB in two locations; ${machine()}`);
console.log(`openssl ${its.toFixed(2)} s  ${(megabytes / its).toFixed(0)} MB/s`);
console.log(
  `trajno  ${mine.toFixed(2)} s  ${(megabytes / mine).toFixed(0)} MB/s  (start and end of the process included)`,
);
console.log(`ratio   ${(its / mine).toFixed(2)}`);

const data = emptyWorkFolder('small');
const tiny = emptyWorkFolder('source');
for (let n = 0; n < small; n++) writeFileSync(join(tiny, `${n}.txt`), `record ${n} ${'x'.repeat(9_000)}`);
seconds(`${program} archive ${tiny}`, { TRAJNO_DATA: data });
dropCaches();
const taken = seconds(`${program} audit`, { TRAJNO_DATA: data });
console.log(
  `small: ${((2 * small) / taken).toFixed(0)} objects/s (${small} records in two locations, 14 files each, cold caches)`,
);
seconds(`rm -rf ${workFolder}`);
