import type { Catalog, Connection } from './catalog.ts';
import { putCopies, removeCopies } from './copies.ts';
import { putPending } from './evidence.ts';

/** A version of an object of the store that is no record: a journal segment, a report, a tombstone, a batch of evidence. */
export interface StoreObject {
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly inventorySha512: string;
}

/** Evidence is its own evidence: its time-stamps are renewed. */
const withoutEvidence: readonly string[] = ['evidence-batch', 'evidence-blinding'];

/**
 * Writes versions of objects into the catalog, read back at `since` in every active location; all but evidence itself wait
 * for evidence from then on.
 * @param inLocations where the copies are, when the catalog does not know yet
 */
export async function putStoreObjects(
  connection: Connection,
  objects: readonly StoreObject[],
  since: string,
  inLocations?: readonly string[],
): Promise<void> {
  for (const { id, version, type, inventorySha512 } of objects)
    await connection('store_object_versions')
      .insert({ id, version, type, inventory_sha512: inventorySha512 })
      .onConflict(['id', 'version'])
      .merge();
  const active = () => connection('locations').where({ state: 'active' }).pluck('name');
  const locations: readonly string[] = inLocations ?? (await active());
  await putCopies(
    connection,
    objects.flatMap(({ id }) =>
      locations.map((location) => ({ objectId: id, location, state: 'whole' as const, verifiedAt: since })),
    ),
  );
  const waiting = objects.filter(({ type }) => !withoutEvidence.includes(type));
  await putPending(
    connection,
    waiting.map(({ id, version, type }) => ({ objectId: id, version, type, since })),
  );
}

/** The newest version of an object. */
export async function findStoreObject(connection: Connection, id: string): Promise<StoreObject | undefined> {
  const row = await connection('store_object_versions').where({ id }).orderBy('version', 'desc').first();
  return row && { id: row.id, version: Number(row.version), type: row.type, inventorySha512: row.inventory_sha512 };
}

/** The ids of the store's objects of a type, in order. */
export async function storeObjectsOfType(connection: Connection, type: string): Promise<string[]> {
  const rows: { id: string }[] = await connection('store_object_versions').where({ type }).distinct('id').orderBy('id');
  return rows.map(({ id }) => id);
}

/** Each object that is no record, with the digests of its versions' inventories, `v1` first. */
export async function* expectedStoreObjects(
  catalog: Catalog,
): AsyncGenerator<{ id: string; inventories: Map<string, string> }> {
  for (let after = ''; ; ) {
    const found: { id: string }[] = await catalog('store_object_versions')
      .where('id', '>', after)
      .distinct('id')
      .orderBy('id')
      .limit(500);
    if (found.length === 0) return;
    const ids = found.map(({ id }) => id);
    const rows = await catalog('store_object_versions').whereIn('id', ids).orderBy(['id', 'version']);
    const inventories = new Map<string, Map<string, string>>(ids.map((id) => [id, new Map()]));
    for (const row of rows) inventories.get(row.id)?.set(`v${row.version}`, row.inventory_sha512);
    for (const [id, known] of inventories) yield { id, inventories: known };
    after = ids.at(-1) ?? after;
  }
}

/** One of them; undefined where the store holds no such object. */
export async function expectedStoreObject(
  connection: Connection,
  id: string,
): Promise<{ id: string; inventories: Map<string, string> } | undefined> {
  const rows = await connection('store_object_versions').where({ id }).orderBy('version');
  return rows.length === 0
    ? undefined
    : { id, inventories: new Map(rows.map((row) => [`v${row.version}`, row.inventory_sha512])) };
}

/** The digest of the inventory that a version of an object, record or not, must have. */
export async function inventoryDigest(
  connection: Connection,
  objectId: string,
  version: number,
): Promise<string | undefined> {
  const record = await connection('aip_versions').where({ record_id: objectId, version }).first('inventory_sha512');
  if (record) return record.inventory_sha512;
  const object = await connection('store_object_versions').where({ id: objectId, version }).first('inventory_sha512');
  return object?.inventory_sha512;
}

/** Takes an object out of the catalog that was removed from the store. */
export async function forgetStoreObject(connection: Connection, id: string): Promise<void> {
  await connection('store_object_versions').where({ id }).delete();
  await removeCopies(connection, id);
}
