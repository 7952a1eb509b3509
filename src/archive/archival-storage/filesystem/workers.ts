import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { FoundObject, ObjectValidation } from '../../../standards/ocfl/index.ts';
import type { StreamHasher, VersionToWrite } from '../location-driver.ts';
import { streamHasher } from './shared-hash.ts';

/** The worker threads that read, write and hash for every filesystem location of this process. */
export interface FilesystemWorkers {
  writeVersion(task: { version: VersionToWrite; stagingFolder: string }): Promise<void>;
  placeVersion(task: { version: VersionToWrite; stagingFolder: string; target: string }): Promise<string | undefined>;
  readObjects(folders: readonly string[]): Promise<(FoundObject | undefined)[]>;
  listObjects(task: { root: string; first: string }): Promise<string[]>;
  digestFile(path: string): Promise<{ size: number; sha512: string }>;
  /** A thread of its own for the hash of a stream; undefined when all are taken: a slow reader must not keep one from work. */
  hashStream(): StreamHasher | undefined;
  validateObjects(folders: readonly string[]): Promise<ObjectValidation[]>;
  close(): Promise<void>;
}

/** Starts the pool; threads come up with the first task and rest afterwards. */
export function startFilesystemWorkers(threads = availableParallelism()): FilesystemWorkers {
  const source = import.meta.url.endsWith('.ts') ? './tasks-from-source.mjs' : './tasks.js';
  const settings = {
    filename: fileURLToPath(new URL(source, import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10_000,
  };
  const pool = new Piscina(settings);
  const hashers = new Piscina({ ...settings, idleTimeout: 1000 });
  let hashing = 0;
  return {
    writeVersion: (task) => pool.run(task, { name: 'writeVersion' }),
    placeVersion: (task) => pool.run(task, { name: 'placeVersion' }),
    readObjects: (folders) => pool.run(folders, { name: 'readObjects' }),
    listObjects: (task) => pool.run(task, { name: 'listObjects' }),
    digestFile: (path) => pool.run(path, { name: 'digestFile' }),
    hashStream: () => {
      if (hashing >= threads) return undefined;
      hashing += 1;
      return streamHasher((ring) =>
        hashers.run(ring, { name: 'hashShared' }).finally(() => {
          hashing -= 1;
        }),
      );
    },
    validateObjects: (folders) => pool.run(folders, { name: 'validateObjects' }),
    close: async () => {
      await pool.destroy();
      await hashers.destroy();
    },
  };
}
