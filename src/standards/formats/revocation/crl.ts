import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import {
  type Asn1Element,
  bitOctetsOf,
  childrenOf,
  decodeWholeAsn1,
  integerOfContent,
  isContext,
  isUniversal,
  namedBitsOf,
  required,
  sequenceOf,
  timeOf,
  universal,
} from '../asn1/index.ts';
import {
  type AlgorithmIdentifier,
  type DistributionPointName,
  type Extension,
  extensionOids,
  type Name,
  type PublicKey,
  readAlgorithm,
  readDistributionPointName,
  readExtensions,
  readName,
  signatureAlgorithmOf,
  verifySignature,
} from '../x509/index.ts';
import { idOfEncoding, knownOctets } from './known-encodings.ts';

/** IssuingDistributionPoint (RFC 5280 5.2.5). */
export interface IssuingDistributionPoint {
  readonly name?: DistributionPointName;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  /** Bits of ReasonFlags; undefined: all reasons. */
  readonly onlySomeReasons?: readonly number[];
  readonly indirect: boolean;
}

/** A certificate revocation list (RFC 5280 5.1). Its entries are walked when asked, never held as objects. */
export interface Crl {
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly signedBytes: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly innerAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly issuingDistributionPoint?: IssuingDistributionPoint;
  /** Number of the base list that a delta list adds to; undefined for complete lists. */
  readonly baseNumber?: bigint;
  readonly number?: bigint;
  readonly entries?: Asn1Element;
}

const known = new Map<string, Crl>();
const mostKnown = 200;
/** Large lists, for as long as their octets are known. */
const knownLarge = new WeakMap<Uint8Array, Crl>();

/**
 * Reads a CRL. The same bytes give the same object, so a large one is scanned once.
 * @throws FormatError
 */
export function readCrl(found: Uint8Array): Crl {
  const octets = knownOctets(found);
  const large = octets && (knownLarge.get(octets) ?? parse(octets, idOfEncoding(octets)));
  if (large) {
    knownLarge.set(octets, large);
    return large;
  }
  const sha256 = idOfEncoding(found);
  const before = known.get(sha256);
  if (before) return before;
  const crl = parse(Uint8Array.from(found), sha256);
  if (known.size >= mostKnown) known.clear();
  known.set(sha256, crl);
  return crl;
}

/** The CRLs among `encodings` that can be read. */
export function readCrls(encodings: Iterable<Uint8Array>): Crl[] {
  const crls: Crl[] = [];
  for (const der of encodings) {
    try {
      crls.push(readCrl(der));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return crls;
}

function parse(der: Uint8Array, sha256: string): Crl {
  const [signed, algorithm, signature] = sequenceOf(decodeWholeAsn1(der), 'a CertificateList');
  const parts = sequenceOf(signed, 'a TBSCertList');
  if (isUniversal(parts[0], universal.integer)) parts.shift();
  const [inner, issuer, thisUpdate, ...rest] = parts;
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  const entries = isUniversal(rest[0], universal.sequence) ? rest.shift() : undefined;
  const holder = rest.find((part) => isContext(part, 0));
  const extensions = holder ? readExtensions(required(childrenOf(holder)[0], 'the extensions')) : new Map();
  return {
    der,
    sha256,
    signedBytes: required(signed, 'the signed part').bytes,
    issuer: readName(required(issuer, 'the issuer')),
    thisUpdate: timeOf(thisUpdate),
    ...(nextUpdate ? { nextUpdate: timeOf(nextUpdate) } : {}),
    signatureAlgorithm: readAlgorithm(algorithm),
    innerAlgorithm: readAlgorithm(inner),
    signature: bitOctetsOf(signature),
    extensions,
    ...understood(extensions),
    ...(entries ? { entries } : {}),
  };
}

function isTime(element: Asn1Element | undefined): element is Asn1Element {
  return isUniversal(element, universal.utcTime) || isUniversal(element, universal.generalizedTime);
}

function understood(extensions: ReadonlyMap<string, Extension>) {
  const point = extensions.get(extensionOids.issuingDistributionPoint);
  const base = extensions.get(extensionOids.deltaCrlIndicator);
  const number = extensions.get(extensionOids.crlNumber);
  return {
    ...(point ? { issuingDistributionPoint: readIssuingDistributionPoint(point.value) } : {}),
    ...(base ? { baseNumber: integerOfContent(decodeWholeAsn1(base.value).content) } : {}),
    ...(number ? { number: integerOfContent(decodeWholeAsn1(number.value).content) } : {}),
  };
}

function readIssuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint {
  const parts = sequenceOf(decodeWholeAsn1(value), 'an IssuingDistributionPoint');
  const part = (tag: number) => parts.find((candidate) => isContext(candidate, tag));
  const isSet = (tag: number) => (part(tag)?.content[0] ?? 0) !== 0;
  const name = part(0);
  const reasons = part(3);
  return {
    ...(name ? { name: readDistributionPointName(name) } : {}),
    onlyUserCertificates: isSet(1),
    onlyCaCertificates: isSet(2),
    ...(reasons ? { onlySomeReasons: namedBitsOf(reasons.content) } : {}),
    indirect: isSet(4),
    onlyAttributeCertificates: isSet(5),
  };
}

const verified = new Map<string, boolean>();
const mostVerified = 20_000;

/** Whether `key` made the signature of the list; remembered, since a large list is hashed for it. */
export function isCrlSignedBy(crl: Crl, key: PublicKey): boolean {
  const label = `${crl.sha256} ${createHash('sha256').update(key.der).digest('base64')}`;
  const before = verified.get(label);
  if (before !== undefined) return before;
  const algorithm = signatureAlgorithmOf(crl.signatureAlgorithm);
  const good =
    algorithm !== undefined &&
    crl.signatureAlgorithm.oid === crl.innerAlgorithm.oid &&
    verifySignature(algorithm, key, crl.signedBytes, crl.signature) === 'good';
  if (verified.size >= mostVerified) verified.clear();
  verified.set(label, good);
  return good;
}
