import { bytesReader, FormatError } from '../../../base/index.ts';
import {
  digestLength,
  evidenceRecord,
  examineEvidenceRecord,
  hashTree,
  leafNode,
} from '../../../standards/evidence/index.ts';
import { readTimestampToken } from '../../../standards/formats/tsp/index.ts';
import { validateDocument } from '../../../standards/signatures/index.ts';
import { coveredBy, type EvidenceBatch, eachBatch } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { batchPaths, openBatch, type StoredBatch, valueOfLeaf } from './batch-object.ts';
import { batchChains } from './chain-parts.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { blindingOf } from './record-evidence.ts';
import { type BoundFile, keptState } from './verified-state.ts';

/** Something that does not agree with the evidence. */
export interface EvidenceFinding {
  readonly batch: string;
  readonly object?: string;
  readonly cause: string;
}

/** What judges the time-stamps; without anchors only trees and imprints are looked at. */
export type EvidenceAudit = Holdings &
  Partial<Pick<EvidenceContext, 'timestampAnchors' | 'knownTimestampMaterial' | 'validationPolicy'>>;

/**
 * Compares what the archive holds with its evidence: every file of every version under a batch is the leaf that was stamped,
 * each tree leads to its time-stamp, and the batch's record verifies from the first time-stamp to the newest. Who alters a
 * record, its inventory, the journal and the catalog alike is found here.
 */
export async function auditEvidence(context: EvidenceAudit): Promise<EvidenceFinding[]> {
  const findings: EvidenceFinding[] = [];
  // one at a time: random values that a disposal replaces while others are audited would be looked for in vain
  for await (const batch of eachBatch(context.catalog, {}, 1))
    findings.push(...(await auditBatchEvidence(context, batch)));
  return findings;
}

async function auditBatchEvidence(context: EvidenceAudit, batch: EvidenceBatch): Promise<EvidenceFinding[]> {
  try {
    const stored = await openBatch(context, batch.id, batch.version);
    const nodes = await stored.read(batchPaths.tree(1));
    const treeFault = await firstTreeFault(stored, nodes);
    if (treeFault) return [{ batch: batch.id, cause: treeFault }];
    const blinding = await blindingOf(context, batch.blinding);
    const { differing, witness } = await compareLeaves(context, stored, { nodes, blinding });
    const broken = witness && (await brokenRecord(context, stored, witness));
    return [
      ...differing.map((object) => ({ batch: batch.id, object, cause: 'differs from what was time-stamped' })),
      ...(broken ? [{ batch: batch.id, cause: broken }] : []),
    ];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ batch: batch.id, cause: `cannot be read: ${error.message}` }];
  }
}

/** The nodes of the first chain lead to the root that is stamped. */
async function firstTreeFault(stored: StoredBatch, nodes: Uint8Array): Promise<string | undefined> {
  const [chain] = stored.description.chains;
  if (!chain) return 'has no chain';
  const leaves = nodes.subarray(0, stored.description.leaves * digestLength(chain.digest));
  const tree = hashTree({ algorithm: chain.digest, leaves });
  const { imprint } = readTimestampToken(await stored.read(batchPaths.token(1, 1)));
  const isWhole = Buffer.compare(Buffer.concat(tree.levels), nodes) === 0;
  return isWhole && Buffer.compare(tree.levels.at(-1) ?? nodes, imprint) === 0
    ? undefined
    : 'its hash tree does not lead to its time-stamp';
}

/** One file whose evidence record is verified for the whole batch. */
interface WitnessLeaf {
  readonly index: number;
  readonly file: BoundFile;
  readonly blinding: Uint8Array;
}

async function compareLeaves(
  context: EvidenceAudit,
  stored: StoredBatch,
  { nodes, blinding }: { readonly nodes: Uint8Array; readonly blinding: Uint8Array },
): Promise<{ readonly differing: string[]; readonly witness?: WitnessLeaf }> {
  const digest = stored.description.chains[0]?.digest ?? 'sha512';
  const digests = digest === 'sha512' ? undefined : await stored.read(batchPaths.digests(1));
  const differing: string[] = [];
  let witness: WitnessLeaf | undefined;
  for (const covered of await coveredBy(context.catalog, stored.id)) {
    const files = await keptState(context, covered.objectId, covered.version);
    if (!files) continue;
    const isSame =
      files.length === covered.leaves &&
      files.every((file, at) => {
        const index = covered.firstLeaf + at;
        const value = digests ? valueOfLeaf(digests, digest, index) : Buffer.from(file.sha512, 'hex');
        const random = valueOfLeaf(blinding, digest, index);
        witness ??= { index, file, blinding: random };
        const node = leafNode(digest, { digests: [value], blinding: random });
        return Buffer.compare(node, valueOfLeaf(nodes, digest, index)) === 0;
      });
    if (!isSame) differing.push(`${covered.objectId} v${covered.version}`);
  }
  return { differing, ...(witness ? { witness } : {}) };
}

/** Verifies the evidence record of one file: chains, renewals and time-stamps are the same for all files of the batch. */
async function brokenRecord(
  context: EvidenceAudit,
  stored: StoredBatch,
  { index, file, blinding }: WitnessLeaf,
): Promise<string | undefined> {
  const chains = await batchChains(stored);
  const record = evidenceRecord({ chains: await chains.of(index, { sha512: file.sha512, blinding }) });
  const report = await validateDocument({
    document: bytesReader(record),
    name: 'evidence.ers',
    contents: [{ digests: await digestsOf(stored, index, file) }],
    anchors: (await context.timestampAnchors?.()) ?? [],
    validationTime: context.clock(),
    ...(context.knownTimestampMaterial ? { material: await context.knownTimestampMaterial() } : {}),
    ...(context.validationPolicy ? { policy: context.validationPolicy } : {}),
    examineEvidenceRecord,
  });
  const [evidence] = report.evidenceRecords;
  if (!evidence) throw new FormatError('evidence record', 'nothing to verify');
  const isAsked = context.timestampAnchors !== undefined;
  const isBroken = evidence.indication === 'FAILED' || (isAsked && evidence.indication !== 'PASSED');
  return isBroken ? evidence.reason : undefined;
}

async function digestsOf({ description, open }: StoredBatch, index: number, { sha512 }: BoundFile) {
  const digests = [{ algorithm: 'sha512', value: sha512 }];
  for (const [at, { digest }] of description.chains.entries()) {
    if (digest === 'sha512') continue;
    const length = digestLength(digest);
    const value = await (await open(batchPaths.digests(at + 1)))?.read(index * length, length);
    if (!value) throw new FormatError('evidence batch', `no digests of chain ${at + 1}`);
    digests.push({ algorithm: digest, value: Buffer.from(value).toString('hex') });
  }
  return digests;
}
