import {
  allowsPurpose,
  buildPaths,
  type CertificationPath,
  longestChain,
  onHold,
  type RevocationStatus,
  validatePath,
} from '../../certification-path/index.ts';
import { type Certificate, signatureAlgorithmOf } from '../../formats/x509/index.ts';
import { type Conclusion, type Finding, indeterminate, passed } from '../indication.ts';
import { weaknessFinding, weakSignature } from './algorithm-acceptance.ts';
import { type CertificateRole, isValidAt, needsRevocation, revocationKnowledge } from './revocation-acceptance.ts';
import type { ValidationContext } from './validation-context.ts';
import type { X509Conclusion } from './x509-conclusion.ts';

const timestamping = '1.3.6.1.5.5.7.3.8';
const mostPaths = 8;

/**
 * X.509 certificate validation (EN 319 102-1 5.2.6): paths to an anchor are tried until one holds; the conclusion is that
 * path's, else the first one's. Validity of the certificate itself is judged last, so that what is known of revocation
 * chooses the sub-indication.
 */
export function x509Validation(
  context: ValidationContext,
  certificate: Certificate,
  role: CertificateRole,
): X509Conclusion {
  const key = `${role} ${certificate.sha256}`;
  const known = context.known.get(key);
  if (known) return known;
  const conclusion = judge(context, certificate, role);
  context.known.set(key, conclusion);
  return conclusion;
}

function judge(context: ValidationContext, certificate: Certificate, role: CertificateRole): X509Conclusion {
  let first: X509Conclusion | undefined;
  let tried = 0;
  for (const path of buildPaths(certificate, context.pool, context.anchors)) {
    const conclusion = judgePath(context, path, role);
    if (conclusion.conclusion.indication === 'PASSED') return conclusion;
    first ??= conclusion;
    if (++tried >= mostPaths) break;
  }
  if (first) return first;
  const chain = longestChain(certificate, context.pool, context.anchors);
  const last = chain.at(-1) ?? certificate;
  const conclusion = indeterminate('NO_CERTIFICATE_CHAIN_FOUND', { code: 'NO_PATH_TO_ANCHOR', certificate: last });
  return { conclusion, path: chain, reachesAnchor: false, revocation: new Map() };
}

function judgePath(context: ValidationContext, path: CertificationPath, role: CertificateRole): X509Conclusion {
  const revocation = new Map<string, RevocationStatus>();
  const notes: Finding[] = [];
  const conclusion =
    path.length === 1
      ? passed()
      : (constraintFailure(context, path, role) ?? statusFailure(context, path, role, revocation, notes));
  return { conclusion: conclusion ?? passed(notes), path, reachesAnchor: true, revocation };
}

/** RFC 5280 6.1, and what the policy asks of certificates of this role. */
function constraintFailure(
  { policy, anchors }: ValidationContext,
  path: CertificationPath,
  role: CertificateRole,
): Conclusion | undefined {
  const general = (certificate: Certificate, detail: string) =>
    indeterminate('CERTIFICATE_CHAIN_GENERAL_FAILURE', { code: 'PATH_INVALID', certificate, detail });
  const [target, ...authorities] = path;
  const { failure } = validatePath(path);
  if (failure) return general(failure.certificate, failure.detail);
  if (target && role === 'TIMESTAMP' && !isForTimestamping(target))
    return indeterminate('CHAIN_CONSTRAINTS_FAILURE', { code: 'PURPOSE_NOT_ALLOWED', certificate: target });
  const { forbiddenForSigners, forbiddenForAuthorities, authorityKeyIdentifierOfSubject } = policy.certificates;
  if (target && role !== 'REVOCATION' && forbiddenForSigners.some((oid) => target.extensions.has(oid)))
    return general(target, 'it has an extension that a signer may not have');
  for (const authority of authorities.filter((one) => !anchors.has(one))) {
    if (forbiddenForAuthorities.some((oid) => authority.extensions.has(oid)))
      return general(authority, 'it has an extension that an authority may not have');
    if (authorityKeyIdentifierOfSubject === 'FAIL' && authority.subjectKeyIdentifier === undefined)
      return general(authority, 'it has no subject key identifier');
  }
  return undefined;
}

/** RFC 3161 2.3: the key purpose must be there, critical and alone. */
function isForTimestamping(certificate: Certificate): boolean {
  const extension = certificate.extensions.get('2.5.29.37');
  return (
    allowsPurpose(certificate, timestamping) &&
    extension?.critical === true &&
    certificate.extendedKeyUsage?.length === 1
  );
}

/**
 * What time decides: first whether revocation is known of all that need it, then whether something is revoked, then
 * algorithms, and the validity of the certificate itself.
 */
function statusFailure(
  context: ValidationContext,
  path: CertificationPath,
  role: CertificateRole,
  used: Map<string, RevocationStatus>,
  notes: Finding[],
): Conclusion | undefined {
  const issued = path
    .slice(0, -1)
    .map((certificate, index) => ({ certificate, issuer: path[index + 1] ?? certificate }));
  for (const [index, { certificate, issuer }] of issued.entries()) {
    const unknown = unknownRevocation(context, certificate, issuer, role, index === 0, used, notes);
    if (unknown) return unknown;
  }
  for (const [index, { certificate }] of issued.entries()) {
    const revoked = revokedConclusion(certificate, used.get(certificate.sha256), index === 0);
    if (revoked) return revoked;
  }
  for (const [index, { certificate, issuer }] of issued.entries()) {
    const status = used.get(certificate.sha256);
    const failure =
      algorithmFailure(context, certificate, issuer, status) ??
      (index === 0 ? validityFailure(context, certificate, role, status) : expiredAuthority(context, certificate));
    if (failure) return failure;
  }
  return undefined;
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
