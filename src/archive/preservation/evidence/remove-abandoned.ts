import {
  eachBatch,
  findBatch,
  findStoreObject,
  forgetStoreObject,
  storeObjectsOfType,
} from '../../data-management/index.ts';
import { catchUpWithJournal } from '../../packaging/index.ts';
import type { EvidenceContext } from './evidence-context.ts';

/** Long enough that no process is still about to make it binding. */
const abandonedAfter = 3_600_000;

/**
 * Removes what a crash left behind: batches that were stored and never became binding, whose objects were put under another
 * batch since, and random values that a batch no longer uses, among which are those of disposed records.
 * @returns how many objects were removed
 */
export async function removeAbandoned(context: EvidenceContext): Promise<number> {
  const { catalog, storage } = context;
  const suspects = await unreferenced(context);
  if (suspects.length === 0) return 0;
  await catchUpWithJournal(context); // a batch that only the journal knows so far is binding
  let removed = 0;
  for (const id of suspects) {
    if (await isReferenced(context, id)) continue;
    await storage.removeObject(id);
    await forgetStoreObject(catalog, id);
    removed += 1;
  }
  return removed;
}

/** Objects of evidence that no batch in the catalog names, and that nobody is at work on. */
async function unreferenced(context: EvidenceContext): Promise<string[]> {
  const { catalog, clock } = context;
  const named = new Set<string>();
  const newest = new Map<string, number>();
  for await (const { id, blinding } of eachBatch(catalog)) {
    named.add(id).add(blinding);
    newest.set(seriesOf(blinding), numberOf(blinding));
  }
  const all = [
    ...(await storeObjectsOfType(catalog, 'evidence-batch')),
    ...(await storeObjectsOfType(catalog, 'evidence-blinding')),
  ];
  return all.filter((id) => {
    if (named.has(id)) return false;
    const current = newest.get(seriesOf(id));
    // a later one of a batch that is known is about to be used; an earlier one was replaced
    return current === undefined ? clock().getTime() - madeAt(id) > abandonedAfter : numberOf(id) < current;
  });
}

async function isReferenced({ catalog }: EvidenceContext, id: string): Promise<boolean> {
  const batch = await findBatch(catalog, seriesOf(id).replace(':evidence-blinding:', ':evidence:'));
  const isNamed = batch?.id === id || (batch !== undefined && numberOf(id) >= numberOf(batch.blinding));
  return isNamed || (await findStoreObject(catalog, id)) === undefined;
}

const seriesOf = (id: string) => id.replace(/:\d+$/, '');
const numberOf = (id: string) => Number(/:(\d+)$/.exec(id)?.[1] ?? 0);

/** The time in a version 7 UUID (RFC 9562 5.7). */
function madeAt(id: string): number {
  const [, high = '', low = ''] = /:([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? [];
  return Number.parseInt(high + low, 16);
}
