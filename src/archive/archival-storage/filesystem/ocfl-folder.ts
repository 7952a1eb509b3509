import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../../../base/index.ts';
import type { OcflEntry, OcflReader } from '../../../standards/ocfl/index.ts';

const readBufferLength = 1 << 20;
let readBuffer: Buffer | undefined;

/**
 * A folder as the OCFL validator reads it. Links are named as what they are and never followed. Its calls are plain
 * synchronous ones, meant for a worker thread or a command that does nothing else.
 */
export function ocflFolder(folder: string): OcflReader {
  return {
    list: async (path) =>
      readdirSync(join(folder, path), { withFileTypes: true }).map(
        (entry): OcflEntry => ({
          name: entry.name,
          kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
        }),
      ),
    read: async (path, limit) => {
      const file = join(folder, path);
      if (statSync(file).size > limit) throw new FormatError('OCFL', `${path} is over ${limit} bytes`);
      return readFileSync(file);
    },
    digest: async (path, algorithms) => digests(join(folder, path), algorithms),
  };
}

function digests(file: string, algorithms: readonly string[]): Map<string, string> {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }));
  const descriptor = openSync(file, 'r');
  try {
    readBuffer ??= Buffer.allocUnsafeSlow(readBufferLength);
    for (;;) {
      const length = readSync(descriptor, readBuffer, 0, readBufferLength, null);
      if (length === 0) return new Map(hashes.map(({ algorithm, hash }) => [algorithm, hash.digest('hex')]));
      for (const { hash } of hashes) hash.update(readBuffer.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}
