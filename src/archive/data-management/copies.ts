import { type Catalog, type Connection, inTransaction } from './catalog.ts';

/** A copy of an object at a location, and when its bytes were last read and compared. */
export interface Copy {
  readonly objectId: string;
  readonly location: string;
  readonly state: 'whole' | 'damaged' | 'missing';
  readonly verifiedAt?: string;
}

/** Writes what an audit or a repair found of copies, and keeps count of them. */
export async function putCopies(connection: Connection, copies: readonly Copy[]): Promise<void> {
  if (copies.length === 0) return;
  if (!connection.isTransaction) return inTransaction(connection, (transaction) => putCopies(transaction, copies));
  const changes = new Map<string, number>();
  for (let index = 0; index < copies.length; index += copiesAtOnce) {
    const rows = copies.slice(index, index + copiesAtOnce).map(rowOf);
    const keys = rows.map(({ object_id, location }) => [object_id, location]);
    note(changes, await connection('copies').whereIn(['object_id', 'location'], keys), -1);
    note(changes, rows, 1);
    await connection('copies').insert(rows).onConflict(['object_id', 'location']).merge();
  }
  await count(connection, changes);
}

/** Takes the copies of an object out that is not kept any more. */
export async function removeCopies(connection: Connection, objectId: string): Promise<void> {
  const changes = new Map<string, number>();
  note(changes, await connection('copies').where({ object_id: objectId }), -1);
  await connection('copies').where({ object_id: objectId }).delete();
  await count(connection, changes);
}

const copiesAtOnce = 200;

interface CopyRow {
  readonly object_id: string;
  readonly location: string;
  readonly state: string;
  readonly verified_at: string | null;
}

function rowOf({ objectId, location, state, verifiedAt }: Copy): CopyRow {
  return { object_id: objectId, location, state, verified_at: verifiedAt ?? null };
}

/** Records have an id of this kind; other objects of the store have ids of our own. */
const kindOf = (objectId: string) => (objectId.startsWith('urn:uuid:') ? 'record' : 'other');

function note(changes: Map<string, number>, rows: readonly CopyRow[], by: 1 | -1): void {
  for (const { object_id, location, state, verified_at } of rows) {
    const key = JSON.stringify([location, kindOf(object_id), state, verified_at?.slice(0, 10) ?? '']);
    changes.set(key, (changes.get(key) ?? 0) + by);
  }
}

async function count(connection: Connection, changes: ReadonlyMap<string, number>): Promise<void> {
  for (const key of [...changes.keys()].sort()) {
    const by = changes.get(key) ?? 0;
    if (by === 0) continue;
    const [location, kind, state, day] = JSON.parse(key);
    const where = { location, kind, state, day };
    await connection('copy_counts')
      .insert({ ...where, copies: by })
      .onConflict(['location', 'kind', 'state', 'day'])
      .merge({ copies: connection.raw('copy_counts.copies + ?', [by]) });
    if (by < 0) await connection('copy_counts').where(where).where('copies', '<=', 0).delete();
  }
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

/** How the copies of a location are, by the day on which they were last read. */
export interface CopyCount {
  readonly location: string;
  readonly kind: 'record' | 'other';
  readonly state: Copy['state'];
  /** Empty where they were never read. */
  readonly day: string;
  readonly copies: number;
}

/** How many copies there are; a few rows for each day of the last period, whatever the archive's size. */
export async function copyCounts(connection: Connection): Promise<CopyCount[]> {
  const rows: CopyCount[] = await connection('copy_counts').orderBy(['location', 'day']);
  return rows.map((row) => ({ ...row, copies: Number(row.copies) }));
}

/** By location: how many copies of records there are, how many were found whole, and whose check, of all copies, lies longest back. */
export async function coverage(
  catalog: Catalog,
): Promise<{ location: string; copies: number; whole: number; oldest?: string }[]> {
  const counts = await copyCounts(catalog);
  const locations = [...new Set(counts.map(({ location }) => location))];
  return Promise.all(
    locations.map(async (location) => {
      const records = counts.filter((each) => each.location === location && each.kind === 'record');
      const sum = (rows: readonly CopyCount[]) => rows.reduce((all, { copies }) => all + copies, 0);
      const oldest = await catalog('copies')
        .where({ location })
        .whereNotNull('verified_at')
        .orderBy('verified_at')
        .first('verified_at');
      return {
        location,
        copies: sum(records),
        whole: sum(records.filter(({ state }) => state === 'whole')),
        ...(oldest ? { oldest: oldest.verified_at } : {}),
      };
    }),
  );
}

/** How many copies a location has. */
export async function countCopies(connection: Connection, location: string): Promise<number> {
  const row = await connection('copy_counts').where({ location }).sum({ count: 'copies' }).first();
  return Number(row?.count ?? 0);
}

/** A copy with the record it is of, where it is of one. */
export type CopyOfRecord = Copy & { readonly number?: string; readonly title?: string };

/** Copies whose check lies longest back, whatever their location. */
export async function longestUnread(
  connection: Connection,
  locations: readonly string[],
  limit: number,
): Promise<CopyOfRecord[]> {
  const found = await Promise.all(
    locations.map((location) => withRecords(connection).where({ location }).orderBy('copies.verified_at').limit(limit)),
  );
  const oldest = found.flat().sort((one, other) => ((one.verified_at ?? '') < (other.verified_at ?? '') ? -1 : 1));
  return oldest.slice(0, limit).map(copyOfRecord);
}

/** Copies that are not whole. */
export async function brokenCopies(connection: Connection, limit: number): Promise<CopyOfRecord[]> {
  const rows = await withRecords(connection).whereIn('copies.state', ['damaged', 'missing']).limit(limit);
  return rows.map(copyOfRecord);
}

const withRecords = (connection: Connection) =>
  connection('copies')
    .leftJoin('records', 'records.id', 'copies.object_id')
    .select('copies.*', 'records.number', 'records.title');

function copyOfRecord(row: CopyRow & { number: string | null; title: string | null }): CopyOfRecord {
  return {
    objectId: row.object_id,
    location: row.location,
    state: row.state as Copy['state'],
    ...(row.verified_at ? { verifiedAt: row.verified_at } : {}),
    ...(row.number ? { number: row.number } : {}),
    ...(row.title ? { title: row.title } : {}),
  };
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
