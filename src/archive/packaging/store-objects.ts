import { sha512Hex, utcSeconds } from '../../base/index.ts';
import type { Inventory } from '../../standards/ocfl/index.ts';
import type { RepresentationInformation } from '../../standards/packages/index.ts';
import { findStoreObject, inTransaction, putStoreObjects } from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';
import { type StoreObjectFile, writeStoreObject } from './write-package.ts';

/** What an object of the store is, if it is no record. */
export type StoreObjectType =
  | 'evidence-batch'
  | 'evidence-blinding'
  | 'journal-segment'
  | 'audit-report'
  | 'tombstone'
  | 'validation-report'
  | 'integrity-report'
  | 'representation-information';

/** A version of an object that is no record. */
export interface StoreObjectToWrite {
  readonly id: string;
  readonly type: StoreObjectType;
  /** The whole state of the version; what the version before holds is not written again. */
  readonly files: readonly StoreObjectFile[];
  readonly created: Date;
  /** The inventory of the version before, where there is one. */
  readonly previous?: Inventory;
}

/**
 * Stores an object that is no record in every active location, under the catalog's lock: an audit never meets one that the
 * catalog is about to know. Repeating it with equal arguments changes nothing.
 */
export async function storeObject(holdings: Holdings, object: StoreObjectToWrite): Promise<void> {
  const version = writeStoreObject(
    object.id,
    object.type,
    object.files,
    utcSeconds(object.created),
    holdings.institution,
    object.previous,
  );
  await inTransaction(holdings.catalog, async (transaction) => {
    const [outcome] = await holdings.storage.storeVersions([version]);
    if (outcome?.status === 'rejected') throw outcome.reason;
    await putStoreObjects(
      transaction,
      [{ id: object.id, version: versionNumber(version), type: object.type, inventorySha512: version.inventorySha512 }],
      utcSeconds(object.created),
    );
  });
  await holdings.storage.dropStaged(version.stagingId);
}

/** A file that records refer to instead of carrying it: a schema, a profile. */
export interface SharedFile {
  readonly name: string;
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Puts representation information into the store once, addressed by its content.
 * @returns the references that packages carry
 */
export async function keepRepresentationInformation(
  holdings: Holdings,
  files: readonly SharedFile[],
): Promise<RepresentationInformation[]> {
  const references: RepresentationInformation[] = [];
  for (const file of files) {
    const sha512 = sha512Hex(file.content);
    const id = `urn:trajno:representation-information:${sha512.slice(0, 48)}`;
    references.push({ name: file.name, objectId: id, sha512 });
    if (await findStoreObject(holdings.catalog, id)) continue;
    const created = holdings.clock();
    await storeObject(holdings, {
      id,
      type: 'representation-information',
      files: [{ path: file.path, content: file.content }],
      created,
    });
  }
  return references;
}

function versionNumber({ head }: { head: string }): number {
  return Number(head.slice(1));
}
