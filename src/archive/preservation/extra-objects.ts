import { objectPath } from '../../standards/ocfl/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import { knownObjects } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import type { AuditFinding } from './audit-object.ts';

/**
 * What lies in a storage root and belongs to nothing: files between the objects, objects that no journal entry
 * acknowledges, objects in a wrong place. A disposed record's copy that came back with its location is removed.
 */
export async function* findExtraObjects(holdings: Holdings, driver: LocationDriver): AsyncGenerator<AuditFinding> {
  let batch: string[] = [];
  for await (const path of driver.listObjects()) {
    batch.push(path);
    if (batch.length < 500) continue;
    yield* judge(holdings, driver, batch);
    batch = [];
  }
  yield* judge(holdings, driver, batch);
}

async function* judge(
  holdings: Holdings,
  driver: LocationDriver,
  paths: readonly string[],
): AsyncGenerator<AuditFinding> {
  const ids = new Map(paths.map((path) => [path, idOfPath(path)]));
  const known = await knownObjects(
    holdings.catalog,
    [...ids.values()].filter((id) => id !== undefined),
  );
  for (const [path, id] of ids) {
    const state = id === undefined ? undefined : known.get(id);
    if (state === 'kept' || state === 'in-work') continue;
    if (state === 'disposed' && id) await driver.removeObject(id);
    yield {
      kind: 'extra',
      aip: id ?? '',
      location: driver.description.name,
      path,
      cause: state === 'disposed' ? 'DISPOSED_OBJECT' : 'UNKNOWN_OBJECT',
      repaired: state === 'disposed',
    };
  }
}

/** The object id whose place this is, or undefined for a path where no object may lie. */
function idOfPath(path: string): string | undefined {
  const leaf = path.slice(path.lastIndexOf('/') + 1);
  const id = leaf.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return objectPath(id) === path ? id : undefined;
}
