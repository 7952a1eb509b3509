import type { DigestAlgorithm } from '../../../base/index.ts';
import type { ValidationPolicy } from '../../../standards/signatures/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { MaterialSource, TimestampAuthorities, ValidationMaterial } from '../../trust-services/index.ts';

/** When batches close and are renewed. */
export interface EvidencePolicy {
  /** A batch closes when what waits longest has waited for so many seconds, */
  readonly closeAfterSeconds: number;
  /** or when so many leaves wait. */
  readonly mostLeaves: number;
  /** A batch is renewed so many days before the certificate of its newest authority ends. */
  readonly renewDaysBefore: number;
  /** The digest algorithm of new batches and of hash-tree renewals. */
  readonly digest: DigestAlgorithm;
  /** From when on an algorithm is not relied on any more (TS 119 312), as the operator has it; dates of days. */
  readonly sunsets: Readonly<Partial<Record<DigestAlgorithm, string>>>;
}

/** What the keeping of evidence needs. */
export interface EvidenceContext extends Holdings {
  readonly authorities: TimestampAuthorities;
  /** Certificates that authorities are trusted by, the built-in one's among them where it is in use. */
  readonly timestampAnchors: () => Promise<readonly Uint8Array[]>;
  readonly materialSource?: MaterialSource;
  /** Revocation data of built-in authorities, which have no address. */
  readonly knownTimestampMaterial?: () => Promise<ValidationMaterial>;
  readonly evidencePolicy: EvidencePolicy;
  /** What time-stamps and signatures are judged by, with the table of algorithms; the default policy when left out. */
  readonly validationPolicy?: ValidationPolicy;
}

export const defaultEvidencePolicy: EvidencePolicy = {
  closeAfterSeconds: 60,
  mostLeaves: 1_000_000,
  renewDaysBefore: 180,
  digest: 'sha512',
  sunsets: {},
};
