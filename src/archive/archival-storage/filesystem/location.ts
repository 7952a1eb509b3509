import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ArchiveError, folderName } from '../../../base/index.ts';
import { inventoryName, objectPath } from '../../../standards/ocfl/index.ts';
import type { LocationDescription, LocationDriver, StagedWriter, StoredFile } from '../location-driver.ts';
import { storageRootReadme } from '../storage-root-readme.ts';
import { syncFilesystem, syncFolder } from './durability.ts';
import { guarded, ignoreMissing } from './failures.ts';
import { readRange } from './read-range.ts';
import { repairRootFiles, rootFiles, storeFile, storeFormat } from './root-files.ts';
import type { FilesystemWorkers } from './workers.ts';

const flushEvery = 64 << 20;

/** A location in a folder of a filesystem: `store/` (the OCFL storage root), `staging/`, `journal/`, `set-aside/`. */
export function filesystemLocation(description: LocationDescription, workers: FilesystemWorkers): LocationDriver {
  const folder = fileURLToPath(description.url);
  const root = join(folder, 'store');
  const staging = (id: string) => join(folder, 'staging', folderName(id));
  const journal = join(folder, 'journal', 'open.jsonl');
  const asideFolder = () => join(folder, 'set-aside', randomUUID());

  const driver: LocationDriver = {
    description,
    open: (known) => openLocation(folder, root, known, description.name),
    facts: async () => {
      const [{ dev }, space] = [await stat(folder), await statfs(folder)];
      return {
        device: description.device ?? `dev:${dev}`,
        medium: `dev:${dev}`,
        freeBytes: space.bavail * space.bsize,
      };
    },

    createStaged: (stagingId, name) => createStaged(staging(stagingId), name),
    stagedPath: (stagingId, name) => join(staging(stagingId), name),
    copyStaged: async (stagingId, name, from) => {
      await makeFolder(staging(stagingId));
      const copy = join(staging(stagingId), name);
      await copyFile(from, copy);
      const handle = await open(copy, 'r+');
      try {
        await handle.datasync();
      } finally {
        await handle.close();
      }
    },
    writeStaged: async (stagingId, name, bytes) => {
      await makeFolder(staging(stagingId));
      await writeFile(join(staging(stagingId), name), bytes);
    },
    readStaged: (stagingId, name) => openStored(join(staging(stagingId), name)),
    listStaged: async () => (await readdir(join(folder, 'staging'))).map((name) => name.replaceAll('+', ':')),
    dropStaged: (stagingId) => rm(staging(stagingId), { recursive: true, force: true }),
    sync: () => syncFilesystem(folder),

    writeVersion: (version) => workers.writeVersion({ version, stagingFolder: staging(version.stagingId) }),
    placeVersion: async (version) => {
      const target = join(root, objectPath(version.objectId));
      const differs = await workers.placeVersion({ version, stagingFolder: staging(version.stagingId), target });
      if (differs)
        throw new ArchiveError(
          'LOCATION_CORRUPT',
          `"${description.name}" gave back other bytes than were written. Check its disk.`,
        );
    },
    removeObject: async (objectId) => {
      const path = join(root, objectPath(objectId));
      await rm(path, { recursive: true, force: true });
      await syncFolder(await removeEmptyFolders(dirname(path), root));
    },
    receiveObject: async (path, files) => {
      const aside = asideFolder();
      await makeFolder(aside);
      for (const file of files) {
        const copy = join(aside, 'object', file.path);
        await mkdir(dirname(copy), { recursive: true });
        await writeFile(copy, (await file.open()).stream());
      }
      await syncFilesystem(folder);
      const [copied] = await workers.readObjects([join(aside, 'object')]);
      const digests = new Map(copied?.files.map((file) => [file.path, file.sha512]));
      if (files.some((file) => digests.get(file.path) !== file.sha512))
        throw new ArchiveError(
          'LOCATION_CORRUPT',
          `"${description.name}" gave back other bytes than were written. Check its disk.`,
        );
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      await rename(target, join(aside, 'replaced')).catch(ignoreMissing);
      await rename(join(aside, 'object'), target);
      await syncFilesystem(folder);
      await rmdir(aside).catch(() => undefined); // it stays where it keeps what was replaced
    },

    listObjects: async function* () {
      const top = await readdir(root, { withFileTypes: true });
      for (const entry of top)
        if (entry.isDirectory() && entry.name !== 'extensions')
          yield* await workers.listObjects({ root, first: entry.name });
    },
    readObjects: (paths) => workers.readObjects(paths.map((path) => join(root, path))),
    readInventory: (objectId, version = '') =>
      readFile(join(root, objectPath(objectId), version, inventoryName)).catch(ignoreMissing),
    readInventoryAt: (path) => readFile(join(root, path, inventoryName)).catch(ignoreMissing),
    openFile: (objectId, contentPath) => openStored(join(root, objectPath(objectId), contentPath), workers),
    repairFile: async (path, file, healthy, sha512) => {
      const aside = asideFolder();
      await makeFolder(aside);
      const copy = join(aside, 'healthy');
      await writeFile(copy, healthy.stream(), { flush: true });
      if ((await workers.digestFile(copy)).sha512 !== sha512)
        throw new ArchiveError('LOCATION_CORRUPT', `The copy meant to repair "${description.name}" is damaged itself.`);
      const target = join(root, path, file);
      await mkdir(dirname(target), { recursive: true });
      await rename(target, join(aside, 'damaged')).catch(ignoreMissing);
      await rename(copy, target);
      await syncFolder(dirname(target));
    },
    repairRoot: (identity) => repairRootFiles(root, identity, asideFolder()),
    setAside: async (path, file) => {
      const aside = asideFolder();
      await makeFolder(aside);
      await rename(join(root, path, file), join(aside, 'extra'));
      await syncFolder(await removeEmptyFolders(dirname(join(root, path, file)), root));
    },

    appendJournal: (lines) => appendDurably(journal, lines),
    readJournal: async () => (await readFile(journal, 'utf8').catch(ignoreMissing)) ?? '',
    journalSize: async () => (await stat(journal).catch(ignoreMissing))?.size ?? 0,
    replaceJournal: async (lines) => {
      await writeFile(`${journal}.new`, lines, { flush: true });
      await rename(`${journal}.new`, journal);
      await syncFolder(dirname(journal));
    },
  };
  return guarded(driver, description.name);
}

async function openLocation(folder: string, root: string, known: string | undefined, name: string): Promise<string> {
  const found = await readFile(join(root, storeFile), 'utf8').catch(ignoreMissing);
  if (found !== undefined) {
    const store = JSON.parse(found) as { format: number; identity: string };
    if (store.format > storeFormat)
      throw new ArchiveError(
        'STORE_TOO_NEW',
        `"${name}" was written by a newer Trajno (format ${store.format}). Use that version or a later one.`,
      );
    if (known !== undefined && known !== store.identity)
      throw new ArchiveError('LOCATION_UNAVAILABLE', `Another store lies where "${name}" was. Attach the right disk.`);
    for (const part of ['staging', 'journal', 'set-aside']) await mkdir(join(folder, part), { recursive: true });
    return store.identity;
  }
  if (known !== undefined)
    throw new ArchiveError(
      'LOCATION_UNAVAILABLE',
      `"${name}" is empty, though it held records. Attach its disk, or mark it as catching up.`,
    );
  return makeLocation(folder, root);
}

/** The declaration is written last: a root without it was never finished, and making it again is harmless. */
async function makeLocation(folder: string, root: string): Promise<string> {
  const identity = randomUUID();
  for (const part of ['staging', 'journal', 'set-aside']) await mkdir(join(folder, part), { recursive: true });
  const files = [{ path: 'README.txt', content: storageRootReadme }, ...rootFiles(identity)];
  for (const file of files) {
    await mkdir(dirname(join(root, file.path)), { recursive: true });
    await writeFile(join(root, file.path), file.content);
  }
  await syncFilesystem(folder);
  return identity;
}

/** Never makes the folder around it: where that is missing the disk is away, and nothing may be written in its place. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function createStaged(folder: string, name: string): Promise<StagedWriter> {
  await makeFolder(folder);
  const handle = await open(join(folder, name), 'w');
  let unsynced = 0;
  let flushing: Promise<void> | undefined;
  let failure: unknown;
  // The medium works while the next chunks are hashed and written: nobody waits for it before the end.
  const flush = () => {
    unsynced = 0;
    flushing = handle.datasync().then(
      () => {
        flushing = undefined;
      },
      (error) => {
        failure = error;
        flushing = undefined;
      },
    );
  };
  return {
    write: async (chunk) => {
      if (failure) throw failure;
      for (let offset = 0; offset < chunk.length; )
        offset += (await handle.write(chunk, offset, chunk.length - offset)).bytesWritten;
      unsynced += chunk.length;
      if (unsynced >= flushEvery && !flushing) flush();
    },
    close: async (durable) => {
      try {
        await flushing;
        if (failure) throw failure;
        if (durable) await handle.datasync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** Small files are read at once: parsers ask for a dozen ranges of them, and each range would open the file anew. */
const readAtOnce = 256 << 10;

async function openStored(path: string, workers?: FilesystemWorkers): Promise<StoredFile> {
  const { size } = await stat(path);
  let whole: Promise<Buffer> | undefined;
  return {
    size,
    ...(workers ? { hasher: workers.hashStream } : {}),
    stream: (start = 0, end = size) =>
      start >= end ? Readable.from([]) : createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 20 }),
    read: async (offset, length) => {
      if (size > readAtOnce) return readRange(path, offset, Math.max(0, Math.min(length, size - offset)));
      whole ??= readFile(path);
      return (await whole).subarray(offset, offset + length);
    },
  };
}

/** OCFL knows no empty folders (E024, E073). @returns the first folder upwards that is not empty */
async function removeEmptyFolders(from: string, root: string): Promise<string> {
  let folder = from;
  while (folder !== root) {
    try {
      await rmdir(folder);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (['ENOTEMPTY', 'EEXIST'].includes(code)) return folder;
      if (code !== 'ENOENT') throw error;
    }
    folder = dirname(folder);
  }
  return folder;
}

async function appendDurably(path: string, lines: string): Promise<number> {
  const handle = await open(path, 'a');
  try {
    await handle.appendFile(lines);
    await handle.datasync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
