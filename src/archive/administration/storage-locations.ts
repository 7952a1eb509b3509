import { ArchiveError, sha512Hex, utcSeconds } from '../../base/index.ts';
import { type LocationDriver, repairObject, requirePermittedOwners } from '../archival-storage/index.ts';
import {
  type Catalog,
  countRetention,
  disposedRecords,
  expectedObjects,
  knownLocations,
  putCopies,
  putLocation,
} from '../data-management/index.ts';
import { commitToJournal, type Holdings, journal } from '../packaging/index.ts';

/**
 * Leaves a location out of every receipt from now on, because its disk is away or broken. A recorded decision: until it
 * is brought back, fewer copies are made, and every page says so.
 * @throws ArchiveError STATE_CONFLICT when it is the last active one
 */
export async function markCatchingUp(holdings: Holdings, name: string, actor: string, reason: string): Promise<void> {
  const { storage, clock, institution } = holdings;
  const driver = find(holdings, name);
  if (storage.active().every((active) => active === driver))
    throw new ArchiveError('STATE_CONFLICT', `"${name}" is the last active location. Bring another one back first.`);
  const identity = await knownIdentity(holdings, name);
  storage.setState(name, 'catching-up');
  await journal(
    holdings,
    {
      time: utcSeconds(clock()),
      institution: institution.id,
      type: 'location.catching-up',
      subject: name,
      actor,
      detail: { identity, reason },
    },
    (transaction) => putLocation(transaction, { name, identity, state: 'catching-up' }),
  );
}

/**
 * Brings a location back: copies what it missed, removes what was disposed of meanwhile, gives it the journal, and only
 * then counts on it again.
 * @returns how many objects were copied
 * @throws ArchiveError LOCATION_NOT_PERMITTED when there are permanent records and its owner may not keep them (ZAG 13)
 */
export async function bringBack(holdings: Holdings, name: string, actor: string): Promise<number> {
  const { catalog, storage, clock, institution } = holdings;
  const driver = find(holdings, name);
  if ((await countRetention(catalog, institution.id)).permanent > 0) requirePermittedOwners([driver.description]);
  const identity = await driver.open(await knownIdentity(holdings, name));
  let copied = await copyMissing(holdings, driver, catalog);
  return commitToJournal(holdings, {
    entries: async (transaction) => {
      copied += await copyMissing(holdings, driver, transaction); // what came meanwhile; now nobody writes
      const [source] = storage.active();
      await driver.replaceJournal((await source?.readJournal()) ?? '');
      storage.setState(name, 'active');
      const entry = { time: utcSeconds(clock()), institution: institution.id, subject: name, actor };
      return [{ ...entry, type: 'location.active' as const, detail: { identity, copied } }];
    },
    project: async (transaction) => {
      await putLocation(transaction, { name, identity, state: 'active' });
      return copied;
    },
  }).catch((error) => {
    storage.setState(name, 'catching-up');
    throw error;
  });
}

/** Copies what a location lacks, and removes from it what was disposed of. @returns how many objects were copied */
async function copyMissing(holdings: Holdings, driver: LocationDriver, connection: Catalog): Promise<number> {
  const { storage, clock } = holdings;
  const location = driver.description.name;
  let copied = 0;
  for (const id of await disposedRecords(connection)) await driver.removeObject(id);
  for await (const { id, inventories } of expectedObjects(connection)) {
    if (await hasVersion(driver, id, inventories)) continue;
    const whole = await repairObject(storage, driver, { id, inventories });
    if (whole) copied += 1;
    const state = whole ? ('whole' as const) : ('missing' as const);
    await putCopies(connection, [{ objectId: id, location, state, verifiedAt: utcSeconds(clock()) }]);
  }
  return copied;
}

/** Whether the newest version stands there; its bytes are the next audit's to compare. */
async function hasVersion(
  driver: LocationDriver,
  id: string,
  inventories: ReadonlyMap<string, string>,
): Promise<boolean> {
  const bytes = await driver.readInventory(id);
  return bytes !== undefined && sha512Hex(bytes) === [...inventories.values()].at(-1);
}

function find({ storage }: Holdings, name: string): LocationDriver {
  const driver = storage.locations.find(({ description }) => description.name === name);
  if (!driver) throw new ArchiveError('USAGE', `There is no location "${name}".`);
  return driver;
}

async function knownIdentity({ catalog }: Holdings, name: string): Promise<string> {
  const known = (await knownLocations(catalog)).find((location) => location.name === name);
  if (!known) throw new ArchiveError('USAGE', `The location "${name}" was never open.`);
  return known.identity;
}
