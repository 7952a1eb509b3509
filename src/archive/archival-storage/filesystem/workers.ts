import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { FoundObject, ObjectValidation } from '../../../standards/ocfl/index.ts';
import type { VersionToWrite } from '../location-driver.ts';

/** The worker threads that read, write and hash for every filesystem location of this process. */
export interface FilesystemWorkers {
  writeVersion(task: { version: VersionToWrite; stagingFolder: string }): Promise<void>;
  placeVersion(task: { version: VersionToWrite; stagingFolder: string; target: string }): Promise<string | undefined>;
  readObjects(folders: readonly string[]): Promise<(FoundObject | undefined)[]>;
  listObjects(task: { root: string; first: string }): Promise<string[]>;
  digestFile(path: string): Promise<{ size: number; sha512: string }>;
  digestAndSum(path: string, signal: AbortSignal): Promise<{ sha512: string; crc32: number }>;
  validateObjects(folders: readonly string[]): Promise<ObjectValidation[]>;
  close(): Promise<void>;
}

/** Starts the pool; threads come up with the first task and rest afterwards. */
export function startFilesystemWorkers(threads = availableParallelism()): FilesystemWorkers {
  const source = import.meta.url.endsWith('.ts') ? './tasks-from-source.mjs' : './tasks.js';
  const pool = new Piscina({
    filename: fileURLToPath(new URL(source, import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10_000,
  });
  return {
    writeVersion: (task) => pool.run(task, { name: 'writeVersion' }),
    placeVersion: (task) => pool.run(task, { name: 'placeVersion' }),
    readObjects: (folders) => pool.run(folders, { name: 'readObjects' }),
    listObjects: (task) => pool.run(task, { name: 'listObjects' }),
    digestFile: (path) => pool.run(path, { name: 'digestFile' }),
    digestAndSum: (path, signal) => pool.run(path, { name: 'digestAndSum', signal }),
    validateObjects: (folders) => pool.run(folders, { name: 'validateObjects' }),
    close: () => pool.destroy(),
  };
}
