import {
  allowsPurpose,
  buildPaths,
  type CertificationPath,
  longestChain,
  type RevocationStatus,
  validatePath,
} from '../../certification-path/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import { type Conclusion, type Finding, indeterminate, passed } from '../indication.ts';
import { statusFailure } from './certificate-status.ts';
import type { CertificateRole } from './revocation-acceptance.ts';
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
  for (const path of pathsFrom(certificate, context, role)) {
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

/** To configured anchors first: lists may add to what is trusted, and take nothing of it away. */
function* pathsFrom(certificate: Certificate, context: ValidationContext, role: CertificateRole) {
  const { pool, anchors, configuredAnchors, isForTimestampsAlone } = context;
  yield* buildPaths(certificate, pool, configuredAnchors);
  if (anchors === configuredAnchors) return;
  for (const path of buildPaths(certificate, pool, anchors)) {
    const anchor = path.at(-1);
    if (role !== 'SIGNER' || !anchor || !isForTimestampsAlone(anchor)) yield path;
  }
}

function judgePath(context: ValidationContext, path: CertificationPath, role: CertificateRole): X509Conclusion {
  const revocation = new Map<string, RevocationStatus>();
  const notes: Finding[] = [];
  const failure =
    path.length === 1
      ? undefined
      : (constraintFailure(context, path, role) ?? statusFailure(context, path, role, revocation, notes));
  const conclusion = failure ?? anchorWithdrawn(context, path, context.currentTime);
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

/** A list may take an anchor's status away: it bears out nothing from then on (EN 319 102-1 5.2.6, sunset date). */
export function anchorWithdrawn(
  { sunsetOf }: ValidationContext,
  path: CertificationPath,
  moment: Date,
): Conclusion | undefined {
  const anchor = path.at(-1);
  const sunset = anchor && sunsetOf(anchor);
  if (!sunset || moment < sunset) return undefined;
  const finding: Finding = { code: 'SERVICE_WITHDRAWN', certificate: anchor, time: sunset };
  return indeterminate('NO_CERTIFICATE_CHAIN_FOUND_NO_POE', finding);
}
