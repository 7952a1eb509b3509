import { ArchiveError, FormatError, sha512Hex } from '../../base/index.ts';
import {
  type Inventory,
  parseInventory,
  type StateFile,
  sidecar,
  sidecarName,
  stateOf,
} from '../../standards/ocfl/index.ts';
import type { LocationDriver, LocationFacts, StoredFile, VersionToWrite } from './location-driver.ts';
import { openWriters, type StagedFile, stageEverywhere, writeEverywhere } from './stage-everywhere.ts';
import { verifiedFile } from './verified-file.ts';

/** `active`: every receipt waits for it. `catching-up`: left out by a recorded decision until it holds everything again. */
export type LocationState = 'active' | 'catching-up';

/** The archive's storage: the same objects in every active location. */
export interface ArchivalStorage {
  readonly locations: readonly LocationDriver[];
  active(): readonly LocationDriver[];
  stateOf(name: string): LocationState;
  setState(name: string, state: LocationState): void;
  /** Number of active locations that do not share a device. */
  independentCopies(): Promise<number>;
  /** @throws ArchiveError DISK_FULL when a location has no room for `bytes` and what comes with them */
  checkSpace(bytes: number): Promise<void>;
  /** Streams a file to staging everywhere at once. Durable at once when large, else after `sync`. */
  stage(stagingId: string, name: string, source: AsyncIterable<Uint8Array>): Promise<StagedFile>;
  writeStaged(stagingId: string, name: string, bytes: Uint8Array): Promise<void>;
  readStaged(stagingId: string, name: string): Promise<StoredFile>;
  /** Gives staged files to active locations that lack them, because they came back after the upload. */
  completeStaging(stagingId: string, names: readonly string[]): Promise<void>;
  listStaged(): Promise<string[]>;
  dropStaged(stagingId: string): Promise<void>;
  sync(): Promise<void>;
  /** Writes versions everywhere, syncs, reads back, makes visible, syncs. Each has its own outcome. */
  storeVersions(versions: readonly VersionToWrite[]): Promise<PromiseSettledResult<void>[]>;
  /**
   * The inventory of an object as it was in `version`, in the first location that has it undamaged. Without a version the
   * newest that stands there, which may be one that nobody acknowledged: records are read by the version the catalog knows.
   */
  readInventory(objectId: string, version?: number): Promise<Inventory | undefined>;
  /** Opens a file of an object's logical state, compared with its digest while it is read. */
  openState(objectId: string, path: string, version?: number): Promise<StoredFile>;
  /** The same of an inventory that was read before: who opens thousands of files does not read it thousands of times. */
  openStored(objectId: string, file: StateFile & { readonly contentPath: string }): Promise<StoredFile>;
  removeObject(objectId: string): Promise<void>;
}

/** Room that is kept free in every location, so that the journal and the catalog can still be written. */
const reserve = 16 << 20;

/**
 * @param drivers at least one, each already open
 * @param initial states that differ from `active`, by name
 */
export async function openStorage(
  drivers: readonly LocationDriver[],
  initial: ReadonlyMap<string, LocationState> = new Map(),
): Promise<ArchivalStorage> {
  const states = new Map<string, LocationState>(
    drivers.map(({ description: { name } }) => [name, initial.get(name) ?? 'active']),
  );
  const active = () => {
    const found = drivers.filter((driver) => states.get(driver.description.name) === 'active');
    if (found.length === 0)
      throw new ArchiveError('LOCATION_UNAVAILABLE', 'No storage location is active. Bring one back first.');
    return found;
  };
  const media = new Map<LocationDriver, Promise<LocationFacts>>();
  const factsOf = (driver: LocationDriver) => {
    let facts = media.get(driver);
    if (!facts) {
      facts = driver.facts();
      media.set(driver, facts);
      facts.catch(() => media.delete(driver));
    }
    return facts;
  };
  const everywhere = <T>(work: (driver: LocationDriver) => Promise<T>) => Promise.all(active().map(work));
  const anywhere = async <T>(work: (driver: LocationDriver) => Promise<T>): Promise<T> => {
    const failures: unknown[] = [];
    for (const driver of active()) {
      try {
        return await work(driver);
      } catch (error) {
        failures.push(error);
      }
    }
    throw failures[0];
  };

  const sync = async () => {
    const byMedium = new Map<string, LocationDriver>();
    for (const driver of active()) byMedium.set((await factsOf(driver)).medium, driver);
    await Promise.all([...byMedium.values()].map((driver) => driver.sync()));
  };

  return {
    locations: drivers,
    active,
    stateOf: (name) => states.get(name) ?? 'active',
    setState: (name, state) => states.set(name, state),
    independentCopies: async () => new Set((await everywhere(factsOf)).map((facts) => facts.device)).size,
    checkSpace: async (bytes) => {
      const needed = new Map<string, { bytes: number; name: string; free: number }>();
      for (const driver of active()) {
        const { medium, freeBytes } = await driver.facts();
        const sum = needed.get(medium)?.bytes ?? 0;
        needed.set(medium, { bytes: sum + bytes, name: driver.description.name, free: freeBytes });
      }
      for (const { bytes: total, name, free } of needed.values())
        if (free < total + reserve)
          throw new ArchiveError(
            'DISK_FULL',
            `"${name}" has ${free} bytes free, ${total + reserve} are needed. Free some or add a disk, then try again.`,
          );
    },
    stage: async (stagingId, name, source) => {
      return stageEverywhere(active(), stagingId, name, source);
    },
    writeStaged: async (stagingId, name, bytes) => {
      await everywhere((driver) => driver.writeStaged(stagingId, name, bytes));
    },
    readStaged: (stagingId, name) => anywhere((driver) => driver.readStaged(stagingId, name)),
    completeStaging: async (stagingId, names) => {
      for (const name of names) {
        const found = await Promise.allSettled(active().map((driver) => driver.readStaged(stagingId, name)));
        const source = found.find((one) => one.status === 'fulfilled')?.value;
        const lacking = active().filter((_, index) => found[index]?.status === 'rejected');
        if (!source || lacking.length === 0) continue;
        const writers = await openWriters(lacking, stagingId, name);
        await writeEverywhere(writers, source.stream() as AsyncIterable<Buffer>);
      }
    },
    listStaged: async () => [...new Set((await everywhere((driver) => driver.listStaged())).flat())].sort(),
    dropStaged: async (stagingId) => {
      await everywhere((driver) => driver.dropStaged(stagingId));
    },
    sync,
    storeVersions: async (versions) => {
      const written = await Promise.allSettled(
        versions.map((version) => everywhere((driver) => driver.writeVersion(version))),
      );
      await sync();
      const placed = await Promise.allSettled(
        versions.map(async (version, index) => {
          const outcome = written[index];
          if (outcome?.status === 'rejected') throw outcome.reason;
          await everywhere((driver) => driver.placeVersion(version));
        }),
      );
      await sync();
      return placed;
    },
    readInventory: (objectId, version) => readInventory(active(), objectId, version),
    openState: async (objectId, path, version) => {
      const inventory = await readInventory(active(), objectId, version);
      const file = inventory && stateOf(inventory).get(path);
      if (!file) throw new ArchiveError('FILE_UNKNOWN', `There is no "${path}" in ${objectId}.`);
      return openStored(active(), objectId, file);
    },
    openStored: (objectId, file) => openStored(active(), objectId, file),
    removeObject: async (objectId) => {
      await everywhere((driver) => driver.removeObject(objectId));
    },
  };
}

async function openStored(
  drivers: readonly LocationDriver[],
  objectId: string,
  { path, sha512, contentPath }: StateFile & { readonly contentPath: string },
): Promise<StoredFile> {
  const copies = await Promise.allSettled(drivers.map((driver) => driver.openFile(objectId, contentPath)));
  const found = copies.flatMap((copy) => (copy.status === 'fulfilled' ? [copy.value] : []));
  if (found.length === 0) throw (copies[0] as PromiseRejectedResult).reason;
  return verifiedFile(found, sha512, path);
}

async function readInventory(
  drivers: readonly LocationDriver[],
  objectId: string,
  version: number | undefined,
): Promise<Inventory | undefined> {
  let damage: unknown;
  let unproven: Inventory | undefined;
  for (const driver of drivers) {
    const folder = version === undefined ? undefined : `v${version}`;
    const bytes = await driver.readInventory(objectId, folder);
    if (!bytes) continue;
    try {
      const inventory = parseInventory(bytes);
      if (await hasItsSidecar(driver, objectId, folder, bytes)) return inventory;
      unproven ??= inventory;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      damage = error; // another location may have it whole; the audit tells of this one
    }
  }
  if (unproven) return unproven; // a sidecar that is damaged everywhere takes nothing from what can be read
  if (damage) throw damage;
  return undefined;
}

/** Whether an inventory has the digest that its sidecar tells: one flipped bit can leave JSON that reads well (OCFL 1.1 3.7). */
async function hasItsSidecar(
  driver: LocationDriver,
  objectId: string,
  folder: string | undefined,
  bytes: Uint8Array,
): Promise<boolean> {
  const path = [...(folder ? [folder] : []), sidecarName].join('/');
  const file = await driver.openFile(objectId, path).catch(ignoreUnreadable);
  const text = file && Buffer.from(await file.read(0, file.size)).toString('latin1');
  return text === sidecar(sha512Hex(bytes));
}

/** A sidecar that cannot be read proves nothing; that the location is away shows when its content is asked for. */
function ignoreUnreadable(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || error instanceof ArchiveError) return undefined;
  throw error;
}
