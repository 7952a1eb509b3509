import { findIntake } from '../data-management/index.ts';
import type { IngestContext } from './submission.ts';

/**
 * Clears what lies in staging and was never acknowledged: uploads that broke off with their process. Called while no
 * other process works with the archive, so that nothing there is still on its way.
 * @returns how many were cleared
 */
export async function clearStaging(context: IngestContext): Promise<number> {
  let cleared = 0;
  for (const id of await context.storage.listStaged()) {
    if (await findIntake(context.catalog, id)) continue;
    await context.storage.dropStaged(id);
    cleared += 1;
  }
  return cleared;
}
