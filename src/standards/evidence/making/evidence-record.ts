import type { DigestAlgorithm } from '../../../base/index.ts';
import { type Der, integer, octetString, retagged, sequence, tagged } from '../../formats/der/index.ts';
import { digestIdentifier, digestName } from './digest-algorithm.ts';
import { type ReducedHashTree, rootOf } from './leaf.ts';
import { timestampField } from './timestamp-field.ts';

/** What an ArchiveTimeStamp is put together from. */
export interface ArchiveTimestampParts {
  readonly algorithm: DigestAlgorithm;
  readonly reducedHashTree: ReducedHashTree;
  /** TimeStampToken (RFC 3161), as enriched as it will ever be. */
  readonly token: Uint8Array;
}

/** Archive time-stamps with one algorithm: each after the first renews the one before it (RFC 4998 5.1). */
export type ChainParts = readonly ArchiveTimestampParts[];

/**
 * An EvidenceRecord (RFC 4998 3.1), version 1, DER.
 * @throws RangeError for a chain of nothing or of several algorithms, and for a token that is not over its hash tree: what
 *   could be seen to be broken here is not written
 * @throws FormatError for a token that is none
 */
export function evidenceRecord({ chains }: { readonly chains: readonly ChainParts[] }): Der {
  const algorithms = new Set(chains.flatMap((chain) => chain.map(({ algorithm }) => algorithm)));
  return sequence(integer(1), sequence(...[...algorithms].map(digestIdentifier)), archiveTimestampSequence(chains));
}

/**
 * The ArchiveTimeStampSequence (RFC 4998 5.1): of a record, and what a hash-tree renewal is over.
 * @throws RangeError, FormatError as {@link evidenceRecord}
 */
export function archiveTimestampSequence(chains: readonly ChainParts[]): Der {
  if (chains.length === 0) throw new RangeError('a record has one chain at least');
  return sequence(...chains.map(archiveTimestampChain));
}

function archiveTimestampChain(chain: ChainParts): Der {
  const [first] = chain;
  if (!first || chain.some(({ algorithm }) => algorithm !== first.algorithm))
    throw new RangeError('a chain has one digest algorithm and one time-stamp at least');
  return sequence(...chain.map(archiveTimestamp));
}

/** ArchiveTimeStamp (RFC 4998 4.1); the module's tags are implicit. */
function archiveTimestamp({ algorithm, reducedHashTree, token }: ArchiveTimestampParts): Der {
  const { der, imprint, imprintDigest } = timestampField(token);
  if (imprintDigest !== digestName(algorithm) || Buffer.compare(rootOf(algorithm, reducedHashTree), imprint) !== 0)
    throw new RangeError('the time-stamp is not over the root of its hash tree');
  return sequence(
    retagged(0xa0, digestIdentifier(algorithm)),
    tagged(2, ...reducedHashTree.map((list) => sequence(...list.map(octetString)))),
    der,
  );
}
