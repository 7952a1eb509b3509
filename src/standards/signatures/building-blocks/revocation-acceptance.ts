import {
  buildPaths,
  type CertificationPath,
  type RevocationStatus,
  revocationStatuses,
} from '../../certification-path/index.ts';
import { type Certificate, extensionOids, isSelfSigned } from '../../formats/x509/index.ts';
import type { ValidationContext } from './validation-context.ts';

/** What is known of a certificate's revocation: all that was said of it, and what of that can be believed. */
export interface RevocationKnowledge {
  readonly all: readonly RevocationStatus[];
  /** Newest first. */
  readonly acceptable: readonly RevocationStatus[];
}

/** Whose certificate it is: rules differ by what it is used for. */
export type CertificateRole = 'SIGNER' | 'TIMESTAMP' | 'REVOCATION';

/** Anchors and self-signed certificates have nobody who could revoke them; some extensions do without. */
export function needsRevocation(context: ValidationContext, certificate: Certificate, role: CertificateRole): boolean {
  const { anchors, policy } = context;
  if (anchors.has(certificate) || isSelfSigned(certificate)) return false;
  const skipped =
    role === 'SIGNER'
      ? policy.certificates.revocationSkippedFor
      : role === 'REVOCATION'
        ? [extensionOids.ocspNoCheck]
        : [];
  return !skipped.some((oid) => certificate.extensions.has(oid));
}

/** The lists and responses about `certificate` that can be believed (EN 319 102-1 5.2.6.4 and 5.2.5). */
export function revocationKnowledge(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
  seen: Set<string> = new Set(),
): RevocationKnowledge {
  seen.add(certificate.sha256);
  const all = statusesOf(context, certificate, issuer);
  const acceptable = all
    .filter((status) => isAcceptable(context, status, certificate, seen))
    .sort((one, other) => other.productionTime.getTime() - one.productionTime.getTime());
  return { all, acceptable };
}

/** Asked again and again, by every signature and time-stamp of a chain; a large list is walked once. */
export function statusesOf(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
): RevocationStatus[] {
  const { revocation, pool, anchors, statuses } = context;
  const key = `${certificate.sha256} ${issuer.sha256}`;
  const known = statuses.get(key);
  if (known) return known;
  const found = revocationStatuses(certificate, issuer, revocation, pool, anchors);
  statuses.set(key, found);
  return found;
}

function isAcceptable(
  context: ValidationContext,
  status: RevocationStatus,
  certificate: Certificate,
  seen: Set<string>,
): boolean {
  if (status.status === 'unknown') return false;
  if (!status.entitled && context.policy.revocation.responders === 'ENTITLED') return false;
  const path = firstPath(context, status.issuer);
  if (!path) return false;
  if (status.kind === 'OCSP' && !isValidAt(status.issuer, status.productionTime)) return false;
  if (status.thisUpdate < certificate.notBefore && !status.namesCertificate) return false;
  return speaksOf(status, certificate) && isIssuerKnownGood(context, path, seen);
}

/** What was said after the certificate had expired means nothing, unless its maker keeps expired ones in view. */
function speaksOf({ thisUpdate, coversExpiredSince, namesCertificate }: RevocationStatus, { notAfter }: Certificate) {
  if (namesCertificate) return true;
  const since = coversExpiredSince && coversExpiredSince < thisUpdate ? coversExpiredSince : thisUpdate;
  return notAfter >= since;
}

/** The maker of the list or response must itself not be revoked, as far as that has to be known. */
function isIssuerKnownGood(context: ValidationContext, path: CertificationPath, seen: Set<string>): boolean {
  for (const [index, certificate] of path.entries()) {
    if (context.anchors.has(certificate)) return true;
    if (seen.has(certificate.sha256)) continue;
    seen.add(certificate.sha256);
    const role = index === 0 ? 'REVOCATION' : 'SIGNER';
    const issuer = path[index + 1];
    if (!issuer || !needsRevocation(context, certificate, role)) continue;
    const { acceptable } = revocationKnowledge(context, certificate, issuer, seen);
    const isOptional = index > 0 && context.policy.certificates.revocationOfServiceAuthorities !== 'FAIL';
    if (acceptable.length === 0 && !isOptional) return false;
  }
  return true;
}

/** The first path of a certificate to an anchor. */
export function firstPath(
  { pool, anchors }: ValidationContext,
  certificate: Certificate,
): CertificationPath | undefined {
  const [path] = buildPaths(certificate, pool, anchors);
  return path;
}

/** Whether `time` lies within the certificate's validity. */
export function isValidAt({ notBefore, notAfter }: Certificate, time: Date): boolean {
  return notBefore <= time && time <= notAfter;
}
