/**
 * `npm run fuzz -- [--seed N] [--count N] [--threads N]`: mutants of signed documents, of our own and of the corpus. What must
 * never be is written below `.fuzz/`, with the seed and the number of edits that it takes.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261125' },
    count: { type: 'string', default: '100000' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const started = performance.now();
const settings = { seed: Number(values.seed), count: Number(values.count), threads: Number(values.threads) };
console.log(`seed ${settings.seed}, ${settings.count} mutants`);
let told = 0;
const onProgress = (done: number) => {
  if (done < told + 1000) return;
  told = done;
  console.error(`${done} by one thread`);
};
const { findings, ...figures } = await runFuzz({ ...settings, folder: '.fuzz', onProgress });
for (const { kind, index, document, edits, detail } of findings)
  console.log(`${kind}: .fuzz/${settings.seed}-${index} (${document}, ${edits} edits): ${detail}`);
console.log(
  JSON.stringify({ ...figures, findings: findings.length, seconds: Math.round((performance.now() - started) / 1000) }),
);
process.exitCode = findings.length > 0 ? 1 : 0;
