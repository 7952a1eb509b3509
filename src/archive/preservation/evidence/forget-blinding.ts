import {
  coveredBy,
  disposedCoverage,
  findBatch,
  forgetStoreObject,
  forgottenBy,
  putBatch,
} from '../../data-management/index.ts';
import { type Holdings, storeObject } from '../../packaging/index.ts';
import { blindingPath, openBatch } from './batch-object.ts';
import { digestBytes } from './file-digest.ts';
import { blindingOf } from './record-evidence.ts';

/**
 * Drops the random values of a disposed object's leaves: nothing links its digests to the nodes that stay in the trees any
 * more, while its neighbours still verify. The values lie in an object of their own, which is replaced and removed.
 * @param batches ids of the batches that covered it
 */
async function forgetBlinding(holdings: Holdings, objectId: string, batches: readonly string[]): Promise<void> {
  const { catalog, storage, clock } = holdings;
  for (const id of batches) {
    const batch = await findBatch(catalog, id);
    if (!batch) continue;
    const { description } = await openBatch(holdings, id, batch.version);
    const length = digestBytes[description.chains[0]?.digest ?? 'sha512'];
    const values = Buffer.from(await blindingOf(holdings, batch.blinding));
    for (const { firstLeaf, leaves } of (await coveredBy(catalog, id)).filter((one) => one.objectId === objectId))
      values.fill(0, firstLeaf * length, (firstLeaf + leaves) * length);
    const former = batch.blinding;
    const next = former.replace(/:(\d+)$/, (_, number) => `:${Number(number) + 1}`);
    const files = [{ path: blindingPath, content: values }];
    await storeObject(holdings, { id: next, type: 'evidence-blinding', files, created: clock() });
    await putBatch(catalog, { ...batch, blinding: next });
    await storage.removeObject(former);
    await forgetStoreObject(catalog, former);
    await forgottenBy(catalog, id, objectId);
  }
}

/** Does so for every record that was disposed of since. */
export async function forgetDisposed(holdings: Holdings): Promise<void> {
  for (;;) {
    const [next] = await disposedCoverage(holdings.catalog, 1);
    if (!next) return;
    await forgetBlinding(holdings, next.objectId, [next.batchId]);
  }
}
