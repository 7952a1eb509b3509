import { type CertificationPath, onHold, type RevocationStatus } from '../../certification-path/index.ts';
import { type Certificate, signatureAlgorithmOf } from '../../formats/x509/index.ts';
import { type Conclusion, type Finding, indeterminate } from '../indication.ts';
import { weaknessFinding, weakSignature } from './algorithm-acceptance.ts';
import { type CertificateRole, isValidAt, needsRevocation, revocationKnowledge } from './revocation-acceptance.ts';
import type { ValidationContext } from './validation-context.ts';

/**
 * What the certificates of a path are judged by beyond RFC 5280, most of it decided by time: first whether revocation is known of all that need it, then (5.2.6.4: the constraints on what holds
 * so far) whether the key is for this, then whether something is revoked, then algorithms, and the validity of the
 * certificate itself.
 */
export function statusFailure(
  context: ValidationContext,
  path: CertificationPath,
  role: CertificateRole,
  used: Map<string, RevocationStatus>,
  notes: Finding[],
): Conclusion | undefined {
  const issued = path
    .slice(0, -1)
    .map((certificate, index) => ({ certificate, issuer: path[index + 1] ?? certificate }));
  const firstOf = (
    failureOf: (certificate: Certificate, issuer: Certificate, isTarget: boolean) => Conclusion | undefined,
  ) => {
    for (const [index, { certificate, issuer }] of issued.entries()) {
      const failure = failureOf(certificate, issuer, index === 0);
      if (failure) return failure;
    }
    return undefined;
  };
  const statusOf = ({ sha256 }: Certificate) => used.get(sha256);
  return (
    firstOf((certificate, issuer, isTarget) =>
      unknownRevocation(context, certificate, issuer, role, isTarget, used, notes),
    ) ??
    usageFailure(context, path, role) ??
    firstOf((certificate, _, isTarget) => revokedConclusion(certificate, statusOf(certificate), isTarget)) ??
    firstOf((certificate) => overdue(context, certificate, statusOf(certificate))) ??
    firstOf(
      (certificate, issuer, isTarget) =>
        algorithmFailure(context, certificate, issuer, statusOf(certificate)) ??
        (isTarget
          ? validityFailure(context, certificate, role, statusOf(certificate))
          : expiredAuthority(context, certificate)),
    )
  );
}

/** RFC 5280 4.2.1.3: a signer's key that is restricted must be for signatures. */
function usageFailure(
  { policy }: ValidationContext,
  [target]: CertificationPath,
  role: CertificateRole,
): Conclusion | undefined {
  if (!target?.keyUsage || role !== 'SIGNER' || policy.certificates.keyUsageOfSigners !== 'FAIL') return undefined;
  if (target.keyUsage.includes('digitalSignature') || target.keyUsage.includes('nonRepudiation')) return undefined;
  const detail = 'its key is not for signatures';
  return indeterminate('CHAIN_CONSTRAINTS_FAILURE', { code: 'PATH_INVALID', certificate: target, detail });
}

/** Data that was to be replaced by then leaves revocation open where the policy asks for fresh data (EN 319 102-1 5.2.5.4). */
function overdue(
  { policy, currentTime }: ValidationContext,
  certificate: Certificate,
  status: RevocationStatus | undefined,
): Conclusion | undefined {
  if (policy.revocation.freshness !== 'FAIL' || !status) return undefined;
  const isFresh = status.nextUpdate !== undefined && currentTime <= status.nextUpdate;
  return isFresh ? undefined : indeterminate('TRY_LATER', { code: 'REVOCATION_UNUSABLE', certificate });
}

function unknownRevocation(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
  role: CertificateRole,
  isTarget: boolean,
  used: Map<string, RevocationStatus>,
  notes: Finding[],
): Conclusion | undefined {
  if (!needsRevocation(context, certificate, isTarget ? role : 'TIMESTAMP')) return undefined;
  const { all, acceptable } = revocationKnowledge(context, certificate, issuer);
  const [latest] = acceptable;
  if (!latest) {
    const finding: Finding = {
      code: all.length === 0 ? 'REVOCATION_UNKNOWN' : 'REVOCATION_UNUSABLE',
      certificate,
    };
    const isOptional =
      !isTarget && role !== 'SIGNER' && context.policy.certificates.revocationOfServiceAuthorities !== 'FAIL';
    if (!isOptional) return indeterminate('CERTIFICATE_CHAIN_GENERAL_FAILURE', finding);
    notes.push(finding);
    return undefined;
  }
  used.set(certificate.sha256, latest);
  return undefined;
}

function revokedConclusion(
  certificate: Certificate,
  latest: RevocationStatus | undefined,
  isTarget: boolean,
): Conclusion | undefined {
  if (latest?.status !== 'revoked') return undefined;
  const time = latest.revocationTime ? { time: latest.revocationTime } : {};
  if (latest.reason === onHold)
    return indeterminate('TRY_LATER', { code: 'CERTIFICATE_ON_HOLD', certificate, ...time });
  return isTarget
    ? indeterminate('REVOKED_NO_POE', { code: 'CERTIFICATE_REVOKED', certificate, ...time })
    : indeterminate('REVOKED_CA_NO_POE', { code: 'ISSUER_REVOKED', certificate, ...time });
}

function algorithmFailure(
  { currentTime, policy }: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
  status: RevocationStatus | undefined,
): Conclusion | undefined {
  const weak =
    weakSignature(signatureAlgorithmOf(certificate.signatureAlgorithm), issuer, currentTime, policy.cryptography) ??
    (status && weakSignature(status.signatureAlgorithm, status.issuer, currentTime, policy.cryptography));
  return weak && indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weak, certificate));
}

/** The shell model: authorities, too, must be valid at the time of validation (RFC 5280 6.1.3 a 2). */
function expiredAuthority({ currentTime }: ValidationContext, certificate: Certificate): Conclusion | undefined {
  if (isValidAt(certificate, currentTime)) return undefined;
  return indeterminate('OUT_OF_BOUNDS_NO_POE', {
    code: 'CERTIFICATE_EXPIRED',
    certificate,
    time: certificate.notAfter,
  });
}

function validityFailure(
  context: ValidationContext,
  certificate: Certificate,
  role: CertificateRole,
  status: RevocationStatus | undefined,
): Conclusion | undefined {
  const { currentTime, anchors, policy } = context;
  const { issuerOfSignersNotExpired, issuerOfTimestampsNotExpired } = policy.revocation;
  const enforced = (role === 'SIGNER' ? issuerOfSignersNotExpired : issuerOfTimestampsNotExpired) === 'FAIL';
  const issuerHolds = status && (!enforced || anchors.has(status.issuer) || isValidAt(status.issuer, currentTime));
  if (!isValidAt(certificate, currentTime)) {
    const finding: Finding =
      certificate.notBefore > currentTime
        ? { code: 'CERTIFICATE_NOT_YET_VALID', certificate, time: certificate.notBefore }
        : { code: 'CERTIFICATE_EXPIRED', certificate, time: certificate.notAfter };
    const knownGood = !needsRevocation(context, certificate, role) || (status?.status === 'good' && issuerHolds);
    return indeterminate(knownGood ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE', finding);
  }
  if (status && !issuerHolds)
    return indeterminate('REVOCATION_OUT_OF_BOUNDS_NO_POE', {
      code: 'REVOCATION_ISSUER_EXPIRED',
      certificate: status.issuer,
      time: status.issuer.notAfter,
    });
  return undefined;
}
