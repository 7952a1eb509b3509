import {
  type Qualified,
  type SignatureQualification,
  signatureQualification,
  type TimestampQualification,
  type TrustedList,
  timestampQualification,
} from '../trusted-lists/index.ts';
import type { FinalIndication } from './indication.ts';
import type { JudgedTimestamp } from './processes/timestamp-validation.ts';
import type { JudgedSignature } from './processes/validate-signature.ts';

/** The lists by which what is qualified is told, and when that is asked. */
export interface ListsInForce {
  readonly lists: readonly TrustedList[];
  readonly validationTime: Date;
}

/** What a judged signature is by the law (TS 119 615; TS 119 172-4); nothing where no list was handed in. */
export function qualifiedSignature(
  { basic, bestSignatureTime }: JudgedSignature,
  indication: FinalIndication,
  inForce: ListsInForce | undefined,
): Partial<Qualified<SignatureQualification>> {
  if (!inForce) return {};
  const path = basic.x509?.reachesAnchor ? basic.x509.path : [];
  return signatureQualification({ ...inForce, path, moment: bestSignatureTime }, indication);
}

/** The same of a time-stamp, at the time that it names. */
export function qualifiedTimestamp(
  { basic, facts }: JudgedTimestamp,
  inForce: ListsInForce | undefined,
): Partial<Qualified<TimestampQualification>> {
  if (!inForce) return {};
  const path = basic.x509?.reachesAnchor ? basic.x509.path : [];
  return timestampQualification({ ...inForce, path, moment: facts.productionTime }, basic.conclusion.indication);
}
