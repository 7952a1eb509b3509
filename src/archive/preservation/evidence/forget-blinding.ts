import { digestLength } from '../../../standards/evidence/index.ts';
import {
  disposedCoverage,
  type EvidenceCoverage,
  findBatch,
  forgetStoreObject,
  markForgotten,
  putBatch,
} from '../../data-management/index.ts';
import { type Holdings, storeObject } from '../../packaging/index.ts';
import { blindingPath, openBatch } from './batch-object.ts';
import { blindingOf } from './record-evidence.ts';

/**
 * Drops the random values of the leaves of records that were disposed of: nothing links their digests to the nodes that stay
 * in the trees any more, while their neighbours still verify. The values of a batch lie in an object of their own, which is
 * replaced and removed; once, however many of the batch's records were disposed of.
 */
export async function forgetDisposed(holdings: Holdings): Promise<void> {
  const { catalog } = holdings;
  for (;;) {
    const due = await disposedCoverage(catalog);
    const [first] = due;
    if (!first) return;
    await forgetBlinding(holdings, first.batchId, due);
    await markForgotten(catalog, due);
  }
}

async function forgetBlinding(holdings: Holdings, id: string, due: readonly EvidenceCoverage[]): Promise<void> {
  const { catalog, storage, clock } = holdings;
  const batch = await findBatch(catalog, id);
  if (!batch) throw new Error(`${id} covers records and is not in the catalog`);
  const { description } = await openBatch(holdings, id, batch.version);
  const length = digestLength(description.chains[0]?.digest ?? 'sha512');
  const values = Buffer.from(await blindingOf(holdings, batch.blinding));
  for (const { firstLeaf, leaves } of due) values.fill(0, firstLeaf * length, (firstLeaf + leaves) * length);
  const former = batch.blinding;
  const next = former.replace(/:(\d+)$/, (_, number) => `:${Number(number) + 1}`);
  const files = [{ path: blindingPath, content: values }];
  await storeObject(holdings, { id: next, type: 'evidence-blinding', files, created: clock() });
  await putBatch(catalog, { ...batch, blinding: next });
  await storage.removeObject(former);
  await forgetStoreObject(catalog, former);
}
