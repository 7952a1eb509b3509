import { ArchiveError, sha512Hex } from '../../base/index.ts';
import {
  expectedFiles,
  inventoryName,
  type ObjectFault,
  objectPath,
  parseInventory,
  sidecarName,
} from '../../standards/ocfl/index.ts';
import type { LocationDriver, ObjectFile, StoredFile } from './location-driver.ts';
import type { ArchivalStorage } from './storage.ts';

/** An object that must be in every location, and the sha512 of each version's inventory, `v1` first. */
export interface ExpectedObject {
  readonly id: string;
  readonly inventories: ReadonlyMap<string, string>;
}

/**
 * Copies a whole object from a location that has it healthy.
 * @returns whether it stands there again; false when no location has a healthy copy
 */
export async function repairObject(
  storage: Pick<ArchivalStorage, 'active'>,
  driver: LocationDriver,
  expected: ExpectedObject,
): Promise<boolean> {
  for (const healthy of otherLocations(storage, driver)) {
    const files = await filesOf(healthy, expected);
    if (!files || !(await isWhole(healthy, expected, files))) continue;
    await driver.receiveObject(objectPath(expected.id), files);
    return true;
  }
  return false;
}

/**
 * Puts healthy bytes in the place of damaged and missing files, and takes out what does not belong. The object's own
 * newest version has its inventory a second time; everything else comes from another location.
 * @returns the paths that are as they should be again
 */
export async function repairFiles(
  storage: Pick<ArchivalStorage, 'active'>,
  driver: LocationDriver,
  expected: ExpectedObject,
  faults: readonly ObjectFault[],
): Promise<Set<string>> {
  const repaired = new Set<string>();
  const path = objectPath(expected.id);
  for (const fault of faults.filter(({ kind }) => kind === 'extra')) {
    await driver.setAside(path, fault.path);
    repaired.add(fault.path);
  }
  const broken = faults.filter(({ kind }) => kind !== 'extra');
  for (const healthy of [driver, ...otherLocations(storage, driver)]) {
    const files = new Map((await filesOf(healthy, expected))?.map((file) => [file.path, file]));
    for (const fault of broken) {
      const file = files.get(fault.path);
      if (!file || repaired.has(fault.path) || (healthy === driver && file.from === file.path)) continue;
      if (await repairedFrom(file, (bytes) => driver.repairFile(path, fault.path, bytes, file.sha512)))
        repaired.add(fault.path);
    }
  }
  return repaired;
}

function otherLocations(storage: Pick<ArchivalStorage, 'active'>, broken: LocationDriver): LocationDriver[] {
  return storage.active().filter((driver) => driver !== broken);
}

/** The files that the object has in a location, by the inventory that the catalog knows of its newest version. */
async function filesOf(driver: LocationDriver, expected: ExpectedObject): Promise<Source[] | undefined> {
  const [head, known] = [...expected.inventories].at(-1) ?? [];
  if (head === undefined || known === undefined) return undefined;
  const bytes = await driver.readInventory(expected.id, head);
  if (!bytes || sha512Hex(bytes) !== known) return undefined;
  return [...expectedFiles(parseInventory(bytes), known, expected.inventories)].flatMap(([path, sha512]) =>
    sha512 === undefined ? [] : [sourceOf(driver, expected.id, head, path, sha512)],
  );
}

/** Where the bytes of a file are found. */
interface Source extends ObjectFile {
  readonly from: string;
}

/** The root inventory and its sidecar are those of the newest version: read there, an attempt at a next one is passed over. */
function sourceOf(driver: LocationDriver, id: string, head: string, path: string, sha512: string): Source {
  const from = path === inventoryName || path === sidecarName ? `${head}/${path}` : path;
  return { path, sha512, from, open: () => driver.openFile(id, from) };
}

async function isWhole(driver: LocationDriver, expected: ExpectedObject, files: readonly Source[]): Promise<boolean> {
  const [found] = await driver.readObjects([objectPath(expected.id)]);
  const digests = new Map(found?.files.map((file) => [file.path, file.sha512]));
  return files.every((file) => digests.get(file.from) === file.sha512);
}

/** A driver compares what it copied; a copy that is damaged itself is no healthy one, and the next location is asked. */
async function repairedFrom(file: ObjectFile, repair: (bytes: StoredFile) => Promise<void>): Promise<boolean> {
  try {
    await repair(await file.open());
    return true;
  } catch (error) {
    if (error instanceof ArchiveError && ['LOCATION_CORRUPT', 'LOCATION_UNAVAILABLE'].includes(error.code))
      return false;
    throw error;
  }
}
