import type { AuthorisedPerson, Issuer, SealFacts } from './issuer.ts';

/** In which alphabet the Serbian of a certificate is. */
export type CopyScript = 'Cyrl' | 'Latn';

/** A verdict at a time, in the words of EN 319 102-1. */
export interface StatedVerdict {
  readonly indication: string;
  readonly subIndication?: string;
  readonly validatedAt: string;
}

/** An original as the copy hands it out. */
export interface StatedFile {
  /** In the copy. */
  readonly name: string;
  /** As the producer named it. */
  readonly originalName: string;
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly mimeType: string;
  readonly format: string;
  readonly puid?: string;
  /** A detached signature: what it signs. */
  readonly signs?: string;
}

/** A signature of the record: whose, and what was found of it when it was archived and since. */
export interface StatedSignature {
  readonly file: string;
  readonly format: string;
  readonly signedBy?: string;
  readonly claimedSigningTime?: string;
  readonly qualification?: string;
  readonly atArchiving: StatedVerdict;
  readonly now: StatedVerdict;
}

/**
 * What a certified copy states, for programs: `copy.json` in the container and attached to the certificate, which says the
 * same to people. Times are UTC.
 */
export interface CopyStatement {
  readonly statement: 'trajno-certified-copy-1';
  /** `TEST` where the copy was never issued. */
  readonly number: string;
  readonly isTest: boolean;
  readonly code: string;
  /** Where the public page of this copy is, and its current evidence. */
  readonly verifyAt?: string;
  readonly evidenceAt?: string;
  readonly issuedAt: string;
  readonly place?: string;
  readonly purpose?: string;
  readonly recipient?: string;
  readonly issuer: Omit<Issuer, 'place' | 'authorisedPerson' | 'payee'>;
  readonly authorisedPerson?: AuthorisedPerson;
  /** The certificate bears the person's own signature too, by the certificate that `authorisedPerson` names. */
  readonly personSignature?: true;
  readonly seal: SealFacts;
  readonly record: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly profile: string;
    readonly category?: string;
    readonly origin?: string;
    readonly version: number;
    /** SHA-512 of the inventory of the package's version: binds every byte of it. */
    readonly packageSha512: string;
    readonly receivedAt: string;
    readonly archivedAt: string;
    readonly receipt?: string;
  };
  readonly files: readonly StatedFile[];
  readonly signatures: readonly StatedSignature[];
  /** The worst of the latest verdicts; `NONE` of a record without signatures. */
  readonly verdict: 'TOTAL_PASSED' | 'INDETERMINATE' | 'NONE';
  readonly decision?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly preservation: {
    readonly since: string;
    readonly evidence: 'RFC 4998';
    readonly evidenceSince: string;
    readonly stampedAt: string;
    readonly authority: string;
    readonly isTest: boolean;
    readonly provenUntil: string;
  };
  readonly checkedAt: string;
  readonly software: string;
}
