import type { Connection } from './catalog.ts';
import { type IndexedEntry, insertMany } from './journal.ts';

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

/** A batch by its newest archive time-stamp. */
export interface EvidenceBatch {
  readonly id: string;
  readonly institution: string;
  /** Of its object in the store. */
  readonly version: number;
  readonly createdAt: string;
  readonly objects: number;
  readonly leaves: number;
  /** The digest algorithm of its newest chain. */
  readonly digest: string;
  readonly chains: number;
  /** Of the newest chain. */
  readonly timestamps: number;
  readonly authority: string;
  readonly isTest: boolean;
  readonly stampedAt: string;
  /** When its newest time-stamp stops to hold: the authority's certificate ends, or an algorithm lapses. */
  readonly expiresAt: string;
  /** From when on it is due for renewal. */
  readonly renewAt: string;
  /** The object with the random values that its leaves are joined with. */
  readonly blinding: string;
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

/** Writes a batch and what it covers, and takes that out of the queue. */
export async function putBatch(
  connection: Connection,
  batch: EvidenceBatch,
  covered: readonly Omit<EvidenceCoverage, 'batchId'>[] = [],
): Promise<void> {
  const { institution, createdAt, isTest, stampedAt, expiresAt, renewAt, ...same } = batch;
  const row = {
    ...same,
    institution_id: institution,
    created_at: createdAt,
    is_test: isTest ? 1 : 0,
    stamped_at: stampedAt,
    expires_at: expiresAt,
    renew_at: renewAt,
  };
  await connection('evidence_batches').insert(row).onConflict('id').merge();
  const rows = covered.map(({ objectId, version, firstLeaf, leaves }) => ({
    object_id: objectId,
    version,
    batch_id: batch.id,
    first_leaf: firstLeaf,
    leaves,
  }));
  await insertMany(connection, 'evidence_coverage', rows);
  for (let index = 0; index < rows.length; index += 400) {
    const keys = rows.slice(index, index + 400).map(({ object_id, version }) => [object_id, version]);
    await connection('evidence_pending').whereIn(['object_id', 'version'], keys).delete();
  }
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

export async function findBatch(connection: Connection, id: string): Promise<EvidenceBatch | undefined> {
  const row = await connection('evidence_batches').where({ id }).first();
  return row && batchOf(row);
}

/** Which batches to list. */
export interface BatchQuery {
  /** Those that are due by then. */
  readonly dueBy?: string;
  /** Those whose newest chain uses this digest algorithm. */
  readonly digest?: string;
  readonly authority?: string;
  /** Those after this id. */
  readonly after?: string;
  readonly limit: number;
}

/** Batches, by id. */
export async function listBatches(connection: Connection, query: BatchQuery): Promise<EvidenceBatch[]> {
  const rows = await connection('evidence_batches')
    .modify((builder) => {
      if (query.dueBy !== undefined) builder.where('renew_at', '<=', query.dueBy);
      if (query.digest !== undefined) builder.where('digest', query.digest);
      if (query.authority !== undefined) builder.where('authority', query.authority);
      if (query.after !== undefined) builder.where('id', '>', query.after);
    })
    .orderBy('id')
    .limit(query.limit);
  return rows.map(batchOf);
}

/** How many batches, leaves and objects a query finds. */
export async function countBatches(
  connection: Connection,
  query: Omit<BatchQuery, 'limit' | 'after'> = {},
): Promise<{ batches: number; objects: number; nextDue?: string }> {
  const row: { batches?: number | string; objects?: number | string; next?: string } | undefined = await connection(
    'evidence_batches',
  )
    .modify((builder) => {
      if (query.dueBy !== undefined) builder.where('renew_at', '<=', query.dueBy);
      if (query.digest !== undefined) builder.where('digest', query.digest);
      if (query.authority !== undefined) builder.where('authority', query.authority);
    })
    .count({ batches: '*' })
    .sum({ objects: 'objects' })
    .min({ next: 'renew_at' })
    .first();
  return {
    batches: Number(row?.batches ?? 0),
    objects: Number(row?.objects ?? 0),
    ...(row?.next ? { nextDue: String(row.next) } : {}),
  };
}

function batchOf(row: Record<string, string | number>): EvidenceBatch {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    version: Number(row.version),
    createdAt: String(row.created_at),
    objects: Number(row.objects),
    leaves: Number(row.leaves),
    digest: String(row.digest),
    chains: Number(row.chains),
    timestamps: Number(row.timestamps),
    authority: String(row.authority),
    isTest: Number(row.is_test) === 1,
    stampedAt: String(row.stamped_at),
    expiresAt: String(row.expires_at),
    renewAt: String(row.renew_at),
    blinding: String(row.blinding),
  };
}

/** `detail` of the entries `evidence.batch-closed` and `evidence.renewed`: the batch, but for what the entry itself says. */
export function batchDetail(batch: EvidenceBatch): Record<string, unknown> {
  const { id: _id, institution: _institution, ...detail } = batch;
  return detail;
}

/** The batch that such an entry tells of. */
export function batchOfEntry({ subject = '', institution, detail }: IndexedEntry): EvidenceBatch {
  return { ...(detail as unknown as Omit<EvidenceBatch, 'id' | 'institution'>), id: subject, institution };
}

/** What becomes of the random values of a version's leaves: kept, to be dropped since the record was disposed of, dropped. */
const blindingStates = { kept: 0, due: 1, dropped: 2 } as const;

/** What is covered of records that were disposed of, and whose random values are still kept. */
export async function disposedCoverage(connection: Connection, limit: number): Promise<EvidenceCoverage[]> {
  const rows = await connection('evidence_coverage').where({ blinding_state: blindingStates.due }).limit(limit);
  return rows.map(coverageOf);
}

/** Notes that the random values of an object's leaves in a batch are gone. */
export async function forgottenBy(connection: Connection, batchId: string, objectId: string): Promise<void> {
  await connection('evidence_coverage')
    .where({ batch_id: batchId, object_id: objectId })
    .update({ blinding_state: blindingStates.dropped });
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
