import { ArchiveError, FormatError, sha512Hex } from '../../../base/index.ts';
import { parseInventory, type StateFile, stateOf } from '../../../standards/ocfl/index.ts';
import { inventoryDigest } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';

/** A file of a version of an object, as its inventory binds it. */
export type BoundFile = StateFile & { readonly contentPath: string };

/**
 * The files of a version, in the order of their paths, from an inventory that has the digest that the journal bound: what
 * was damaged or altered since is not put under evidence.
 * @returns undefined of a version that was disposed of
 * @throws ArchiveError LOCATION_CORRUPT when no location has that inventory
 */
export async function keptState(
  { catalog, storage }: Holdings,
  objectId: string,
  version: number,
): Promise<BoundFile[] | undefined> {
  const expected = await inventoryDigest(catalog, objectId, version);
  if (expected === undefined) return undefined;
  for (const driver of storage.active()) {
    const bytes = await driver.readInventory(objectId, `v${version}`);
    if (!bytes || sha512Hex(bytes) !== expected) continue;
    return [...stateOf(parseInventory(bytes)).values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  }
  throw notAsStored(objectId, version);
}

/**
 * The same of a version that is known to be there.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function verifiedState(holdings: Holdings, objectId: string, version: number): Promise<BoundFile[]> {
  const files = await keptState(holdings, objectId, version);
  if (!files) throw notAsStored(objectId, version);
  return files;
}

const notAsStored = (objectId: string, version: number) =>
  new ArchiveError('LOCATION_CORRUPT', `No location has version ${version} of ${objectId} as it was stored.`, {
    cause: new FormatError('OCFL', 'inventory missing or altered'),
  });
