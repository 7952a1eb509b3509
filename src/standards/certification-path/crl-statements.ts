import { FormatError, unlessMalformed } from '../../base/index.ts';
import { decodeWholeAsn1, encodeElement } from '../formats/asn1/index.ts';
import { type Crl, findRevoked, isCrlSignedBy, type RevokedEntry } from '../formats/revocation/index.ts';
import {
  type Certificate,
  type DistributionPoint,
  type DistributionPointName,
  extensionOids,
  type GeneralName,
  type Name,
  readDistributionPoints,
  readName,
} from '../formats/x509/index.ts';
import type { CertificatePool } from './certificate-pool.ts';

/** Bits of ReasonFlags that a list must cover for its silence to mean anything (RFC 5280 6.3.2 b). */
export const allReasons = 0b1_1111_1110;

/** What one list (with the delta list that renews it, if any) says of one certificate. */
export interface CrlStatement {
  readonly crl: Crl;
  readonly delta?: Crl;
  /** Who signed the list. */
  readonly issuer: Certificate;
  /** Bits of the reasons that it covers. */
  readonly reasons: number;
  readonly entry?: RevokedEntry;
}

const removeFromCrl = 8;
const mostStatements = 50;

/**
 * What the lists say of `certificate` (RFC 5280 6.3.3): those in the scope of one of its distribution points, signed by
 * a certificate of the pool that may sign lists. Whether that signer is to be believed is the caller's question.
 */
export function crlStatements(
  certificate: Certificate,
  crls: readonly Crl[],
  pool: CertificatePool,
  anchors: CertificatePool,
): CrlStatement[] {
  const statements: CrlStatement[] = [];
  const points = distributionPointsOf(certificate);
  for (const crl of crls) {
    if (crl.baseNumber !== undefined || !isUnderstood(crl) || statements.length >= mostStatements) continue;
    // Names that cannot be read are nobody's.
    const reasons = points.reduce(
      (mask, point) => mask | (unlessMalformed(() => coveredReasons(certificate, crl, point)) ?? 0),
      0,
    );
    if (reasons === 0) continue;
    const issuer = signerOf(crl, pool, anchors);
    if (!issuer) continue;
    const delta = newestDelta(crl, crls, issuer);
    const entry = entryFor(certificate, crl, delta);
    if (entry === 'unusable') continue;
    statements.push({ crl, ...(delta ? { delta } : {}), issuer, reasons, ...(entry ? { entry } : {}) });
  }
  return statements;
}

/** A list with a critical extension that we do not act on says nothing (RFC 5280 5.2). */
function isUnderstood(crl: Crl): boolean {
  return [...crl.extensions.values()].every(
    ({ oid, critical }) =>
      !critical || oid === extensionOids.issuingDistributionPoint || oid === extensionOids.deltaCrlIndicator,
  );
}

/** Those that the certificate names, and the one that is implied; points that cannot be read name nothing. */
function distributionPointsOf(certificate: Certificate): DistributionPoint[] {
  const implied: DistributionPoint = {
    name: { fullNames: [{ kind: 'directoryName', name: certificate.issuer }] },
    crlIssuers: [],
  };
  const extension = certificate.extensions.get(extensionOids.crlDistributionPoints);
  try {
    return [...(extension ? readDistributionPoints(extension.value) : []), implied];
  } catch (error) {
    if (error instanceof FormatError) return [implied];
    throw error;
  }
}

/** RFC 5280 6.3.3 b, d: the reasons for which `crl` speaks of `certificate` under this point; 0 when it does not. */
function coveredReasons(certificate: Certificate, crl: Crl, point: DistributionPoint): number {
  const { issuingDistributionPoint: scope } = crl;
  if (point.crlIssuers.length > 0) {
    const named = point.crlIssuers.some((name) => name.kind === 'directoryName' && name.name.key === crl.issuer.key);
    if (!named || (!scope?.indirect && crl.issuer.key !== certificate.issuer.key)) return 0;
  } else if (crl.issuer.key !== certificate.issuer.key) return 0;
  const isAuthority = certificate.basicConstraints?.ca === true;
  if (scope?.onlyAttributeCertificates) return 0;
  if (scope?.onlyUserCertificates && isAuthority) return 0;
  if (scope?.onlyCaCertificates && !isAuthority) return 0;
  if (scope?.name && !sharesName(scope.name, crl.issuer, point, certificate.issuer)) return 0;
  return maskOf(point.reasons) & maskOf(scope?.onlySomeReasons);
}

function maskOf(bits: readonly number[] | undefined): number {
  return bits === undefined ? allReasons : bits.reduce((mask, bit) => mask | (1 << bit), 0) & allReasons;
}

function sharesName(
  scope: DistributionPointName,
  crlIssuer: Name,
  point: DistributionPoint,
  certificateIssuer: Name,
): boolean {
  const ofList = nameKeys(scope, crlIssuer);
  const [pointIssuer] = point.crlIssuers.flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []));
  const ofPoint = point.name
    ? nameKeys(point.name, pointIssuer ?? certificateIssuer)
    : point.crlIssuers.map(generalNameKey);
  return ofPoint.some((key) => ofList.includes(key));
}

/** The full names; a relative one is joined to the issuer's (RFC 5280 4.2.1.13). */
function nameKeys({ fullNames, relative }: DistributionPointName, issuer: Name): string[] {
  const keys = fullNames.map(generalNameKey);
  if (!relative) return keys;
  const rest = readName(decodeWholeAsn1(encodeElement(0x30, encodeElement(0x31, relative.content))));
  return [...keys, `directoryName ${[...issuer.relativeKeys, ...rest.relativeKeys].join(',')}`];
}

function generalNameKey(name: GeneralName): string {
  if (name.kind === 'directoryName') return `directoryName ${name.name.key}`;
  if ('text' in name) return `${name.kind} ${name.text}`;
  return `${name.kind} ${Buffer.from(name.octets).toString('hex')}`;
}

function signerOf(crl: Crl, pool: CertificatePool, anchors: CertificatePool): Certificate | undefined {
  const named = [...anchors.ofSubject(crl.issuer.key), ...pool.ofSubject(crl.issuer.key)];
  return named.find(
    (candidate) =>
      (!candidate.keyUsage || candidate.keyUsage.includes('crlSign') || anchors.has(candidate)) &&
      isCrlSignedBy(crl, candidate.publicKey),
  );
}

/** RFC 5280 6.3.3 c: a delta list of the same scope, newer than the complete one, that adds to it. */
function newestDelta(complete: Crl, crls: readonly Crl[], issuer: Certificate): Crl | undefined {
  const { number } = complete;
  if (number === undefined) return undefined;
  return crls
    .filter(
      (crl) =>
        crl.baseNumber !== undefined &&
        crl.issuer.key === complete.issuer.key &&
        crl.baseNumber <= number &&
        (crl.number ?? 0n) > number &&
        sameScope(crl, complete) &&
        isUnderstood(crl) &&
        isCrlSignedBy(crl, issuer.publicKey),
    )
    .sort((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime())[0];
}

function sameScope(one: Crl, other: Crl): boolean {
  const value = ({ extensions }: Crl) =>
    extensions.get(extensionOids.issuingDistributionPoint)?.value ?? new Uint8Array();
  return Buffer.compare(value(one), value(other)) === 0;
}

function entryFor(certificate: Certificate, crl: Crl, delta: Crl | undefined): RevokedEntry | undefined | 'unusable' {
  try {
    const newer = delta && findRevoked(delta, certificate.issuer, certificate.serial);
    if (newer?.reason === removeFromCrl) return undefined;
    return newer ?? findRevoked(crl, certificate.issuer, certificate.serial);
  } catch (error) {
    // An entry that is not understood makes the list unusable for this certificate (RFC 5280 5.3).
    if (error instanceof FormatError) return 'unusable';
    throw error;
  }
}
