import { ArchiveError } from '../../../base/index.ts';
import type { LocationDriver } from '../location-driver.ts';

const full = ['ENOSPC', 'EDQUOT'];
const gone = ['ENOENT', 'ENOTDIR', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN'];

/** Turns what the operating system says of a medium into a refusal with the location's name. */
export function locationFailure(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const stderr = String((error as { stderr?: unknown } | undefined)?.stderr ?? '');
  if ((code && full.includes(code)) || stderr.includes('No space left'))
    return new ArchiveError('DISK_FULL', `"${name}" has no space left. Free some or add a disk, then try again.`, {
      cause: error,
    });
  if ((code && gone.includes(code)) || stderr.includes('No such file'))
    return new ArchiveError(
      'LOCATION_UNAVAILABLE',
      `"${name}" cannot be read or written (${code}). Check its disk, or mark it as catching up.`,
      { cause: error },
    );
  return error;
}

/** The same driver, its failures named. */
export function guarded(driver: LocationDriver, name: string): LocationDriver {
  const wrap =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      try {
        return await call(...args);
      } catch (error) {
        throw locationFailure(error, name);
      }
    };
  return {
    description: driver.description,
    open: wrap(driver.open),
    facts: wrap(driver.facts),
    createStaged: wrap(async (stagingId: string, staged: string) => {
      const writer = await driver.createStaged(stagingId, staged);
      return { write: wrap(writer.write), close: wrap(writer.close) };
    }),
    ...(driver.stagedPath ? { stagedPath: driver.stagedPath } : {}),
    ...(driver.copyStaged ? { copyStaged: wrap(driver.copyStaged) } : {}),
    writeStaged: wrap(driver.writeStaged),
    readStaged: wrap(driver.readStaged),
    listStaged: wrap(driver.listStaged),
    dropStaged: wrap(driver.dropStaged),
    sync: wrap(driver.sync),
    writeVersion: wrap(driver.writeVersion),
    placeVersion: wrap(driver.placeVersion),
    removeObject: wrap(driver.removeObject),
    receiveObject: wrap(driver.receiveObject),
    listObjects: async function* () {
      try {
        yield* driver.listObjects();
      } catch (error) {
        throw locationFailure(error, name);
      }
    },
    readObjects: wrap(driver.readObjects),
    readInventory: wrap(driver.readInventory),
    readInventoryAt: wrap(driver.readInventoryAt),
    openFile: wrap(driver.openFile),
    repairFile: wrap(driver.repairFile),
    repairRoot: wrap(driver.repairRoot),
    setAside: wrap(driver.setAside),
    appendJournal: wrap(driver.appendJournal),
    readJournal: wrap(driver.readJournal),
    journalSize: wrap(driver.journalSize),
    replaceJournal: wrap(driver.replaceJournal),
  };
}

export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
