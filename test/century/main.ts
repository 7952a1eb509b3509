/**
 * A century in a minute: an archive lives from 2026 to 2126 with toy authorities and a clock of its own, and at the end
 * every record must verify by the evidence that it carries. `npm run century -- [--from YEAR] [--to YEAR] [--records N]
 * [--audit-every YEARS] [--keep DIR]`; ends with 1 where a renewal came too late or something does not verify.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decadesOf, tableOf } from './decades.ts';
import { liveThrough } from './live.ts';
import { faultsAtTheEnd } from './verify-alone.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '2026' },
    to: { type: 'string', default: '2126' },
    records: { type: 'string', default: '1' },
    'audit-every': { type: 'string', default: '4' },
    keep: { type: 'string' },
  },
});

const started = performance.now();
// each entry of the journal is synced in every location: a disk would take most of the minute
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'trajno-century-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;

const lived = await liveThrough({
  folder,
  from: Number(values.from),
  to: Number(values.to),
  recordsAYear: Number(values.records),
  auditEvery: Number(values['audit-every']),
  tell: (line) => console.log(`[${seconds()}] ${line}`),
});
const decades = await decadesOf(lived.archive.context(), Number(values.from));
console.log(`\n${tableOf(decades, lived.happenings)}\n`);
const faults = await faultsAtTheEnd(lived, values.keep ? { keep: values.keep } : {});
for (const { record, what } of faults) console.log(`${record}: ${what}`);
const late = [...decades.values()].reduce((sum, { failures }) => sum + failures, 0);
console.log(`${lived.records.length} records, ${faults.length} faults, ${late} renewals too late, ${seconds()}`);
await lived.archive.close();
process.exitCode = faults.length + late > 0 ? 1 : 0;
