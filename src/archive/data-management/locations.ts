import type { Catalog, Connection } from './catalog.ts';
import { expectedStoreObjects } from './store-objects.ts';

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

/** A copy of a record at a location, and when its bytes were last read and compared. */
export interface Copy {
  readonly recordId: string;
  readonly location: string;
  readonly state: 'whole' | 'damaged' | 'missing';
  readonly verifiedAt?: string;
}

/** Writes what an audit or a repair found of copies. */
export async function putCopies(connection: Connection, copies: readonly Copy[]): Promise<void> {
  const rows = copies.map((copy) => ({
    record_id: copy.recordId,
    location: copy.location,
    state: copy.state,
    verified_at: copy.verifiedAt ?? null,
  }));
  for (let index = 0; index < rows.length; index += 200)
    await connection('copies')
      .insert(rows.slice(index, index + 200))
      .onConflict(['record_id', 'location'])
      .merge();
}

export async function copiesOf(connection: Connection, recordId: string): Promise<Copy[]> {
  const rows = await connection('copies').where({ record_id: recordId }).orderBy('location');
  return rows.map((row) => ({
    recordId: row.record_id,
    location: row.location,
    state: row.state,
    ...(row.verified_at ? { verifiedAt: row.verified_at } : {}),
  }));
}

/** By location: how many copies there are, how many were found whole, and the one whose check lies longest back. */
export async function coverage(
  catalog: Catalog,
): Promise<{ location: string; copies: number; whole: number; oldest?: string }[]> {
  const rows: { location: string; copies: number; whole: number; oldest: string | null }[] = await catalog('copies')
    .groupBy('location')
    .orderBy('location')
    .select('location')
    .count({ copies: '*' })
    .min({ oldest: 'verified_at' })
    .select(catalog.raw("COUNT(*) FILTER (WHERE state = 'whole') AS whole"));
  return rows.map(({ location, copies, whole, oldest }) => ({
    location,
    copies,
    whole: Number(whole),
    ...(oldest ? { oldest } : {}),
  }));
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

/** How many copies of records a location has. */
export async function countCopies(connection: Connection, location: string): Promise<number> {
  const row = await connection('copies').where({ location }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

/** The records whose copy in a location was read longest ago, and not since `before`. */
export async function oldestCopies(
  connection: Connection,
  location: string,
  before: string,
  limit: number,
): Promise<string[]> {
  const rows: { record_id: string }[] = await connection('copies')
    .where({ location })
    .where('verified_at', '<', before)
    .orderBy('verified_at')
    .limit(limit)
    .select('record_id');
  return rows.map(({ record_id }) => record_id);
}

/** What must lie in every location of one record; undefined where it is not kept. */
export async function expectedObject(
  connection: Connection,
  id: string,
): Promise<{ id: string; recordId: string; inventories: Map<string, string> } | undefined> {
  const record = await connection('records')
    .where({ id })
    .where('version', '>', 0)
    .whereIn('state', ['archived', 'awaiting'])
    .first('id');
  if (!record) return undefined;
  const versions = await connection('aip_versions').where({ record_id: id }).orderBy('version');
  return { id, recordId: id, inventories: new Map(versions.map((row) => [`v${row.version}`, row.inventory_sha512])) };
}
