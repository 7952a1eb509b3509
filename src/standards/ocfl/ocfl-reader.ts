/** What stands in a folder; `other` is a link, a device or the like. */
export interface OcflEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/**
 * How an object or a storage root comes in. Paths are relative to its folder, `/` between segments, '' for the folder itself.
 * All of them throw plain errors when bytes cannot be had; `read` throws FormatError for a file of more than `limit` bytes.
 */
export interface OcflReader {
  list(path: string): Promise<readonly OcflEntry[]>;
  read(path: string, limit: number): Promise<Uint8Array>;
  /** Digests of one file in one pass, by algorithm as node:crypto names it, lower-case hex. */
  digest(path: string, algorithms: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Names of digest algorithms as OCFL spells them (OCFL 1.1 section 3.4 and extension 0009), as node:crypto does. */
export const cryptoNames: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha512', 'sha512'],
  ['blake2b-512', 'blake2b512'],
  ['sha512/256', 'sha512-256'],
]);

/** Registered algorithms (extension 0009) that node:crypto does not compute: their values are taken note of, not compared. */
export const uncheckedAlgorithms: ReadonlySet<string> = new Set([
  'blake2b-160',
  'blake2b-256',
  'blake2b-384',
  'size',
  'crc32',
]);

/** Extensions of the OCFL registry (github.com/OCFL/extensions), and the one that is reserved. */
export const registeredExtensions: ReadonlySet<string> = new Set([
  'initial',
  '0001-digest-algorithms',
  '0002-flat-direct-storage-layout',
  '0003-hash-and-id-n-tuple-storage-layout',
  '0004-hashed-n-tuple-storage-layout',
  '0005-mutable-head',
  '0006-flat-omit-prefix-storage-layout',
  '0007-n-tuple-omit-prefix-storage-layout',
  '0008-schema-registry',
  '0009-digest-algorithms',
  '0010-differential-n-tuple-omit-prefix-storage-layout',
  '0011-direct-clean-path-layout',
]);
