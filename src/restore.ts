import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RebuildReport, rebuildCatalog } from './archive/administration/index.ts';
import { filesystemLocation, openStorage, startFilesystemWorkers } from './archive/archival-storage/index.ts';
import {
  backUpCatalog,
  openCatalog,
  openFreshCatalog,
  takeLock,
  writeSetting,
} from './archive/data-management/index.ts';
import { ArchiveError, type Clock, utcSeconds } from './base/index.ts';
import type { Config } from './config.ts';
import { runFolder } from './run-folder.ts';
import { catalogPlace, readSoftware } from './shipped.ts';

/**
 * Makes the catalog anew from one location. The old one is kept aside under another name.
 * @param from the location's name; the first that can be read when left out
 * @throws ArchiveError SERVICE_ALREADY_RUNNING while `serve` works with the catalog
 */
export async function rebuildFrom(
  config: Config,
  clock: Clock,
  from: string | undefined,
  onProgress: (done: number, total: number) => void,
): Promise<RebuildReport> {
  await mkdir(config.dataFolder, { recursive: true });
  const lock = await takeLock(runFolder(config), 'serve');
  if (!lock) throw new ArchiveError('SERVICE_ALREADY_RUNNING', 'Stop `trajno serve` before the catalog is rebuilt.');
  const workers = startFilesystemWorkers();
  const fresh = await openFreshCatalog(catalogPlace(config), utcSeconds(clock()).replaceAll(':', ''));
  const { catalog } = fresh;
  try {
    const description = config.locations.find(({ name }) => from === undefined || name === from);
    if (!description)
      throw new ArchiveError(
        'USAGE',
        `There is no location “${from}”: ${config.locations.map(({ name }) => name).join(', ')}.`,
      );
    const driver = filesystemLocation(description, workers);
    await driver.open(undefined);
    const storage = await openStorage([driver]);
    const holdings = {
      catalog,
      storage,
      clock,
      random: randomBytes,
      institution: config.institution,
      software: await readSoftware(),
      lockRecord: async () => async () => {}, // nobody else has the archive open
    };
    const report = await rebuildCatalog(holdings, 'operator', onProgress);
    await fresh.putInPlace();
    return report;
  } finally {
    await catalog.destroy();
    await workers.close();
    await lock.release();
  }
}

/**
 * Copies what the store does not hold, while the archive runs: settings, keys of the built-in seal, the catalog.
 * To restore: put the files into an empty data folder beside the locations, or rebuild the catalog from a location.
 * @returns the paths written
 */
export async function backUp(config: Config, clock: Clock, to: string): Promise<string[]> {
  await mkdir(to, { recursive: true });
  const written: string[] = [];
  const catalog = await openCatalog(catalogPlace(config));
  try {
    const copy = join(to, config.database ? 'catalog.dump' : 'catalog.sqlite');
    await backUpCatalog(catalog, copy);
    await writeSetting(catalog, 'last-backup', utcSeconds(clock()));
    written.push(copy);
  } finally {
    await catalog.destroy();
  }
  for (const name of ['config.json', 'keys', 'trust', 'trusted-list-signers'])
    written.push(...(await copyTree(join(config.dataFolder, name), join(to, name))));
  const note = join(to, 'BACKUP.json');
  const { locations } = config;
  await writeFile(
    note,
    `${JSON.stringify({ time: utcSeconds(clock()), locations: locations.map(({ name, url }) => ({ name, url })) })}\n`,
  );
  return [...written, note];
}

async function copyTree(from: string, to: string): Promise<string[]> {
  if (!existsSync(from)) return [];
  const entries = await readdir(from, { withFileTypes: true }).catch(() => undefined);
  if (!entries) {
    await copyFile(from, to);
    return [to];
  }
  await mkdir(to, { recursive: true, mode: 0o700 });
  return (await Promise.all(entries.map((entry) => copyTree(join(from, entry.name), join(to, entry.name))))).flat();
}
