/**
 * Files identified in a second on one core, against Siegfried (pygfried, with the same core) on the same files in turn:
 * PRONOM's skeletons and the documents of the signature corpus, and how long the command takes to start.
 * usage: TRAJNO_SIEGFRIED=PYTHON tsx bench/identify.ts [RUNS]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifyFile } from '../src/service/cli/identify.ts';
import { combineSignatureFiles, prepareSignatures } from '../src/standards/pronom/index.ts';
import { emptyWorkFolder, interleaved, machine, median, program, seconds, workFolder } from './measure.ts';

const runs = Number(process.argv[2] ?? 5);
const corpus = join(import.meta.dirname, '../../shared/corpus');
const siegfried = process.env.TRAJNO_SIEGFRIED;

const signatures = prepareSignatures(
  combineSignatureFiles(
    ['DROID_SignatureFile_V118.xml', 'container-signature-20240501.xml'].map((name) =>
      readFileSync(join(corpus, 'pronom', name)),
    ),
  ),
);

console.log(machine());
for (const [what, folder] of [
  ['PRONOM skeletons', 'pronom/skeletons'],
  ['signed documents', 'signatures/files'],
] as const) {
  const files = readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(corpus, folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size > 0);
  const first = await secondsOfOurs(files);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run++) {
    if (siegfried) theirs.push(secondsOfSiegfried(siegfried, files));
    ours.push(await secondsOfOurs(files));
  }
  const [mine, its] = [files.length / median(ours), files.length / median(theirs)];
  console.log(
    `${what}, ${files.length} files: trajno ${mine.toFixed(0)} files/s (in its first pass ${(files.length / first).toFixed(0)})`,
  );
  if (siegfried) console.log(`  siegfried ${its.toFixed(0)} files/s, ratio ${(mine / its).toFixed(2)}`);
}

const sample = join(emptyWorkFolder('identify'), 'one.pdf');
writeFileSync(sample, '%PDF-1.4\n%%EOF\n');
const cold = interleaved(
  runs,
  () => seconds(`${program} identify ${sample}`),
  () => seconds('node -e 0'),
);
console.log(`one PDF by the command: ${median(cold.ours).toFixed(2)} s; node alone ${median(cold.limit).toFixed(2)} s`);
seconds(`rm -rf ${workFolder}`);

async function secondsOfOurs(files: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const file of files) await identifyFile(signatures, file);
  return (performance.now() - started) / 1000;
}

function secondsOfSiegfried(python: string, files: readonly string[]): number {
  const script = join(import.meta.dirname, '../test/foreign/siegfried.py');
  const { stdout, stderr, status } = spawnSync('taskset', ['-c', '0', python, script], {
    input: files.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, GOMAXPROCS: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).seconds;
}
