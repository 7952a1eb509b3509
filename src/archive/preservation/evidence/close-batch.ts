import { ArchiveError, type DigestAlgorithm, utcSeconds, uuidV7 } from '../../../base/index.ts';
import {
  digestLength,
  digestName,
  enrichTimestampToken,
  type HashTree,
  hashTree,
  hashTreeAlgorithm,
  leafNode,
} from '../../../standards/evidence/index.ts';
import {
  batchDetail,
  type EvidenceBatch,
  type EvidenceCoverage,
  listPending,
  type PendingObject,
  putBatch,
} from '../../data-management/index.ts';
import { commitToJournal, journal, storeObject } from '../../packaging/index.ts';
import type { ObtainedTimestamp } from '../../trust-services/index.ts';
import { type BatchDescription, batchPaths, blindingPath, jsonLine, timestampOf, valueOfLeaf } from './batch-object.ts';
import { strongAlgorithm } from './digest-policy.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { fileDigest } from './file-digest.ts';
import { obtainTimestamp } from './obtain-timestamp.ts';
import { renewalTime } from './renewal-time.ts';
import { verifiedState } from './verified-state.ts';

/** Leaves made before others get their turn. */
const leavesAtOnce = 5000;
const objectsAtOnce = 50_000;

/**
 * Puts what waits under one archive time-stamp (RFC 4998 4.2): a leaf for every file of every version, each joined with a
 * random value of its own. The batch is an object of the store before the journal names it.
 * @returns the batch, or undefined where nothing waits
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE, LOCATION_CORRUPT; everything waits on then
 */
export async function closeBatch(context: EvidenceContext): Promise<EvidenceBatch | undefined> {
  const { catalog, clock, random } = context;
  const waiting = await listPending(catalog, objectsAtOnce);
  if (waiting.length === 0) return undefined;
  const digest = strongAlgorithm(context.evidencePolicy, clock());
  const gathered = await gatherLeaves(context, waiting, digest);
  const blinding = random(gathered.digests.length * digestLength(digest));
  const tree = await treeOf(gathered.digests, blinding, digest);
  const value = tree.levels.at(-1) ?? new Uint8Array();
  const obtained = await obtainTimestamp(context, { algorithm: digestName(digest), value });
  await tellSkew(context, obtained);
  const id = `urn:trajno:evidence:${uuidV7(clock, random)}`;
  const created = utcSeconds(clock());
  const batch = batchOf(context, { id, created, tree, obtained, objects: gathered.covered.length });
  await storeBatch(context, batch, gathered, { tree, obtained, blinding });
  await commitBatch(context, batch, gathered.covered);
  return batch;
}

type Covered = Omit<EvidenceCoverage, 'batchId'>;

interface Gathered {
  readonly digests: readonly Uint8Array[];
  readonly covered: readonly Covered[];
}

/** The digests of all files, in order, as the inventories bind them. */
async function gatherLeaves(
  context: EvidenceContext,
  waiting: readonly PendingObject[],
  digest: DigestAlgorithm,
): Promise<Gathered> {
  const digests: Uint8Array[] = [];
  const covered: Covered[] = [];
  for (const { objectId, version } of waiting) {
    const files = await verifiedState(context, objectId, version);
    if (covered.length > 0 && digests.length + files.length > context.evidencePolicy.mostLeaves) break;
    covered.push({ objectId, version, firstLeaf: digests.length, leaves: files.length });
    for (const file of files) digests.push(await fileDigest(context, objectId, file, digest));
  }
  return { digests, covered };
}

async function treeOf(
  digests: readonly Uint8Array[],
  blinding: Uint8Array,
  algorithm: DigestAlgorithm,
): Promise<HashTree> {
  const length = digestLength(algorithm);
  const leaves = Buffer.allocUnsafe(digests.length * length);
  for (const [index, digest] of digests.entries()) {
    const value = valueOfLeaf(blinding, algorithm, index);
    leaves.set(leafNode(algorithm, { digests: [digest], blinding: value }), index * length);
    if (index % leavesAtOnce === leavesAtOnce - 1) await new Promise(setImmediate);
  }
  return hashTree({ algorithm, leaves });
}

const toleratedSkew = 5;

/** The authority's time is better than ours: a clock that is off by more is told of. */
async function tellSkew(context: EvidenceContext, { productionTime, authority }: ObtainedTimestamp): Promise<void> {
  const seconds = Math.round((context.clock().getTime() - productionTime.getTime()) / 1000);
  if (Math.abs(seconds) <= toleratedSkew) return;
  await journal(context, {
    time: utcSeconds(context.clock()),
    institution: context.institution.id,
    type: 'clock.skewed',
    actor: 'archive',
    detail: { seconds, authority },
  });
}

interface MadeBatch {
  readonly id: string;
  readonly created: string;
  readonly tree: HashTree;
  readonly obtained: ObtainedTimestamp;
  readonly objects: number;
}

function batchOf(
  { institution, evidencePolicy }: EvidenceContext,
  { id, created, tree, obtained, objects }: MadeBatch,
): EvidenceBatch {
  return {
    id,
    institution: institution.id,
    version: 1,
    createdAt: created,
    objects,
    leaves: tree.leafCount,
    digest: tree.algorithm,
    chains: 1,
    timestamps: 1,
    authority: obtained.authority,
    isTest: obtained.isTest,
    stampedAt: utcSeconds(obtained.productionTime),
    expiresAt: utcSeconds(obtained.expiresAt),
    renewAt: renewalTime(obtained.productionTime, obtained.expiresAt, evidencePolicy),
    blinding: `${id.replace(':evidence:', ':evidence-blinding:')}:1`,
  };
}

async function storeBatch(
  context: EvidenceContext,
  batch: EvidenceBatch,
  { covered, digests }: Gathered,
  { tree, obtained, blinding }: Pick<MadeBatch, 'tree' | 'obtained'> & { blinding: Uint8Array },
): Promise<void> {
  const description: BatchDescription = {
    hashTree: hashTreeAlgorithm,
    created: batch.createdAt,
    leaves: batch.leaves,
    chains: [{ digest: tree.algorithm, timestamps: [timestampOf(obtained)] }],
  };
  const lines = covered.map(({ objectId, ...rest }) => jsonLine({ id: objectId, ...rest }));
  const created = new Date(batch.createdAt);
  const files = [{ path: blindingPath, content: blinding }];
  await storeObject(context, { id: batch.blinding, type: 'evidence-blinding', files, created });
  await storeObject(context, {
    id: batch.id,
    type: 'evidence-batch',
    files: [
      { path: batchPaths.description, content: jsonLine(description) },
      { path: batchPaths.objects, content: Buffer.concat(lines) },
      { path: batchPaths.tree(1), content: Buffer.concat(tree.levels) },
      ...(tree.algorithm === 'sha512' ? [] : [{ path: batchPaths.digests(1), content: Buffer.concat(digests) }]),
      { path: batchPaths.token(1, 1), content: enrichTimestampToken(obtained.token, obtained.material) },
    ],
    created,
  });
}

/** @throws ArchiveError STATE_CONFLICT when another process has put one of the versions under evidence meanwhile */
async function commitBatch(context: EvidenceContext, batch: EvidenceBatch, covered: readonly Covered[]): Promise<void> {
  await commitToJournal(context, {
    entries: async (transaction) => {
      const [first] = covered;
      const pending = first && (await listPending(transaction, 1)).some(({ objectId }) => objectId === first.objectId);
      if (!pending)
        throw new ArchiveError('STATE_CONFLICT', 'Another process closed a batch at the same time. Nothing is lost.');
      return [
        {
          time: utcSeconds(context.clock()),
          institution: context.institution.id,
          type: 'evidence.batch-closed',
          subject: batch.id,
          actor: 'archive',
          detail: batchDetail(batch),
        },
      ];
    },
    project: (transaction) => putBatch(transaction, batch, covered),
  });
}
