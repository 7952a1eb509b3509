import type { Connection } from './catalog.ts';
import type { EvidenceCoverage } from './evidence.ts';
import { type IndexedEntry, insertMany } from './journal.ts';

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

export async function findBatch(connection: Connection, id: string): Promise<EvidenceBatch | undefined> {
  const row = await connection('evidence_batches').where({ id }).first();
  return row && batchOfRow(row);
}

/** Which batches are meant. */
export interface BatchFilter {
  /** Those that are due by then. */
  readonly dueBy?: string;
  /** Those whose newest chain uses this digest algorithm. */
  readonly digest?: string;
  readonly authority?: string;
}

/** Which batches to list. */
export interface BatchQuery extends BatchFilter {
  /** Those after this id. */
  readonly after?: string;
  readonly limit: number;
}

const batchesOf = (connection: Connection, query: BatchFilter & Pick<BatchQuery, 'after'>) =>
  connection('evidence_batches').modify((builder) => {
    if (query.dueBy !== undefined) builder.where('renew_at', '<=', query.dueBy);
    if (query.digest !== undefined) builder.where('digest', query.digest);
    if (query.authority !== undefined) builder.where('authority', query.authority);
    if (query.after !== undefined) builder.where('id', '>', query.after);
  });

/** Batches, by id. */
export async function listBatches(connection: Connection, query: BatchQuery): Promise<EvidenceBatch[]> {
  const rows = await batchesOf(connection, query).orderBy('id').limit(query.limit);
  return rows.map(batchOfRow);
}

/** Batches whose renewal comes first. */
export async function nextRenewals(connection: Connection, limit: number): Promise<EvidenceBatch[]> {
  return (await connection('evidence_batches').orderBy(['renew_at', 'id']).limit(limit)).map(batchOfRow);
}

/** All that a query finds, by id, so many at a time; what changes meanwhile disturbs nothing. */
export async function* batchPages(
  connection: Connection,
  query: Omit<BatchQuery, 'after'>,
): AsyncGenerator<EvidenceBatch[]> {
  for (let after = ''; ; ) {
    const page = await listBatches(connection, { ...query, after });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.id;
  }
}

/** All that a query finds, by id, one after the other; so many are read at once. */
export async function* eachBatch(
  connection: Connection,
  query: BatchFilter = {},
  limit = 100,
): AsyncGenerator<EvidenceBatch> {
  for await (const page of batchPages(connection, { ...query, limit })) yield* page;
}

/** How many batches and objects a query finds, and when the next of them is due. */
export async function countBatches(
  connection: Connection,
  query: BatchFilter = {},
): Promise<{ batches: number; objects: number; nextDue?: string }> {
  const row: { batches?: number | string; objects?: number | string; next?: string } | undefined = await batchesOf(
    connection,
    query,
  )
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

function batchOfRow(row: Readonly<Record<string, unknown>>): EvidenceBatch {
  return batchOf({
    ...row,
    institution: row.institution_id,
    createdAt: row.created_at,
    isTest: Number(row.is_test) === 1,
    stampedAt: row.stamped_at,
    expiresAt: row.expires_at,
    renewAt: row.renew_at,
  });
}

function batchOf(values: Readonly<Record<string, unknown>>): EvidenceBatch {
  return {
    id: String(values.id),
    institution: String(values.institution),
    version: Number(values.version),
    createdAt: String(values.createdAt),
    objects: Number(values.objects),
    leaves: Number(values.leaves),
    digest: String(values.digest),
    chains: Number(values.chains),
    timestamps: Number(values.timestamps),
    authority: String(values.authority),
    isTest: values.isTest === true,
    stampedAt: String(values.stampedAt),
    expiresAt: String(values.expiresAt),
    renewAt: String(values.renewAt),
    blinding: String(values.blinding),
  };
}

/** `detail` of the entries `evidence.batch-closed` and `evidence.renewed`: the batch, but for what the entry itself says. */
export function batchDetail(batch: EvidenceBatch): Record<string, unknown> {
  const { id: _id, institution: _institution, ...detail } = batch;
  return detail;
}

/** The batch that such an entry tells of. */
export function batchOfEntry({ subject = '', institution, detail }: IndexedEntry): EvidenceBatch {
  return batchOf({ ...detail, id: subject, institution });
}
