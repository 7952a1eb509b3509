import type { Attribute } from '../formats/cms/index.ts';
import type { DigestName } from '../formats/x509/index.ts';

/** Which of the two forms a record has. */
export type EvidenceRecordType = 'ASN1_EVIDENCE_RECORD' | 'XML_EVIDENCE_RECORD';

/**
 * An evidence record (RFC 4998 3.1; RFC 6283 2.1) in one shape for both forms. Chains, and the archive time-stamps in a
 * chain, from the oldest to the newest.
 */
export interface EvidenceRecord {
  readonly type: EvidenceRecordType;
  readonly chains: readonly ArchiveTimestampChain[];
  /** CryptoInfos (RFC 4998 3.1). */
  readonly cryptoInfos: readonly Attribute[];
  /** A chain uses a digest algorithm that digestAlgorithms does not name (RFC 4998 3.1). */
  readonly usesUnnamedAlgorithm?: boolean;
}

/** Certificates and revocation data, DER. */
export interface CryptographicMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** Archive time-stamps with one digest algorithm: each after the first renews the one before it (RFC 4998 5.1). */
export interface ArchiveTimestampChain {
  /** Undefined: an algorithm that is unknown here. */
  readonly digestAlgorithm: DigestName | undefined;
  readonly archiveTimestamps: readonly ArchiveTimestamp[];
  /**
   * Encodings of the whole sequence of chains before this one, of which a hash-tree renewal holds the digest (RFC 4998
   * 5.2; RFC 6283 4.2.2): producers differ, the first is the rule's. None for the first chain.
   */
  readonly precedingSequence: readonly Uint8Array[];
  /** What an object in XML is hashed as, where that differs from its bytes (RFC 6283 3.1.2). */
  readonly canonicalForm?: (octets: Uint8Array) => Uint8Array | undefined;
}

/** A time-stamp with the reduced hash tree that leads to its imprint. */
export interface ArchiveTimestamp {
  /** The lists of the reduced hash tree (PartialHashtree; Sequence); none where it stamps the digest itself. */
  readonly hashTree: readonly (readonly Uint8Array[])[];
  /** DER of the RFC 3161 token. */
  readonly token: Uint8Array;
  /** What the token says it is over. */
  readonly imprint: Uint8Array;
  /** It has the digest algorithm of its chain (RFC 4998 5.1). */
  readonly keepsAlgorithm: boolean;
  /** Certificates and revocation data beside the token, under what renews it (RFC 6283 3.1.2). */
  readonly material: CryptographicMaterial;
  /** Encodings of the time-stamp, of which a renewal holds the digest; the first is the rule's. */
  readonly encodings: readonly Uint8Array[];
}
