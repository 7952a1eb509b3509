import type { ByteReader } from '../../base/index.ts';
import type { FoundObject } from '../../standards/ocfl/index.ts';

/** What an operator says of a storage location; `device` overrides what the medium itself tells. */
export interface LocationDescription {
  readonly name: string;
  readonly url: string;
  readonly device?: string;
  readonly site?: string;
  readonly ownerType?: string;
  readonly administrator?: string;
}

/**
 * What the medium tells of itself now. Two locations with one `device` count as one copy; one `sync` covers all
 * locations of one `medium`.
 */
export interface LocationFacts {
  readonly device: string;
  readonly medium: string;
  readonly freeBytes: number;
}

/** A file being written to staging. Bytes are durable after `close(true)`, or after `close(false)` and the driver's `sync`. */
export interface StagedWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(durable: boolean): Promise<void>;
}

/** One file of a new object version: its bytes, or the staged file that becomes it. */
export type VersionFile =
  | { readonly contentPath: string; readonly sha512: string; readonly bytes: Uint8Array }
  | { readonly contentPath: string; readonly sha512: string; readonly staged: string };

/** A new version of an object, ready to be written. */
export interface VersionToWrite {
  readonly objectId: string;
  readonly stagingId: string;
  readonly head: string;
  readonly inventoryBytes: Uint8Array;
  readonly inventorySha512: string;
  readonly files: readonly VersionFile[];
}

/** A stream's SHA-512, computed by another thread while its bytes go on. */
export interface StreamHasher {
  /** Takes a copy; waits where the other thread is behind. */
  update(chunk: Uint8Array): Promise<void>;
  /** Once, when all was given. */
  digest(): Promise<string>;
  /** Ends it; does nothing after `digest`. */
  abandon(): void;
}

/** Bytes of a file in an object, for reading by range or as a stream. */
export interface StoredFile extends ByteReader {
  /** @param end exclusive */
  stream(start?: number, end?: number): NodeJS.ReadableStream;
  /**
   * Another thread for the SHA-512 of a stream of it, so that whoever streams it does not wait for that. Absent where the medium has
   * none, undefined when all are taken.
   */
  hasher?(): StreamHasher | undefined;
}

/** One file of an object that is copied from another location. */
export interface ObjectFile {
  readonly path: string;
  readonly sha512: string;
  open(): Promise<StoredFile>;
}

/**
 * One storage location: an OCFL storage root, a staging area on the same medium, and the open end of the journal.
 *
 * Promises that every driver keeps, and that `test/contract/location-driver.ts` tries to break:
 * - An object is visible in the storage root only whole; a crash at any instant leaves the version before, or the new one.
 * - `placeVersion` reads every byte back before it makes the version visible, and gives up when one differs.
 * - What `sync` covered, and what `close(true)` or `appendJournal` returned from, survives a power cut.
 * - Every call may be repeated with the same arguments: it then finds its work done.
 * - A medium that cannot be read or written is `LOCATION_UNAVAILABLE`, a full one `DISK_FULL`, with the cause.
 */
export interface LocationDriver {
  readonly description: LocationDescription;
  /**
   * Checks the location, or makes an empty one. A location that was known and is now empty is unavailable, never made anew.
   * @param known the identity it had when it was last open
   * @returns its identity
   * @throws ArchiveError STORE_TOO_NEW | LOCATION_UNAVAILABLE
   */
  open(known: string | undefined): Promise<string>;
  facts(): Promise<LocationFacts>;

  createStaged(stagingId: string, name: string): Promise<StagedWriter>;
  /** Where a staged file lies on this machine, for locations that can copy it from there; absent where it lies elsewhere. */
  stagedPath?(stagingId: string, name: string): string;
  /** Takes a staged file from another location of this machine, durably, by the system's own copy. Absent where there is none. */
  copyStaged?(stagingId: string, name: string, from: string): Promise<void>;
  writeStaged(stagingId: string, name: string, bytes: Uint8Array): Promise<void>;
  readStaged(stagingId: string, name: string): Promise<StoredFile>;
  listStaged(): Promise<string[]>;
  dropStaged(stagingId: string): Promise<void>;
  /** Makes everything that was written so far durable. */
  sync(): Promise<void>;

  /** Writes a version beside the storage root, not yet visible and not yet synced. */
  writeVersion(version: VersionToWrite): Promise<void>;
  /**
   * Reads the written version back, compares it with its inventory and makes it visible. An object of that id that
   * stands there already must be the version before, or an unacknowledged attempt at this one, which gives way.
   * @throws ArchiveError LOCATION_CORRUPT when what was read back differs
   */
  placeVersion(version: VersionToWrite): Promise<void>;
  removeObject(objectId: string): Promise<void>;
  /**
   * Takes a whole object from another location: written, synced, read back, compared, then visible. An object that
   * stands there is kept aside.
   * @throws ArchiveError LOCATION_CORRUPT when what was read back differs
   */
  receiveObject(objectPath: string, files: readonly ObjectFile[]): Promise<void>;

  /** Every object's path below the storage root. */
  listObjects(): AsyncIterable<string>;
  /** Reads objects to their last byte. `undefined` where there is none. */
  readObjects(objectPaths: readonly string[]): Promise<(FoundObject | undefined)[]>;
  /** The object's inventory, or with a version (`v2`) the one that lies in that version's folder. */
  readInventory(objectId: string, version?: string): Promise<Buffer | undefined>;
  /** The inventory of whatever object lies at a path: a long id cannot be read from its path. */
  readInventoryAt(objectPath: string): Promise<Buffer | undefined>;
  openFile(objectId: string, contentPath: string): Promise<StoredFile>;
  /** Puts healthy bytes in the place of a damaged or missing file; the damaged one is kept aside. */
  repairFile(objectPath: string, path: string, healthy: StoredFile, sha512: string): Promise<void>;
  /**
   * Writes anew those files of the storage root, beside objects, that are not as they must be; what stood there is kept aside.
   * @returns their paths
   */
  repairRoot(identity: string): Promise<string[]>;
  /** Takes a file that does not belong there out of the storage root, and keeps it aside. */
  setAside(objectPath: string, path: string): Promise<void>;

  /** Appends lines to the open end of the journal, durably. @returns its size in bytes afterwards */
  appendJournal(lines: string): Promise<number>;
  readJournal(): Promise<string>;
  journalSize(): Promise<number>;
  /** Replaces the open end of the journal by `lines`, once its entries lie in a closed segment. */
  replaceJournal(lines: string): Promise<void>;
}
