import { FormatError } from '../../base/index.ts';
import { objectPath, parseInventory } from '../../standards/ocfl/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import { inTransaction, knownObjects } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import type { AuditFinding } from './audit-object.ts';

/**
 * What lies in a storage root and belongs to nothing: files between the objects, objects that no journal entry
 * acknowledges, objects in a wrong place. They are set aside, where a person can look at them; a disposed record's copy
 * that came back with its location is removed.
 * @param journalIntact only then is it certain what belongs to nothing; otherwise all is left where it is
 */
export async function* findExtraObjects(
  holdings: Holdings,
  driver: LocationDriver,
  journalIntact: boolean,
): AsyncGenerator<AuditFinding> {
  let batch: string[] = [];
  for await (const path of driver.listObjects()) {
    batch.push(path);
    if (batch.length < 500) continue;
    yield* await judge(holdings, driver, batch, journalIntact);
    batch = [];
  }
  yield* await judge(holdings, driver, batch, journalIntact);
}

async function judge(
  { catalog }: Holdings,
  driver: LocationDriver,
  paths: readonly string[],
  journalIntact: boolean,
): Promise<AuditFinding[]> {
  const named = await Promise.all(paths.map((path) => idAt(driver, path)));
  const strangers = paths.filter((_, index) => named[index] === undefined);
  const ids = named.filter((id) => id !== undefined);
  const known = await knownObjects(catalog, ids);
  const suspects = ids.filter((id) => !['kept', 'in-work'].includes(known.get(id) ?? ''));
  if (suspects.length + strangers.length === 0) return [];
  // Under the catalog's lock nobody stores an object that it does not know yet, so what it does not know is nobody's.
  return inTransaction(catalog, async (transaction) => {
    const settled = await knownObjects(transaction, suspects);
    const findings: AuditFinding[] = [];
    for (const id of suspects) {
      const state = settled.get(id);
      if (state === 'kept' || state === 'in-work') continue;
      if (journalIntact && state === 'disposed') await driver.removeObject(id);
      else if (journalIntact) await driver.setAside(objectPath(id), '');
      const cause = state === 'disposed' ? 'DISPOSED_OBJECT' : 'UNKNOWN_OBJECT';
      findings.push(extra(driver, id, objectPath(id), cause, journalIntact));
    }
    for (const path of strangers) {
      if (journalIntact) await driver.setAside(path, '');
      findings.push(extra(driver, '', path, 'UNKNOWN_OBJECT', journalIntact));
    }
    return findings;
  });
}

function extra(driver: LocationDriver, aip: string, path: string, cause: string, repaired: boolean): AuditFinding {
  return { kind: 'extra', aip, location: driver.description.name, path, cause, repaired };
}

/** The object id whose place this is, or undefined for a path where no object may lie. */
async function idAt(driver: LocationDriver, path: string): Promise<string | undefined> {
  const leaf = path.slice(path.lastIndexOf('/') + 1);
  const id = leaf.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (objectPath(id) === path) return id;
  if (!/-[0-9a-f]{64}$/.test(leaf)) return undefined; // only a long id stands shortened in its path
  try {
    const inventory = parseInventory((await driver.readInventoryAt(path)) ?? Buffer.alloc(0));
    return objectPath(inventory.id) === path ? inventory.id : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
