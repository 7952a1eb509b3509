import { sha512Hex, utcSeconds } from '../../base/index.ts';
import type { Inventory } from '../../standards/ocfl/index.ts';
import type { RepresentationInformation } from '../../standards/packages/index.ts';
import { type Connection, findStoreObject, inTransaction, putStoreObjects } from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';
import { type StoreObjectFile, writeStoreObject } from './write-package.ts';

/** What an object of the store is, if it is no record. */
export type StoreObjectType =
  | 'evidence-batch'
  | 'evidence-blinding'
  | 'journal-segment'
  | 'audit-report'
  | 'tombstone'
  | 'act'
  | 'validation-report'
  | 'integrity-report'
  | 'certified-copy'
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
 * catalog is about to know. Repeating it with equal arguments changes nothing, whoever else stores the same at that moment.
 */
export async function storeObject(holdings: Holdings, object: StoreObjectToWrite): Promise<void> {
  await inTransaction(holdings.catalog, (transaction) => storeObjectIn(transaction, holdings, object));
}

/** The same within a transaction that holds the lock: what was staged is taken away under it, too. */
export async function storeObjectIn(
  transaction: Connection,
  holdings: Holdings,
  object: StoreObjectToWrite,
): Promise<void> {
  const [outcome] = await storeAllIn(transaction, holdings, [object]);
  if (outcome?.status === 'rejected') throw outcome.reason;
}

/**
 * Stores several at once, which share the syncs of the locations.
 * @returns per object whether it is stored, or why not
 */
export async function storeObjects(
  holdings: Holdings,
  objects: readonly StoreObjectToWrite[],
): Promise<PromiseSettledResult<void>[]> {
  return inTransaction(holdings.catalog, (transaction) => storeAllIn(transaction, holdings, objects));
}

async function storeAllIn(
  transaction: Connection,
  { storage, institution }: Holdings,
  objects: readonly StoreObjectToWrite[],
): Promise<PromiseSettledResult<void>[]> {
  const versions = objects.map(({ id, type, files, created, previous }) =>
    writeStoreObject(id, type, files, utcSeconds(created), institution, previous),
  );
  const outcomes = await storage.storeVersions(versions);
  const settled: PromiseSettledResult<void>[] = [];
  for (const [index, { id, type, created }] of objects.entries()) {
    const [version, outcome] = [versions[index], outcomes[index]];
    if (!version || outcome?.status !== 'fulfilled') {
      const reason = outcome?.status === 'rejected' ? outcome.reason : new Error('the storage gave no outcome');
      settled.push({ status: 'rejected', reason });
      continue;
    }
    const { head, inventorySha512, stagingId } = version;
    await putStoreObjects(
      transaction,
      [{ id, version: Number(head.slice(1)), type, inventorySha512 }],
      utcSeconds(created),
    );
    await storage.dropStaged(stagingId);
    settled.push({ status: 'fulfilled', value: undefined });
  }
  return settled;
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
