import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  dueRevalidations,
  listBatches,
  listPending,
  oldestCopies,
  openCatalog,
  pendingState,
  revalidationState,
} from '../src/archive/data-management/index.ts';
import { emptyWorkFolder } from './measure.ts';

/**
 * What it costs to find out what is due, with 10,000 and with 1,000,000 records in the catalog: it must not grow with them.
 */
const folder = emptyWorkFolder('scheduling');
const now = '2026-11-25T08:00:00Z';

async function filled(records: number) {
  const file = join(folder, `${records}.sqlite`);
  rmSync(file, { force: true });
  const catalog = await openCatalog(file);
  const rows = (from: number, make: (n: number) => object) => Array.from({ length: 200 }, (_, i) => make(from + i));
  const later = (n: number) =>
    new Date(Date.parse('2026-12-01T00:00:00Z') + n * 1000).toISOString().replace('.000Z', 'Z');
  await catalog.transaction(async (transaction) => {
    for (let from = 0; from < records; from += 200) {
      await transaction('revalidations').insert(
        rows(from, (n) => ({ record_id: `r${n}`, due_at: n % 1000 === 0 ? now : later(n), trigger: 'yearly' })),
      );
      await transaction('copies').insert(
        rows(from, (n) => ({ record_id: `r${n}`, location: 'first', state: 'whole', verified_at: later(n) })),
      );
      await transaction('evidence_coverage').insert(
        rows(from, (n) => ({ object_id: `r${n}`, version: 1, batch_id: `b${n % 1000}`, first_leaf: n, leaves: 14 })),
      );
    }
  });
  return catalog;
}

for (const records of [10_000, 1_000_000]) {
  const catalog = await filled(records);
  const steps: Record<string, () => Promise<unknown>> = {
    'what waits for evidence': () => pendingState(catalog),
    'the next to be put under evidence': () => listPending(catalog, 100),
    'batches due for renewal': () => listBatches(catalog, { dueBy: now, limit: 100 }),
    'whether re-validations are due': () => revalidationState(catalog, now),
    'the next to be validated anew': () => dueRevalidations(catalog, now, 100),
    'copies whose check is the oldest': () => oldestCopies(catalog, 'first', '2027-01-01T00:00:00Z', 32),
  };
  for (const [what, step] of Object.entries(steps)) {
    await step();
    const started = performance.now();
    for (let n = 0; n < 50; n++) await step();
    console.log(`${records} records: ${what}: ${((performance.now() - started) / 50).toFixed(2)} ms`);
  }
  await catalog.destroy();
}
rmSync(folder, { recursive: true });
