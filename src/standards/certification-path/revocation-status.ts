import { createHash } from 'node:crypto';
import { unlessMalformed } from '../../base/index.ts';
import { decodeWholeAsn1, timeOf } from '../formats/asn1/index.ts';
import {
  archiveCutoffOf,
  type Crl,
  certificateHashOf,
  isOcspSignedBy,
  isResponder,
  type OcspResponse,
  singleResponseFor,
} from '../formats/revocation/index.ts';
import {
  type Certificate,
  digestNameOf,
  extensionOids,
  isSignedBy,
  nodeDigest,
  readCertificates,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from '../formats/x509/index.ts';
import { type CertificatePool, certificatePool } from './certificate-pool.ts';
import { allReasons, type CrlStatement, crlStatements } from './crl-statements.ts';
import { allowsPurpose } from './validate-path.ts';

/** Revocation lists and responses to look into. */
export interface RevocationSource {
  readonly crls: readonly Crl[];
  readonly ocspResponses: readonly OcspResponse[];
}

/** What a list or response says of a certificate, and who says it. */
export interface RevocationStatus {
  readonly kind: 'CRL' | 'OCSP';
  /** sha256 of the list or response. */
  readonly id: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revocationTime?: Date;
  /** CRLReason of RFC 5280 5.3.1. */
  readonly reason?: number;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** When it was made: producedAt of a response, thisUpdate of a list. */
  readonly productionTime: Date;
  /** Whose signature it bears. */
  readonly issuer: Certificate;
  /**
   * Whether the issuer of the certificate made it, or entitled who did: its delegate (RFC 6960 4.2.2.2), or the
   * signer of a list in the scope of its distribution points. Otherwise the maker must be trusted for it by itself.
   */
  readonly entitled: boolean;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  /** Certificates that had expired by then are covered when they expired at or after this time. */
  readonly coversExpiredSince?: Date;
  /** The response names the hash of this very certificate (positive statement). */
  readonly namesCertificate: boolean;
}

/** CRLReason certificateHold. */
export const onHold = 6;

const ocspSigning = '1.3.6.1.5.5.7.3.9';

/**
 * Everything that the source says of `certificate`, issued by `issuer`, as far as the signatures verify and their
 * makers were entitled by the issuer: lists (RFC 5280 6.3) and responses (RFC 6960 4.2.2.2).
 */
export function revocationStatuses(
  certificate: Certificate,
  issuer: Certificate,
  source: RevocationSource,
  pool: CertificatePool,
  anchors: CertificatePool,
): RevocationStatus[] {
  return [
    ...crlStatuses(crlStatements(certificate, source.crls, pool, anchors)),
    ...source.ocspResponses.flatMap(
      (response) =>
        unlessMalformed(() => ocspStatus(response, certificate, issuer, [...pool.all, ...anchors.all])) ?? [],
    ),
  ];
}

function crlStatuses(statements: readonly CrlStatement[]): RevocationStatus[] {
  const whole = statements.filter(({ reasons, entry }) => entry || reasons === allReasons).map(statusOf);
  const parts = statements.filter(({ reasons, entry }) => !entry && reasons !== allReasons);
  const covered = parts.reduce((mask, { reasons }) => mask | reasons, 0);
  const [oldest] = [...parts].sort((one, other) => one.crl.thisUpdate.getTime() - other.crl.thisUpdate.getTime());
  return covered === allReasons && oldest ? [...whole, statusOf(oldest)] : whole;
}

function statusOf({ crl, delta, issuer, entry }: CrlStatement): RevocationStatus {
  const newest = delta ?? crl;
  const expired = crl.extensions.get(extensionOids.expiredCertsOnCrl);
  const expiredSince = expired && unlessMalformed(() => timeOf(decodeWholeAsn1(expired.value)));
  return {
    kind: 'CRL',
    id: crl.sha256,
    status: entry ? 'revoked' : 'good',
    ...(entry ? { revocationTime: entry.revocationTime, reason: entry.reason } : {}),
    thisUpdate: newest.thisUpdate,
    ...(newest.nextUpdate ? { nextUpdate: newest.nextUpdate } : {}),
    productionTime: newest.thisUpdate,
    issuer,
    entitled: true,
    signatureAlgorithm: signatureAlgorithmOf(crl.signatureAlgorithm),
    ...(expiredSince ? { coversExpiredSince: expiredSince } : {}),
    namesCertificate: false,
  };
}

function ocspStatus(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
  others: readonly Certificate[],
): RevocationStatus | undefined {
  const single = singleResponseFor(response, certificate, issuer);
  if (!single) return undefined;
  const responder = responderOf(response, issuer, others);
  if (!responder) return undefined;
  const cutoff = unlessMalformed(() => archiveCutoffOf(single));
  return {
    kind: 'OCSP',
    id: response.sha256,
    status: single.status,
    ...(single.revocationTime ? { revocationTime: single.revocationTime } : {}),
    ...(single.reason === undefined ? {} : { reason: single.reason }),
    thisUpdate: single.thisUpdate,
    ...(single.nextUpdate ? { nextUpdate: single.nextUpdate } : {}),
    productionTime: response.producedAt,
    issuer: responder,
    entitled: isEntitled(responder, issuer),
    signatureAlgorithm: signatureAlgorithmOf(response.signatureAlgorithm),
    ...(cutoff ? { coversExpiredSince: cutoff } : {}),
    namesCertificate: namesCertificate(
      unlessMalformed(() => certificateHashOf(single)),
      certificate,
    ),
  };
}

/**
 * Who signed the response: entitled ones first, then others whose certificate is for nothing else.
 * @param others certificates of elsewhere; a trusted responder may be configured (RFC 6960 4.2.2.2, first kind)
 */
function responderOf(
  response: OcspResponse,
  issuer: Certificate,
  others: readonly Certificate[],
): Certificate | undefined {
  const inside = certificatePool(readCertificates(response.certificates));
  const candidates = [issuer, ...inside.all, ...others].filter((candidate) => isResponder(response, candidate));
  const signers = candidates.filter((candidate) => isOcspSignedBy(response, candidate.publicKey));
  return (
    signers.find((candidate) => isEntitled(candidate, issuer)) ??
    signers.find((candidate) => allowsPurpose(candidate, ocspSigning))
  );
}

/** The issuer itself, or a certificate that it issued for the purpose (RFC 6960 4.2.2.2). */
function isEntitled(responder: Certificate, issuer: Certificate): boolean {
  return (
    Buffer.compare(responder.publicKey.der, issuer.publicKey.der) === 0 ||
    (responder.issuer.key === issuer.subject.key &&
      allowsPurpose(responder, ocspSigning) &&
      isSignedBy(responder, issuer.publicKey))
  );
}

function namesCertificate(hash: { oid: string; value: Uint8Array } | undefined, certificate: Certificate): boolean {
  const name = hash && digestNameOf(hash.oid);
  const algorithm = name && nodeDigest(name);
  if (!hash || !algorithm) return false;
  return Buffer.compare(createHash(algorithm).update(certificate.der).digest(), hash.value) === 0;
}
