import type { Catalog, Connection } from './catalog.ts';
import { expectedStoreObject, expectedStoreObjects } from './store-objects.ts';

/** What the catalog keeps of a storage location. */
export interface KnownLocation {
  readonly name: string;
  readonly identity: string;
  readonly state: 'active' | 'catching-up';
}

export async function knownLocations(connection: Connection): Promise<KnownLocation[]> {
  return connection('locations').orderBy('name').select('name', 'identity', 'state');
}

export async function putLocation(connection: Connection, location: KnownLocation): Promise<void> {
  await connection('locations')
    .insert({ ...location })
    .onConflict('name')
    .merge();
}

/** What must lie in every location: each object and the digests of its versions' inventories, `v1` first. */
export async function* expectedObjects(
  catalog: Catalog,
): AsyncGenerator<{ id: string; recordId?: string; inventories: Map<string, string> }> {
  for (let after = ''; ; ) {
    const rows = await catalog('records')
      .where('id', '>', after)
      .where('version', '>', 0)
      .whereIn('state', ['archived', 'awaiting'])
      .orderBy('id')
      .limit(500)
      .select('id');
    if (rows.length === 0) break;
    const ids: string[] = rows.map((row) => row.id);
    const versions = await catalog('aip_versions').whereIn('record_id', ids).orderBy(['record_id', 'version']);
    const inventories = new Map<string, Map<string, string>>(ids.map((id) => [id, new Map()]));
    for (const row of versions) inventories.get(row.record_id)?.set(`v${row.version}`, row.inventory_sha512);
    for (const [id, known] of inventories) yield { id, recordId: id, inventories: known };
    after = ids.at(-1) ?? after;
  }
  yield* expectedStoreObjects(catalog);
}

/** How many objects `expectedObjects` gives. */
export async function countExpectedObjects(connection: Connection): Promise<number> {
  const count = async (rows: Promise<{ count?: number | string } | undefined>) => Number((await rows)?.count ?? 0);
  const records = connection('records').where('version', '>', 0).whereIn('state', ['archived', 'awaiting']);
  return (
    (await count(records.count({ count: '*' }).first())) +
    (await count(connection('store_object_versions').countDistinct({ count: 'id' }).first()))
  );
}

/**
 * What the catalog knows of these ids: `kept` in the store, `in-work` (staged, its object may be half placed),
 * `disposed` by a decision. Ids that it does not know are left out.
 */
export async function knownObjects(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, 'kept' | 'in-work' | 'disposed'>> {
  const known = new Map<string, 'kept' | 'in-work' | 'disposed'>();
  const records: { id: string; state: string; version: number }[] = await connection('records')
    .whereIn('id', [...ids])
    .select('id', 'state', 'version');
  for (const { id, state, version } of records)
    known.set(id, state === 'disposed' ? 'disposed' : version > 0 ? 'kept' : 'in-work');
  const objects: { id: string }[] = await connection('store_object_versions')
    .whereIn('id', [...ids])
    .select('id');
  for (const { id } of objects) known.set(id, 'kept');
  return known;
}

/** The ids of disposed records: no copy of them may come back. */
export async function disposedRecords(connection: Connection): Promise<string[]> {
  const rows: { id: string }[] = await connection('records').where({ state: 'disposed' }).select('id');
  return rows.map(({ id }) => id);
}

/** What must lie in every location of one object; undefined where it is not kept. */
export async function expectedObject(
  connection: Connection,
  id: string,
): Promise<{ id: string; recordId?: string; inventories: Map<string, string> } | undefined> {
  const record = await connection('records')
    .where({ id })
    .where('version', '>', 0)
    .whereIn('state', ['archived', 'awaiting'])
    .first('id');
  if (!record) return expectedStoreObject(connection, id);
  const versions = await connection('aip_versions').where({ record_id: id }).orderBy('version');
  return { id, recordId: id, inventories: new Map(versions.map((row) => [`v${row.version}`, row.inventory_sha512])) };
}
