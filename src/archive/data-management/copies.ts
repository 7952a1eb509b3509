import type { Catalog, Connection } from './catalog.ts';

/** A copy of an object at a location, and when its bytes were last read and compared. */
export interface Copy {
  readonly objectId: string;
  readonly location: string;
  readonly state: 'whole' | 'damaged' | 'missing';
  readonly verifiedAt?: string;
}

/** Writes what an audit or a repair found of copies. */
export async function putCopies(connection: Connection, copies: readonly Copy[]): Promise<void> {
  const rows = copies.map((copy) => ({
    object_id: copy.objectId,
    location: copy.location,
    state: copy.state,
    verified_at: copy.verifiedAt ?? null,
  }));
  for (let index = 0; index < rows.length; index += 200)
    await connection('copies')
      .insert(rows.slice(index, index + 200))
      .onConflict(['object_id', 'location'])
      .merge();
}

export async function copiesOf(connection: Connection, objectId: string): Promise<Copy[]> {
  const rows = await connection('copies').where({ object_id: objectId }).orderBy('location');
  return rows.map((row) => ({
    objectId: row.object_id,
    location: row.location,
    state: row.state,
    ...(row.verified_at ? { verifiedAt: row.verified_at } : {}),
  }));
}

/** Other objects of the store have ids of our own. */
const isRecord = "object_id LIKE 'urn:uuid:%'";

/** By location: how many copies of records there are, how many were found whole, and whose check, of all copies, lies longest back. */
export async function coverage(
  catalog: Catalog,
): Promise<{ location: string; copies: number; whole: number; oldest?: string }[]> {
  const rows: { location: string; copies: number; whole: number; oldest: string | null }[] = await catalog('copies')
    .groupBy('location')
    .orderBy('location')
    .select('location')
    .select(catalog.raw(`COUNT(*) FILTER (WHERE ${isRecord}) AS copies`))
    .min({ oldest: 'verified_at' })
    .select(catalog.raw(`COUNT(*) FILTER (WHERE ${isRecord} AND state = 'whole') AS whole`));
  return rows.map(({ location, copies, whole, oldest }) => ({
    location,
    copies: Number(copies),
    whole: Number(whole),
    ...(oldest ? { oldest } : {}),
  }));
}

/** How many copies a location has. */
export async function countCopies(connection: Connection, location: string): Promise<number> {
  const row = await connection('copies').where({ location }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

/** The objects whose copy in a location was read longest ago, and not since `before`. */
export async function oldestCopies(
  connection: Connection,
  location: string,
  before: string,
  limit: number,
): Promise<string[]> {
  const rows: { object_id: string }[] = await connection('copies')
    .where({ location })
    .where('verified_at', '<', before)
    .orderBy('verified_at')
    .limit(limit)
    .select('object_id');
  return rows.map(({ object_id }) => object_id);
}
