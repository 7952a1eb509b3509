import type { DigestAlgorithm } from '../../../base/index.ts';
import { type Der, oid, sequence } from '../../formats/der/index.ts';
import type { DigestName } from '../../formats/x509/index.ts';

/** The digest algorithms that records are made with: as reports name them, their identifiers, and octets. */
const algorithms: Readonly<Record<DigestAlgorithm, { name: DigestName; oid: string; length: number }>> = {
  sha256: { name: 'SHA256', oid: '2.16.840.1.101.3.4.2.1', length: 32 },
  sha384: { name: 'SHA384', oid: '2.16.840.1.101.3.4.2.2', length: 48 },
  sha512: { name: 'SHA512', oid: '2.16.840.1.101.3.4.2.3', length: 64 },
};

/** As reports name it: `SHA512`. */
export const digestName = (algorithm: DigestAlgorithm): DigestName => algorithms[algorithm].name;
/** Octets of its digests. */
export const digestLength = (algorithm: DigestAlgorithm): number => algorithms[algorithm].length;

/** AlgorithmIdentifier, parameters absent (RFC 5754 2): readers compare it octet for octet within a record. */
export const digestIdentifier = (algorithm: DigestAlgorithm): Der => sequence(oid(algorithms[algorithm].oid));
