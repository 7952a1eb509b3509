import { hash } from 'node:crypto';
import type { DigestAlgorithm } from '../../../base/index.ts';
import { archiveTimestampSequence, type ChainParts } from './evidence-record.ts';
import type { Leaf } from './leaf.ts';
import { timestampField } from './timestamp-field.ts';

/**
 * Timestamp renewal (RFC 4998 5.2): what stands for the newest time-stamp of a batch in the tree of a renewal, which may be
 * over many batches. The new archive time-stamp goes to the end of the chain, whose algorithm it keeps.
 * @param token what will stand in the record: validation material goes in first, by `enrichTimestampToken`
 * @throws FormatError
 */
export function timestampRenewalLeaf(algorithm: DigestAlgorithm, token: Uint8Array): Leaf {
  return { digests: [hash(algorithm, timestampField(token).der, 'buffer')] };
}

/**
 * Hash-tree renewal (RFC 4998 5.2 steps 2 to 4): what stands for an object, or a group, in the tree of a new chain: each
 * object's new digest, joined with that of the object's own sequence so far. It needs no value to hide it: the sequence
 * holds the one of the first chain.
 * @param digests of the objects by the new algorithm
 * @param chains of the record of just these objects, so far
 * @throws RangeError, FormatError as `evidenceRecord`
 */
export function hashTreeRenewalLeaf(
  algorithm: DigestAlgorithm,
  digests: readonly Uint8Array[],
  chains: readonly ChainParts[],
): Leaf {
  const before = hash(algorithm, archiveTimestampSequence(chains), 'buffer');
  return { digests: digests.map((digest) => hash(algorithm, Buffer.concat([digest, before]), 'buffer')) };
}
