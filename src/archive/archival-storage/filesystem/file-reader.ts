import { stat } from 'node:fs/promises';
import type { ByteReader } from '../../../base/index.ts';
import { readRange } from './read-range.ts';

/** A file on disk as a reader; every read opens it, so that a package of a million files holds none open. */
export async function fileReader(path: string): Promise<ByteReader> {
  const { size } = await stat(path);
  return {
    size,
    read: (offset, length) => readRange(path, offset, Math.max(0, Math.min(length, size - offset))),
  };
}
