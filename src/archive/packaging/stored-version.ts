import { ArchiveError, readWhole } from '../../base/index.ts';
import { type Inventory, stateOf } from '../../standards/ocfl/index.ts';
import type { PayloadReference } from '../../standards/packages/index.ts';
import type { StoredFile } from '../archival-storage/index.ts';
import type { Holdings } from './holdings.ts';

/** A version of a record's AIP that was acknowledged, as the next one is made from it. */
export interface StoredVersion {
  readonly inventory: Inventory;
  readonly paths: readonly string[];
  /** @throws ArchiveError LOCATION_CORRUPT when this version has no such path */
  open(path: string): Promise<StoredFile>;
  read(path: string): Promise<Uint8Array>;
  /** Where the bytes of a path are, or undefined when this version has no such path. */
  refer(path: string): Promise<PayloadReference | undefined>;
}

const longestMetadata = 1 << 28;

/**
 * Opens a version by its number. What stands in a location beyond it was never acknowledged, and is not looked at.
 * @throws ArchiveError LOCATION_CORRUPT when no location has it
 */
export async function openStoredVersion(
  { storage }: Pick<Holdings, 'storage'>,
  id: string,
  version: number,
): Promise<StoredVersion> {
  const inventory = await storage.readInventory(id, version);
  if (!inventory)
    throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record cannot be read. Run an audit.');
  const state = stateOf(inventory);
  const open = async (path: string) => {
    const held = state.get(path);
    if (!held) throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record lacks a file. Run an audit.');
    return storage.openStored(id, held);
  };
  return {
    inventory,
    paths: [...state.keys()],
    open,
    read: async (path) => readWhole(await open(path), longestMetadata),
    refer: async (path) => {
      const held = state.get(path);
      return held && { size: (await storage.openStored(id, held)).size, sha512: held.sha512 };
    },
  };
}
