import { ArchiveError, folderName } from '../../base/index.ts';
import { stateOf } from '../../standards/ocfl/index.ts';
import type { ArchivalStorage, StoredFile } from '../archival-storage/index.ts';

/** A file of an AIP, opened when it is its turn. */
export interface AipEntry {
  /** From the package's root folder. */
  readonly path: string;
  readonly size: number;
  readonly sha512: string;
  /** Made for this package: no location has it. */
  readonly isMade?: true;
  open(): Promise<StoredFile>;
}

/** The files of a version of a record's AIP by path, and the name of its root folder. */
export interface AipContents {
  readonly folder: string;
  readonly version: number;
  readonly entries: readonly AipEntry[];
}

/**
 * What a version of a record's AIP consists of. Records are read by the version that the catalog knows: what stands in a
 * location beyond it was never acknowledged.
 * @throws ArchiveError RECORD_UNKNOWN when no location has it
 */
export async function aipContents(storage: ArchivalStorage, recordId: string, version: number): Promise<AipContents> {
  const inventory = await storage.readInventory(recordId, version);
  if (!inventory) throw new ArchiveError('RECORD_UNKNOWN', `No location has version ${version} of ${recordId}.`);
  const entries = await Promise.all(
    [...stateOf(inventory).values()].map(async (file) => {
      const open = () => storage.openStored(recordId, file);
      return { path: file.path, sha512: file.sha512, size: (await open()).size, open };
    }),
  );
  return { folder: folderName(recordId), version, entries };
}
