/**
 * Makes the golden evidence records that hold `trajno-hash-tree-1`: run once, by `npx tsx test/golden/make-evidence.ts`, and
 * committed; never made again. What they are over is in test/support/golden-evidence.ts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceBatch, recordOf } from '../support/evidence-batch.ts';
import { goldenFolder, goldenRecords } from '../support/golden-evidence.ts';
import { yearlySteps } from '../support/renewed-evidence.ts';
import { toyPki } from '../support/toy-pki.ts';

const pki = await toyPki();
for (const { name, groups, renews, index } of goldenRecords) {
  const batch = await evidenceBatch(groups, await yearlySteps(pki, renews));
  writeFileSync(join(goldenFolder, name), recordOf(batch, index));
}
