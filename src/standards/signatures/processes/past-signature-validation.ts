import type { RevocationStatus } from '../../certification-path/index.ts';
import { type Certificate, signatureAlgorithmOf } from '../../formats/x509/index.ts';
import { weaknessFinding, weakSignature } from '../building-blocks/algorithm-acceptance.ts';
import {
  type CertificateRole,
  needsRevocation,
  revocationKnowledge,
} from '../building-blocks/revocation-acceptance.ts';
import { algorithmAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { X509Conclusion } from '../building-blocks/x509-conclusion.ts';
import { type Conclusion, failed, hasSubIndication, indeterminate, passed } from '../indication.ts';
import type { TokenFacts } from '../signed-document.ts';
import { pastCertificateValidation } from './past-certificate-validation.ts';
import type { ProofsOfExistence } from './proofs-of-existence.ts';

/** What past signature validation is about. */
export interface PastToken {
  readonly facts: TokenFacts;
  readonly role: CertificateRole;
  /** What was concluded of it at the current time. */
  readonly current: Conclusion;
  readonly x509: X509Conclusion | undefined;
}

/**
 * Past signature validation (EN 319 102-1 5.6.2.4): whether what is undecided now was good at a time at which the token
 * is proven to have existed. Gives the current conclusion where it does not help.
 */
export function pastSignatureValidation(
  context: ValidationContext,
  { facts, role, current, x509 }: PastToken,
  proofs: ProofsOfExistence,
): Conclusion {
  const { signingCertificate } = facts;
  const issuer = x509?.path[1];
  if (current.indication !== 'INDETERMINATE' || !signingCertificate || !x509?.reachesAnchor || !issuer) return current;
  const isNeeded = needsRevocation(context, signingCertificate, role);
  const acceptable = isNeeded ? revocationKnowledge(context, signingCertificate, issuer).acceptable : [];
  const usable = acceptable.filter((status) => isIssuerProven(context, status, proofs));
  const considered = usable.length > 0 ? usable : acceptable;
  const controlTime = pastCertificateValidation(context, x509.path, role, considered, proofs);
  if (!controlTime) return current;
  const existed = proofs.existedBy(facts.id, controlTime);
  const settled = settle(context, { facts, role, current, x509 }, signingCertificate, considered, existed, proofs);
  if (settled.indication !== 'PASSED') return settled;
  if (isNeeded && usable.length === 0) return revocationUnproven(considered, current);
  return settled;
}

/** Who made the revocation data must be proven to have made it while valid, unless trusted as it is. */
function isIssuerProven(
  { anchors }: ValidationContext,
  { issuer }: RevocationStatus,
  proofs: ProofsOfExistence,
): boolean {
  return anchors.has(issuer) || proofs.isProvenWithin(issuer.sha256, issuer.notBefore, issuer.notAfter);
}

function revocationUnproven([status]: readonly RevocationStatus[], current: Conclusion): Conclusion {
  if (!status) return current;
  const { issuer } = status;
  const finding = { code: 'REVOCATION_ISSUER_EXPIRED', certificate: issuer, time: issuer.notAfter } as const;
  return indeterminate('REVOCATION_OUT_OF_BOUNDS_NO_POE', finding);
}

/** EN 319 102-1 5.6.2.4.4, step 4: by what was undecided. */
function settle(
  context: ValidationContext,
  { facts, current, x509 }: PastToken,
  certificate: Certificate,
  considered: readonly RevocationStatus[],
  existed: boolean,
  proofs: ProofsOfExistence,
): Conclusion {
  const lapsed = outsideValidity(context, certificate, x509, proofs.earliest(facts.id), current);
  if (existed && hasSubIndication(current, ...settledByExistence)) return lapsed ?? passed();
  if (existed && hasSubIndication(current, 'REVOKED_CA_NO_POE')) {
    const revoked = current.indication === 'PASSED' ? undefined : current.finding.time;
    const known = considered.some(({ id }) => revoked && proofs.existedBy(id, revoked));
    return known ? (lapsed ?? passed()) : current;
  }
  if (hasSubIndication(current, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
    return lapsed ?? weakThen(context, facts, considered, proofs) ?? weakChainThen(context, x509, proofs) ?? passed();
  return current;
}

/** What is settled when the token is proven to have existed at the control time. */
const settledByExistence = [
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'REVOKED_NO_POE',
  'REVOCATION_OUT_OF_BOUNDS_NO_POE',
  'TRY_LATER',
  'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
] as const;

/** The token must have existed while its certificate was valid, and before the authorities above expired. */
function outsideValidity(
  { anchors }: ValidationContext,
  certificate: Certificate,
  x509: X509Conclusion | undefined,
  existedAt: Date,
  current: Conclusion,
): Conclusion | undefined {
  if (existedAt < certificate.notBefore)
    return failed('NOT_YET_VALID', { code: 'CERTIFICATE_NOT_YET_VALID', certificate, time: certificate.notBefore });
  const authorities = (x509?.path ?? []).slice(1).filter((authority) => !anchors.has(authority));
  return [certificate, ...authorities].some(({ notAfter }) => existedAt > notAfter) ? current : undefined;
}

/**
 * The algorithms must have been good enough when token and revocation data are proven to have existed. Lists that an
 * authority goes on to issue with what is weak by now do not undo an older one that is proven.
 */
function weakThen(
  context: ValidationContext,
  facts: TokenFacts,
  considered: readonly RevocationStatus[],
  proofs: ProofsOfExistence,
): Conclusion | undefined {
  const weak = algorithmAcceptance(facts, context.policy, proofs.earliest(facts.id));
  if (weak) return weak;
  const weaknesses = considered.map((status) =>
    weakSignature(status.signatureAlgorithm, status.issuer, proofs.earliest(status.id), context.policy.cryptography),
  );
  const [weakStatus] = weaknesses;
  const isProven = weaknesses.includes(undefined);
  return weakStatus && !isProven
    ? indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weakStatus))
    : undefined;
}

/** Certificates whose own signature is weak by now must be proven from before it was: else anybody may have made them since. */
function weakChainThen(
  { policy }: ValidationContext,
  x509: X509Conclusion | undefined,
  proofs: ProofsOfExistence,
): Conclusion | undefined {
  const path = x509?.path ?? [];
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
    const weak = weakSignature(algorithm, path[index + 1], proofs.earliest(certificate.sha256), policy.cryptography);
    if (weak) return indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weak, certificate));
  }
  return undefined;
}
