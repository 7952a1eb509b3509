import type { DigestName, SignatureScheme } from '../../formats/x509/index.ts';

/** What a broken rule leads to: the conclusion fails, or the report notes it. */
export type Level = 'FAIL' | 'WARN' | 'IGNORE';

/** Until when an algorithm is good enough, as a date (exclusive, UTC); none: no end is known. */
export interface AlgorithmSpan {
  readonly until?: string;
}

/** Which algorithms are good enough, and until when (TS 119 312). What is not listed never is. */
export interface CryptographicSuite {
  readonly digests: Partial<Record<DigestName, AlgorithmSpan>>;
  /** By scheme, keys of at least so many bits; the largest entry that fits counts. */
  readonly keys: Partial<Record<SignatureScheme, readonly (AlgorithmSpan & { readonly bits: number })[]>>;
}

/** The constraints of a validation (EN 319 102-1 5.2.4), as data. */
export interface ValidationPolicy {
  readonly name: string;
  readonly cryptography: CryptographicSuite;
  readonly certificates: {
    /** Certificates with one of these extensions need no revocation data. */
    readonly revocationSkippedFor: readonly string[];
    /** Extensions that a signer's certificate may not have. */
    readonly forbiddenForSigners: readonly string[];
    readonly forbiddenForAuthorities: readonly string[];
    /** Whether a signer's certificate that restricts its key must have it for signatures (RFC 5280 4.2.1.3). */
    readonly keyUsageOfSigners: Level;
    readonly authorityKeyIdentifierOfSubject: Level;
    /** Revocation data of the authorities above a time-stamp's or a revocation issuer's certificate. */
    readonly revocationOfServiceAuthorities: Level;
  };
  readonly revocation: {
    /**
     * Whether data whose next issue is overdue at the time of validation leaves revocation open (EN 319 102-1 5.2.5), unless
     * it is from after the best signature time.
     */
    readonly freshness: Level;
    /**
     * `ENTITLED`: only the issuer and its delegates answer for a certificate (RFC 6960 4.2.2.2). `TRUSTED`: any responder
     * does whose certificate is for that purpose and leads to a trusted anchor, as DSS has it.
     */
    readonly responders: 'ENTITLED' | 'TRUSTED';
    /** Whether who made the revocation data must still be valid, for a signer's certificate and for a time-stamp's. */
    readonly issuerOfSignersNotExpired: Level;
    readonly issuerOfTimestampsNotExpired: Level;
  };
  readonly attributes: {
    readonly signingTime: Level;
    readonly signingTimeWithinCertificate: Level;
    readonly contentBinding: Level;
  };
}
