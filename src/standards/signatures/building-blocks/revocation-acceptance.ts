import {
  buildPaths,
  type CertificationPath,
  type RevocationStatus,
  revocationStatuses,
  validatePath,
} from '../../certification-path/index.ts';
import { type Certificate, extensionOids, isSelfSigned } from '../../formats/x509/index.ts';
import type { RevocationKnowledge, ValidationContext } from './validation-context.ts';

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

const nothingKnown: RevocationKnowledge = { all: [], acceptable: [] };

/**
 * The lists and responses about `certificate` that can be believed (EN 319 102-1 5.2.6.4 and 5.2.5). Nobody is believed on
 * the word of somebody who is only believed on theirs; and where the issuer or its delegates say something, others are not
 * listened to.
 */
export function revocationKnowledge(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
): RevocationKnowledge {
  const key = `${certificate.sha256} ${issuer.sha256}`;
  const known = context.knowledge.get(key);
  if (known) return known;
  context.knowledge.set(key, nothingKnown); // while it is being found out
  const all = statusesOf(context, certificate, issuer);
  const believed = all
    .filter((status) => isAcceptable(context, status, certificate, issuer))
    .sort((one, other) => other.productionTime.getTime() - one.productionTime.getTime());
  const entitled = believed.filter((status) => status.entitled);
  const knowledge = { all, acceptable: entitled.length > 0 ? entitled : believed };
  context.knowledge.set(key, knowledge);
  return knowledge;
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
  issuer: Certificate,
): boolean {
  if (status.status === 'unknown') return false;
  if (!status.entitled && context.policy.revocation.responders === 'ENTITLED') return false;
  const path = soundPath(context, status.issuer);
  if (!path || (status.kind === 'CRL' && !leadsToSameAnchor(context, path, issuer))) return false;
  if (status.kind === 'OCSP' && !isValidAt(status.issuer, status.productionTime)) return false;
  if (status.thisUpdate < certificate.notBefore && !status.namesCertificate) return false;
  return speaksOf(status, certificate) && isMakerKnownGood(context, status, path, issuer);
}

/** RFC 5280 6.3.3 f: a list is the issuer's own, or leads to the same anchor; names alone are shared by strangers. */
function leadsToSameAnchor(context: ValidationContext, path: CertificationPath, issuer: Certificate): boolean {
  const [maker, anchor] = [path[0], path.at(-1)];
  const own = soundPath(context, issuer)?.at(-1);
  return [[maker, issuer] as const, [anchor, own] as const].some(
    ([one, other]) => one && other && Buffer.compare(one.publicKey.der, other.publicKey.der) === 0,
  );
}

/** That nothing is said after the certificate had expired means nothing, unless its maker keeps expired ones in view. */
function speaksOf(
  { status, thisUpdate, coversExpiredSince, namesCertificate }: RevocationStatus,
  { notAfter }: Certificate,
): boolean {
  if (namesCertificate || status === 'revoked') return true;
  const since = coversExpiredSince && coversExpiredSince < thisUpdate ? coversExpiredSince : thisUpdate;
  return notAfter >= since;
}

/**
 * The maker of the list or response must itself not be revoked, as far as that has to be known. That the issuer of the
 * certificate was is told of the certificate's own path.
 */
function isMakerKnownGood(
  context: ValidationContext,
  status: RevocationStatus,
  path: CertificationPath,
  issuerOfCertificate: Certificate,
): boolean {
  for (const [index, certificate] of path.entries()) {
    if (context.anchors.has(certificate)) return true;
    const role = index === 0 ? 'REVOCATION' : 'SIGNER';
    const issuer = path[index + 1];
    if (!issuer || !needsRevocation(context, certificate, role)) continue;
    const { acceptable } = revocationKnowledge(context, certificate, issuer);
    const isOptional = index > 0 && context.policy.certificates.revocationOfServiceAuthorities !== 'FAIL';
    if (acceptable.length === 0 && !isOptional) return false;
    if (index === 0 && certificate !== issuerOfCertificate && wasRevokedFor(acceptable[0], status)) return false;
  }
  return true;
}

/** CRLReasons that say that somebody else may hold the key; no reason may mean that, too. */
const compromised: readonly (number | undefined)[] = [undefined, 0, 1, 2, 10];

/** Whether who made a statement was revoked by then, or is since for a reason that leaves open who made it. */
function wasRevokedFor(latest: RevocationStatus | undefined, { productionTime }: RevocationStatus): boolean {
  if (latest?.status !== 'revoked') return false;
  return !latest.revocationTime || latest.revocationTime <= productionTime || compromised.includes(latest.reason);
}

const mostPaths = 8;

/** The first path of a certificate to an anchor that keeps to RFC 5280: whoever has some certificate is no authority by it. */
function soundPath(context: ValidationContext, certificate: Certificate): CertificationPath | undefined {
  const { pool, anchors, soundPaths } = context;
  const known = soundPaths.get(certificate.sha256);
  if (known) return known === 'none' ? undefined : known;
  let tried = 0;
  let found: CertificationPath | undefined;
  for (const path of buildPaths(certificate, pool, anchors)) {
    if (!validatePath(path).failure) found = path;
    if (found || ++tried >= mostPaths) break;
  }
  soundPaths.set(certificate.sha256, found ?? 'none');
  return found;
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
