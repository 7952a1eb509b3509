/**
 * A simulated town: `npm run town -- [--years N] [--records N] [--seed N]`; ends with 1 when something was destroyed that may
 * not be, or when the archive book and the store tell two sums at the end of a year.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { liveInTown } from './live-in-town.ts';

const { values } = parseArgs({
  options: {
    years: { type: 'string', default: '35' },
    records: { type: 'string', default: '3500' },
    seed: { type: 'string', default: '1' },
  },
});

const started = performance.now();
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'trajno-town-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

await liveInTown({
  folder,
  years: Number(values.years),
  records: Number(values.records),
  seed: Number(values.seed),
  tell: (line) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${line}`),
});
