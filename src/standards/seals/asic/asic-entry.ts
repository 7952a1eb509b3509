import type { ByteReader } from '../../../base/index.ts';

/** A file of a container. */
export interface AsicEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file of a container that need not be in memory. */
export interface AsicFile {
  readonly name: string;
  /** `application/octet-stream` when left out. */
  readonly mediaType?: string;
  readonly reader: ByteReader;
}
