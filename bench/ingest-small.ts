/**
 * Ingest of many small signed PDFs, two locations, everything synced: records per second, where the time goes, and what one
 * record costs at rest. usage: tsx bench/ingest-small.ts [RECORDS]
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePdf } from '../test/support/sample-pdf.ts';
import { signedPdf } from '../test/support/signed-pdf.ts';
import { toyPki } from '../test/support/toy-pki.ts';
import { dropCaches, emptyWorkFolder, machine, program, seconds, workFolder } from './measure.ts';

const records = Number(process.argv[2] ?? 1000);
const source = emptyWorkFolder('source');
const pki = await toyPki();
let bytes = 0;
for (let n = 0; n < records; n++) {
  const pdf = await signedPdf({ pki, pdf: await samplePdf({ text: `Rešenje broj ${n}` }) });
  bytes += pdf.length;
  writeFileSync(join(source, `resenje-${n}.pdf`), pdf);
}
const data = emptyWorkFolder('ours');
const environment = { TRAJNO_DATA: data };
seconds(`${program} archive package.json`, environment); // keys and locations are made once, not per record
const before = atRest(join(data, 'locations/first/store'));
dropCaches();
const profile = process.env.PROFILE ? `node --cpu-prof --cpu-prof-dir ${workFolder}/profile ` : '';
const taken = seconds(`${profile}${program} archive ${source} --json`, environment);
const after = atRest(join(data, 'locations/first/store'));

console.log(
  `Ingest of ${records} signed PDFs of ${Math.round(bytes / records)} bytes, two locations, synced; ${machine()}`,
);
console.log(`${(records / taken).toFixed(0)} records/s (${taken.toFixed(1)} s with start and end of the process)`);
console.log(
  `at rest, a record and location: ${((after.bytes - before.bytes) / records / 1024).toFixed(1)} KB in ${((after.files - before.files) / records).toFixed(1)} files, ${((after.blocks - before.blocks) / records / 1024).toFixed(0)} KB on disk; the document itself ${(bytes / records / 1024).toFixed(1)} KB`,
);
if (!process.env.PROFILE) seconds(`rm -rf ${workFolder}`);

function atRest(folder: string): { bytes: number; files: number; blocks: number } {
  const found = { bytes: 0, files: 0, blocks: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const facts = statSync(join(entry.parentPath, entry.name));
    found.bytes += facts.size;
    found.blocks += facts.blocks * 512;
    found.files += 1;
  }
  return found;
}
