import { longestChain, type RevocationStatus } from '../certification-path/index.ts';
import { type Certificate, extensionOids, isSelfSigned } from '../formats/x509/index.ts';
import { firstPath, needsRevocation, statusesOf } from './building-blocks/revocation-acceptance.ts';
import type { ValidationContext } from './building-blocks/validation-context.ts';
import type { SignatureFacts, TimestampFacts } from './signed-document.ts';

/**
 * The format and level of a signature, as DSS names them (EN 319 122, EN 319 132, EN 319 142, TS 119 182-1). Levels tell what a
 * signature carries, not whether it is valid; from LT on that depends on which certificates are trusted as they are.
 */
export function formatOf(context: ValidationContext, signature: SignatureFacts): string {
  switch (signature.profile.family) {
    case 'CAdES':
      return cadesFormat(context, signature);
    case 'XAdES':
      return xadesFormat(context, signature);
    case 'JAdES':
      return jadesFormat(context, signature);
    case 'PAdES':
      return signature.profile.basic ? padesFormat(context, signature) : 'PDF-NOT-ETSI';
    case 'PKCS7':
      return signature.profile.basic ? `PKCS7-${pdfLevel(context, signature)}` : 'PDF-NOT-ETSI';
    case 'PDF':
      return 'PDF-NOT-ETSI';
  }
}

function padesFormat(context: ValidationContext, signature: SignatureFacts): string {
  const { baseline, hasPolicy } = signature.profile;
  const level = pdfLevel(context, signature);
  if (baseline) return `PAdES-BASELINE-${level}`;
  if (level === 'LTA') return 'PAdES-LTV';
  return hasPolicy ? 'PAdES-EPES' : 'PAdES-BES';
}

function pdfLevel(context: ValidationContext, signature: SignatureFacts): 'B' | 'T' | 'LT' | 'LTA' {
  const documentTimestamps = ofType(signature, 'DOCUMENT_TIMESTAMP');
  if (ofType(signature, 'SIGNATURE_TIMESTAMP').length === 0 && documentTimestamps.length === 0) return 'B';
  if (!signature.profile.hasSecurityStore || !carriesValidationData(context, signature)) return 'T';
  return documentTimestamps.some((timestamp) => coversValidationData(context, signature, timestamp)) ? 'LTA' : 'LT';
}

function cadesFormat(context: ValidationContext, signature: SignatureFacts): string {
  const { basic, baseline, hasPolicy, hasCompleteReferences, hasOlderAttributes, hasEvidenceRecord } =
    signature.profile;
  if (!basic) return 'CMS-NOT-ETSI';
  if (!hasTimelyTimestamp(signature)) return baseline ? 'CAdES-BASELINE-B' : hasPolicy ? 'CAdES-EPES' : 'CAdES-BES';
  const archive = [...ofType(signature, 'ARCHIVE_TIMESTAMP'), ...ofType(signature, 'CONTAINER_TIMESTAMP')];
  const hasData = carriesValidationData(context, signature);
  if (baseline && hasData && !hasOlderAttributes) {
    if (hasEvidenceRecord) return 'CAdES-ERS';
    return archive.some(({ type, archiveForm }) => archiveForm === 'v3' || type === 'CONTAINER_TIMESTAMP')
      ? 'CAdES-BASELINE-LTA'
      : 'CAdES-BASELINE-LT';
  }
  if (hasData && hasEvidenceRecord) return 'CAdES-ERS';
  if (hasData && archive.length > 0) return 'CAdES-A';
  const references =
    ofType(signature, 'VALIDATION_DATA_TIMESTAMP').length +
    ofType(signature, 'VALIDATION_DATA_REFSONLY_TIMESTAMP').length;
  if (hasCompleteReferences) return references === 1 ? (hasData ? 'CAdES-XL' : 'CAdES-X') : 'CAdES-C';
  if (hasData) return 'CAdES-LT';
  return baseline ? 'CAdES-BASELINE-T' : 'CAdES-T';
}

function xadesFormat(context: ValidationContext, signature: SignatureFacts): string {
  const { profile } = signature;
  const { basic, baseline, hasPolicy } = profile;
  if (!basic) return 'XML-NOT-ETSI';
  if (!hasTimelyTimestamp(signature)) return baseline ? 'XAdES-BASELINE-B' : hasPolicy ? 'XAdES-EPES' : 'XAdES-BES';
  const isArchived = ofType(signature, 'ARCHIVE_TIMESTAMP').length > 0;
  const hasData = carriesValidationData(context, signature);
  if (baseline && profile.singleTimestamps && hasData && !profile.hasOlderAttributes) {
    if (profile.hasEvidenceRecord) return 'XAdES-ERS';
    return isArchived ? 'XAdES-BASELINE-LTA' : 'XAdES-BASELINE-LT';
  }
  if (hasData && profile.hasEvidenceRecord) return 'XAdES-ERS';
  if (hasData && isArchived) return 'XAdES-A';
  const overReferences =
    ofType(signature, 'VALIDATION_DATA_TIMESTAMP').length +
    ofType(signature, 'VALIDATION_DATA_REFSONLY_TIMESTAMP').length;
  if (profile.hasCompleteReferences) return overReferences > 0 ? (hasData ? 'XAdES-XL' : 'XAdES-X') : 'XAdES-C';
  if (hasData) return 'XAdES-LT';
  return baseline && profile.singleTimestamps ? 'XAdES-BASELINE-T' : 'XAdES-T';
}

function jadesFormat(context: ValidationContext, signature: SignatureFacts): string {
  const { profile } = signature;
  if (!profile.baseline) return 'JSON-NOT-ETSI';
  if (!hasTimelyTimestamp(signature) || !profile.singleTimestamps) return 'JAdES-BASELINE-B';
  if (!carriesValidationData(context, signature) || profile.hasOlderAttributes) return 'JAdES-BASELINE-T';
  return ofType(signature, 'ARCHIVE_TIMESTAMP').length > 0 ? 'JAdES-BASELINE-LTA' : 'JAdES-BASELINE-LT';
}

/** What breaks its format lifts no level. */
function ofType({ timestamps }: SignatureFacts, type: TimestampFacts['type']): TimestampFacts[] {
  return timestamps.filter((timestamp) => timestamp.type === type && timestamp.formatFindings.length === 0);
}

/** Signature time-stamps, all from before the certificate expired (EN 319 122-1 6.3 m). */
function hasTimelyTimestamp(signature: SignatureFacts): boolean {
  const timestamps = ofType(signature, 'SIGNATURE_TIMESTAMP');
  const expiry = signature.signingCertificate?.notAfter;
  return timestamps.length > 0 && timestamps.every(({ productionTime }) => !expiry || productionTime < expiry);
}

/** Revocation data about every certificate that needs it, of the signer and of all time-stamps but the last. */
function carriesValidationData(context: ValidationContext, signature: SignatureFacts): boolean {
  if (context.carried.size === 0) return false;
  const signers = [signature, ...withoutLastArchive(signature)].map(({ signingCertificate }) => signingCertificate);
  return signers.every((certificate) => certificate !== undefined && isCovered(context, certificate, new Map()));
}

function withoutLastArchive({ timestamps }: SignatureFacts): TimestampFacts[] {
  const archiving = timestamps.filter(({ type }) => isArchiving(type));
  const [last] = [...archiving].sort((one, other) => other.productionTime.getTime() - one.productionTime.getTime());
  return timestamps.filter((timestamp) => timestamp !== last);
}

function isArchiving(type: TimestampFacts['type']): boolean {
  return type === 'ARCHIVE_TIMESTAMP' || type === 'DOCUMENT_TIMESTAMP' || type === 'CONTAINER_TIMESTAMP';
}

/**
 * Whether something is said of every certificate of the chain, and of the chains of those who say it.
 * @param known what was found of each certificate; one that is being looked at is no obstacle to itself
 */
function isCovered(context: ValidationContext, certificate: Certificate, known: Map<string, boolean>): boolean {
  return chainOf(context, certificate).every((one, index, chain) => {
    const found = known.get(one.sha256);
    if (found !== undefined) return found;
    known.set(one.sha256, true);
    const issuer = chain[index + 1];
    const statuses = issuer ? carriedStatuses(context, one, issuer) : [];
    const covered = needsNoStatus(context, one) || statuses.some((status) => isCovered(context, status.issuer, known));
    known.set(one.sha256, covered);
    return covered;
  });
}

function needsNoStatus(context: ValidationContext, certificate: Certificate): boolean {
  const isTakenAsItIs = context.anchors.has(certificate) || isSelfSigned(certificate);
  const isUnchecked = certificate.extensions.has(extensionOids.ocspNoCheck);
  return isTakenAsItIs || isUnchecked || !needsRevocation(context, certificate, 'SIGNER');
}

/** What lists and responses that came with the document say of a certificate. */
function carriedStatuses(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
): RevocationStatus[] {
  return statusesOf(context, certificate, issuer).filter(({ id }) => context.carried.has(id));
}

/** The chain up to the anchor, or as far as it leads. */
function chainOf(context: ValidationContext, certificate: Certificate): readonly Certificate[] {
  return firstPath(context, certificate) ?? longestChain(certificate, context.pool, context.anchors);
}

/** A document time-stamp over revocation data of each certificate, and over another time-stamp or its own data. */
function coversValidationData(
  context: ValidationContext,
  signature: SignatureFacts,
  timestamp: TimestampFacts,
): boolean {
  const { signingCertificate } = signature;
  if (!signingCertificate) return false;
  const isEachCovered = revocationIds(context, signingCertificate).every(
    (ids) => ids.length === 0 || ids.some((id) => timestamp.covers.has(id)),
  );
  const own = timestamp.signingCertificate ? revocationIds(context, timestamp.signingCertificate).flat() : [];
  const others = signature.timestamps.filter((other) => other !== timestamp).map(({ id }) => id);
  return isEachCovered && (own.length === 0 || [...others, ...own].some((id) => timestamp.covers.has(id)));
}

function revocationIds(context: ValidationContext, certificate: Certificate): string[][] {
  const chain = chainOf(context, certificate);
  return chain.slice(0, -1).map((one, index) => {
    const issuer = chain[index + 1];
    return issuer ? carriedStatuses(context, one, issuer).map(({ id }) => id) : [];
  });
}
