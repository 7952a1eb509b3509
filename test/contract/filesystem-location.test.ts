import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type FilesystemWorkers,
  filesystemLocation,
  startFilesystemWorkers,
} from '../../src/archive/archival-storage/index.ts';
import { emptyFolder } from '../support/folders.ts';
import { describeLocationDriver } from './location-driver.ts';

let workers: FilesystemWorkers | undefined;
after(() => workers?.close());

describeLocationDriver('filesystem', async () => {
  workers ??= startFilesystemWorkers(2);
  const running = workers;
  const folder = emptyFolder();
  const reopen = () => filesystemLocation({ name: 'disk', url: pathToFileURL(folder).href }, running);
  return {
    driver: reopen(),
    reopen,
    damage: async (objectPath, path) => {
      const file = join(folder, 'store', objectPath, path);
      const bytes = await readFile(file);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
    vanish: async () => rm(folder, { recursive: true }),
  };
});
