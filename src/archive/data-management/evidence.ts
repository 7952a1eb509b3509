import type { Connection } from './catalog.ts';

/** A version of an object of the store that is not under evidence yet. */
export interface PendingObject {
  readonly objectId: string;
  readonly version: number;
  /** `record`, or what the object is otherwise. */
  readonly type: string;
  readonly since: string;
}

/** Where the leaves of a version lie in its batch. */
export interface EvidenceCoverage {
  readonly objectId: string;
  readonly version: number;
  readonly batchId: string;
  readonly firstLeaf: number;
  readonly leaves: number;
}

/** Notes versions that wait for evidence; those that have it already, or wait, are left as they are. */
export async function putPending(connection: Connection, objects: readonly PendingObject[]): Promise<void> {
  for (let index = 0; index < objects.length; index += 200) {
    const part = objects.slice(index, index + 200);
    await connection('evidence_pending')
      .insert(part.map(({ objectId, version, type, since }) => ({ object_id: objectId, version, type, since })))
      .onConflict(['object_id', 'version'])
      .ignore();
    const keys = part.map(({ objectId, version }) => [objectId, version]);
    const covered = connection('evidence_coverage')
      .whereIn(['object_id', 'version'], keys)
      .whereRaw('evidence_coverage.object_id = evidence_pending.object_id')
      .whereRaw('evidence_coverage.version = evidence_pending.version');
    await connection('evidence_pending').whereIn(['object_id', 'version'], keys).whereExists(covered).delete();
  }
}

/** What waits, in the order of its coming. */
export async function listPending(connection: Connection, limit: number): Promise<PendingObject[]> {
  const rows = await connection('evidence_pending').orderBy('position').limit(limit);
  return rows.map((row) => ({
    objectId: row.object_id,
    version: Number(row.version),
    type: row.type,
    since: row.since,
  }));
}

/** How much waits, and since when the oldest does. */
export async function pendingState(connection: Connection): Promise<{ objects: number; oldest?: string }> {
  const row = await connection('evidence_pending').count({ objects: '*' }).min({ oldest: 'since' }).first();
  return { objects: Number(row?.objects ?? 0), ...(row?.oldest ? { oldest: String(row.oldest) } : {}) };
}

/** Takes what a disposed record waited with out of the queue; the random values of what is covered are due to be dropped. */
export async function forgetEvidence(connection: Connection, objectId: string): Promise<void> {
  await connection('evidence_coverage').where({ object_id: objectId }).update({ blinding_state: blindingStates.due });
  await connection('evidence_pending').where({ object_id: objectId }).delete();
}

/** Where a version's leaves are; undefined while it waits. */
export async function findCoverage(
  connection: Connection,
  objectId: string,
  version: number,
): Promise<EvidenceCoverage | undefined> {
  const row = await connection('evidence_coverage').where({ object_id: objectId, version }).first();
  return row && coverageOf(row);
}

/** What a batch covers, in the order of its leaves. */
export async function coveredBy(connection: Connection, batchId: string): Promise<EvidenceCoverage[]> {
  return (await connection('evidence_coverage').where({ batch_id: batchId }).orderBy('first_leaf')).map(coverageOf);
}

function coverageOf(row: Record<string, string | number>): EvidenceCoverage {
  return {
    objectId: String(row.object_id),
    version: Number(row.version),
    batchId: String(row.batch_id),
    firstLeaf: Number(row.first_leaf),
    leaves: Number(row.leaves),
  };
}

/** What becomes of the random values of a version's leaves: kept, to be dropped since the record was disposed of, dropped. */
const blindingStates = { kept: 0, due: 1, dropped: 2 } as const;

/** What is covered of records that were disposed of, and whose random values are still kept: of one batch, others follow. */
export async function disposedCoverage(connection: Connection): Promise<EvidenceCoverage[]> {
  const due = { blinding_state: blindingStates.due };
  const first = await connection('evidence_coverage').where(due).first('batch_id');
  if (!first) return [];
  return (await connection('evidence_coverage').where({ ...due, batch_id: first.batch_id })).map(coverageOf);
}

/** Notes that the random values of these leaves are gone. */
export async function markForgotten(connection: Connection, covered: readonly EvidenceCoverage[]): Promise<void> {
  for (let index = 0; index < covered.length; index += 400) {
    const keys = covered.slice(index, index + 400).map(({ objectId, version }) => [objectId, version]);
    await connection('evidence_coverage')
      .whereIn(['object_id', 'version'], keys)
      .update({ blinding_state: blindingStates.dropped });
  }
}

/** What a batch covers, by the lines of `objects.jsonl` of its object in the store. */
export function coverageLines(text: Uint8Array): Omit<EvidenceCoverage, 'batchId'>[] {
  const lines = Buffer.from(text).toString('utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const { id, version, firstLeaf, leaves } = JSON.parse(line);
      return { objectId: id, version, firstLeaf, leaves };
    });
}
