import type { Certificate } from '../formats/x509/index.ts';

/** Status of a building block or process (EN 319 102-1 5.1.3, tables 5 and 6). */
export type Indication = 'PASSED' | 'INDETERMINATE' | 'FAILED';

/** Status of a signature as a whole. */
export type FinalIndication = 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED';

/** What the status of a process is for a signature as a whole. */
export const finalIndications = {
  PASSED: 'TOTAL_PASSED',
  INDETERMINATE: 'INDETERMINATE',
  FAILED: 'TOTAL_FAILED',
} as const satisfies Readonly<Record<Indication, FinalIndication>>;

/** Sub-indications, spelled as EN 319 102-1 and DSS spell them. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'POLICY_PROCESSING_ERROR'
  | 'SIGNATURE_POLICY_NOT_AVAILABLE'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'OUT_OF_BOUNDS_NOT_REVOKED'
  | 'REVOCATION_OUT_OF_BOUNDS_NO_POE'
  | 'NO_POE'
  | 'TRY_LATER'
  | 'SIGNED_DATA_NOT_FOUND';

/** Why a conclusion is as it is: a closed list, from which pages make sentences in their languages. */
export type ReasonCode =
  | 'VALID'
  | 'FORMAT_BROKEN'
  | 'BYTE_RANGE_INVALID'
  | 'SIGNED_REVISION_DIFFERS'
  | 'DOCUMENT_DAMAGED'
  | 'SIGNING_CERTIFICATE_MISSING'
  | 'SIGNING_CERTIFICATE_DIFFERS'
  | 'CONTENT_NOT_GIVEN'
  | 'CONTENT_CHANGED'
  | 'SIGNATURE_VALUE_WRONG'
  | 'ALGORITHM_UNSUPPORTED'
  | 'NO_PATH_TO_ANCHOR'
  | 'PATH_INVALID'
  | 'PURPOSE_NOT_ALLOWED'
  | 'REVOCATION_UNKNOWN'
  | 'REVOCATION_UNUSABLE'
  | 'CERTIFICATE_REVOKED'
  | 'ISSUER_REVOKED'
  | 'CERTIFICATE_ON_HOLD'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'REVOCATION_ISSUER_EXPIRED'
  | 'SERVICE_WITHDRAWN'
  | 'ALGORITHM_TOO_WEAK'
  | 'ATTRIBUTES_MISSING'
  | 'SIGNING_TIME_OUTSIDE_CERTIFICATE'
  | 'TIMESTAMP_ORDER_WRONG'
  | 'NO_PROOF_OF_EXISTENCE'
  | 'EVIDENCED_DATA_NOT_GIVEN'
  | 'EVIDENCED_DATA_DIFFERS'
  | 'NOT_YET_SUPPORTED';

/** One thing found, with what a sentence about it names. */
export interface Finding {
  readonly code: ReasonCode;
  readonly certificate?: Certificate;
  /** A time that the sentence names: of expiry, revocation, or of an algorithm's end. */
  readonly time?: Date;
  /** A few technical words in English. */
  readonly detail?: string;
}

/** What a building block or process concluded; a conclusion that is not PASSED says why. */
export type Conclusion =
  | { readonly indication: 'PASSED'; readonly notes: readonly Finding[] }
  | {
      readonly indication: 'INDETERMINATE' | 'FAILED';
      readonly subIndication: SubIndication;
      readonly finding: Finding;
      readonly notes: readonly Finding[];
    };

/** PASSED, with what is worth telling all the same. */
export function passed(notes: readonly Finding[] = []): Conclusion {
  return { indication: 'PASSED', notes };
}

/** INDETERMINATE: what is missing or does not hold may still be had. */
export function indeterminate(
  subIndication: SubIndication,
  finding: Finding,
  notes: readonly Finding[] = [],
): Conclusion {
  return { indication: 'INDETERMINATE', subIndication, finding, notes };
}

/** FAILED: nothing that may come to light changes it. */
export function failed(subIndication: SubIndication, finding: Finding, notes: readonly Finding[] = []): Conclusion {
  return { indication: 'FAILED', subIndication, finding, notes };
}

/** Whether the conclusion has one of these sub-indications. */
export function hasSubIndication(conclusion: Conclusion, ...subIndications: readonly SubIndication[]): boolean {
  return conclusion.indication !== 'PASSED' && subIndications.includes(conclusion.subIndication);
}
