import type { DigestName } from '../../../standards/formats/x509/index.ts';
import type { ValidationMaterial } from '../online/validation-material.ts';

/** What is to be stamped: a digest, by an algorithm that `node:crypto` computes. */
export interface ImprintToStamp {
  readonly algorithm: DigestName;
  readonly value: Uint8Array;
}

/** What the contract with an authority says. */
export interface AuthorityTerms {
  /** What one time-stamp costs. */
  readonly price?: { readonly amount: number; readonly currency: string };
  /** How many there are a month. */
  readonly monthlyQuota?: number;
}

/** A time-stamping authority as the operator configures it (RFC 3161). */
export interface AuthoritySettings extends AuthorityTerms {
  readonly name: string;
  readonly url: string;
  /** OBJECT IDENTIFIER of the policy that is asked for, and must come back. */
  readonly policy?: string;
  readonly username?: string;
  readonly password?: string;
  /** Client certificate and key, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** A token that was checked, with what shows that it holds. */
export interface ObtainedTimestamp {
  /** DER. */
  readonly token: Uint8Array;
  readonly authority: string;
  /** A built-in test authority proves nothing to outsiders. */
  readonly isTest: boolean;
  readonly productionTime: Date;
  /** When the authority's certificate ends: a renewal has to come before. */
  readonly expiresAt: Date;
  /** Certificates, CRLs and OCSP responses that were fetched to check it. */
  readonly material: ValidationMaterial;
}

/** Why an authority gave no token that counts: a closed list. */
export type AuthorityFailure =
  | 'UNREACHABLE'
  | 'TIMED_OUT'
  | 'REFUSED'
  | 'ANSWER_BROKEN'
  | 'NONCE_DIFFERS'
  | 'POLICY_DIFFERS'
  | 'IMPRINT_DIFFERS'
  | 'NOT_TRUSTED';

/** No token, and why; `detail` is for operators. */
export class AuthorityFailed extends Error {
  override readonly name = 'AuthorityFailed';
  readonly failure: AuthorityFailure;
  constructor(failure: AuthorityFailure, detail: string, options?: { cause: unknown }) {
    super(`${failure}: ${detail}`, options);
    this.failure = failure;
  }
}

/** Somebody who stamps. */
export interface TimestampAuthority extends AuthorityTerms {
  readonly name: string;
  readonly isTest: boolean;
  /** @throws AuthorityFailed */
  stamp(imprint: ImprintToStamp): Promise<ObtainedTimestamp>;
}
