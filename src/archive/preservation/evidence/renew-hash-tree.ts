import { ArchiveError, type DigestAlgorithm } from '../../../base/index.ts';
import {
  digestLength,
  digestName,
  enrichTimestampToken,
  hashTree,
  hashTreeRenewalLeaf,
  leafNode,
} from '../../../standards/evidence/index.ts';
import { coveredBy, type EvidenceBatch, type EvidenceCoverage } from '../../data-management/index.ts';
import { storeObject } from '../../packaging/index.ts';
import { batchPaths, nextBatchFiles, openBatch, timestampOf, valueOfLeaf } from './batch-object.ts';
import { type BatchChains, batchChains } from './chain-parts.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { digestOfBytes } from './file-digest.ts';
import { obtainTimestamp } from './obtain-timestamp.ts';
import { blindingOf } from './record-evidence.ts';
import { recordRenewal } from './record-renewal.ts';
import { tokenToRenew } from './token-to-renew.ts';
import { keptState } from './verified-state.ts';

/** How a hash-tree renewal is made. */
export interface HashTreeRenewal {
  readonly digest: DigestAlgorithm;
  readonly except?: readonly string[];
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Hash-tree renewal of a batch (RFC 4998 5.2): every object is read once and hashed by the new algorithm together with its
 * own archive time-stamp sequence, and a new chain is begun over all. Disposed objects are left out: a random node stands
 * in their place.
 * @throws ArchiveError LOCATION_CORRUPT when an object cannot be read as it was stored: an audit repairs it first
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE, STATE_CONFLICT when the newest time-stamp does not hold any more
 */
export async function renewHashTree(
  context: EvidenceContext,
  batch: EvidenceBatch,
  { digest, except = [], onProgress }: HashTreeRenewal,
): Promise<EvidenceBatch> {
  const opened = await openBatch(context, batch.id, batch.version);
  const found = await tokenToRenew(context, opened, { distrusted: except, acrossChains: true });
  if ('reason' in found)
    throw new ArchiveError('STATE_CONFLICT', `The proof of ${batch.id} does not hold any more: ${found.reason}`);
  const { stored, token } = found;
  const chain = stored.description.chains.length;
  const newest = batchPaths.token(chain, stored.description.chains.at(-1)?.timestamps.length ?? 1);
  const chains = await batchChains(stored);
  const blinding = await blindingOf(context, batch.blinding);
  const length = digestLength(digest);
  const digests = Buffer.alloc(batch.leaves * length);
  const leaves = context.random(batch.leaves * length) as Buffer;
  let done = 0;
  for (const covered of await coveredBy(context.catalog, batch.id)) {
    await hashObject(context, covered, { chains, blinding, digest, digests, leaves });
    done += covered.leaves;
    onProgress?.({ done, total: batch.leaves });
  }
  const tree = hashTree({ algorithm: digest, leaves });
  const value = tree.levels.at(-1) ?? new Uint8Array();
  const obtained = await obtainTimestamp(context, { algorithm: digestName(digest), value }, except);
  const next = {
    ...stored.description,
    chains: [...stored.description.chains, { digest, timestamps: [timestampOf(obtained)] }],
  };
  const files = nextBatchFiles(stored, next, [
    { path: newest, content: token },
    { path: batchPaths.tree(chain + 1), content: Buffer.concat(tree.levels) },
    { path: batchPaths.digests(chain + 1), content: digests },
    { path: batchPaths.token(chain + 1, 1), content: enrichTimestampToken(obtained.token, obtained.material) },
  ]);
  const created = context.clock();
  await storeObject(context, { id: batch.id, type: 'evidence-batch', files, created, previous: stored.inventory });
  return recordRenewal(context, batch, next);
}

interface Hashing {
  readonly chains: BatchChains;
  readonly blinding: Uint8Array;
  readonly digest: DigestAlgorithm;
  readonly digests: Buffer;
  readonly leaves: Buffer;
}

/** Reads the files of an object and writes their digests and leaf nodes in their places. */
async function hashObject(
  context: EvidenceContext,
  { objectId, version, firstLeaf }: EvidenceCoverage,
  { chains, blinding, digest, digests, leaves }: Hashing,
): Promise<void> {
  const length = digestLength(digest);
  const files = (await keptState(context, objectId, version)) ?? [];
  for (const [at, file] of files.entries()) {
    const index = firstLeaf + at;
    const value = await digestOfBytes(context, objectId, file, digest);
    const before = await chains.of(index, {
      sha512: file.sha512,
      blinding: valueOfLeaf(blinding, chains.first, index),
    });
    digests.set(value, index * length);
    leaves.set(leafNode(digest, hashTreeRenewalLeaf(digest, [value], before)), index * length);
  }
}
