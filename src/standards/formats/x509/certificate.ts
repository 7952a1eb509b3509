import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import {
  bitOctetsOf,
  decodeWholeAsn1,
  integerOf,
  isContext,
  isUniversal,
  octetsOf,
  required,
  sequenceOf,
  timeOf,
  universal,
} from '../asn1/index.ts';
import { type AlgorithmIdentifier, readAlgorithm, signatureAlgorithmOf } from './algorithm.ts';
import {
  type Extension,
  extensionOids,
  type KeyUsage,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtensions,
  readKeyUsage,
  readOidSequence,
} from './extensions.ts';
import { type Name, readName } from './name.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';
import { verifySignature } from './verify-signature.ts';

/** A certificate (RFC 5280 4.1), with the bytes that its parts were read from. */
export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hex; tells certificates apart everywhere. */
  readonly sha256: string;
  /** The signed part, as encoded. */
  readonly signedBytes: Uint8Array;
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** The algorithm inside the signed part; it must be the same one. */
  readonly innerAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: readonly string[];
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  /** Lower-case hex. */
  readonly subjectKeyIdentifier?: string;
  readonly authorityKeyIdentifier?: string;
  readonly selfIssued: boolean;
}

const known = new Map<string, Certificate>();
const mostKnown = 20_000;

/**
 * Reads a certificate. The same bytes give the same object, so what was verified of it once stays known.
 * @throws FormatError
 */
export function readCertificate(der: Uint8Array): Certificate {
  const sha256 = createHash('sha256').update(der).digest('hex');
  const before = known.get(sha256);
  if (before) return before;
  const certificate = parse(der, sha256);
  if (known.size >= mostKnown) known.clear();
  known.set(sha256, certificate);
  return certificate;
}

/** The certificates among `encodings` that can be read; others (attribute certificates, broken ones) are left out. */
export function readCertificates(encodings: Iterable<Uint8Array>): Certificate[] {
  const certificates: Certificate[] = [];
  for (const der of encodings) {
    try {
      certificates.push(readCertificate(der));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return certificates;
}

function parse(found: Uint8Array, sha256: string): Certificate {
  const der = Uint8Array.from(found);
  const [signed, algorithm, signature] = sequenceOf(decodeWholeAsn1(der), 'a Certificate');
  const parts = sequenceOf(signed, 'a TBSCertificate');
  const version = isContext(parts[0], 0) ? Number(integerOf(sequencePart(parts.shift()))) + 1 : 1;
  const [serial, inner, issuer, validity, subject, key, ...rest] = parts;
  const [notBefore, notAfter] = sequenceOf(validity, 'a Validity');
  const issuerName = readName(required(issuer, 'the issuer'));
  const subjectName = readName(required(subject, 'the subject'));
  const holder = rest.find((part) => isContext(part, 3));
  const extensions = holder ? readExtensions(sequencePart(holder)) : new Map<string, Extension>();
  return {
    der,
    sha256,
    signedBytes: required(signed, 'the signed part').bytes,
    version,
    serial: integerOf(serial),
    issuer: issuerName,
    subject: subjectName,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: readPublicKey(required(key, 'the public key').bytes),
    signatureAlgorithm: readAlgorithm(algorithm),
    innerAlgorithm: readAlgorithm(inner),
    signature: bitOctetsOf(signature),
    extensions,
    ...understood(extensions),
    selfIssued: issuerName.key === subjectName.key,
  };
}

function sequencePart(holder: Parameters<typeof octetsOf>[0] | undefined) {
  return required(holder && decodeWholeAsn1(holder.content), 'the contents of a tag');
}

function understood(extensions: ReadonlyMap<string, Extension>) {
  const read = <Value>(oid: string, reader: (value: Uint8Array) => Value): Value | undefined => {
    const extension = extensions.get(oid);
    return extension && reader(extension.value);
  };
  const keyUsage = read(extensionOids.keyUsage, readKeyUsage);
  const extendedKeyUsage = read(extensionOids.extendedKeyUsage, readOidSequence);
  const basicConstraints = read(extensionOids.basicConstraints, readBasicConstraints);
  const subjectKeyIdentifier = read(extensionOids.subjectKeyIdentifier, keyIdentifier);
  const authorityKeyIdentifier = read(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier);
  return {
    ...(keyUsage ? { keyUsage } : {}),
    ...(extendedKeyUsage ? { extendedKeyUsage } : {}),
    ...(basicConstraints ? { basicConstraints } : {}),
    ...(subjectKeyIdentifier ? { subjectKeyIdentifier } : {}),
    ...(authorityKeyIdentifier ? { authorityKeyIdentifier } : {}),
  };
}

function keyIdentifier(value: Uint8Array): string | undefined {
  const element = decodeWholeAsn1(value);
  return isUniversal(element, universal.octetString) ? Buffer.from(octetsOf(element)).toString('hex') : undefined;
}

const verified = new Map<string, boolean>();
const mostVerified = 100_000;

/**
 * Whether `key` made the signature of `certificate`. Remembered, since chains of many signatures share certificates.
 * Both algorithm identifiers must be the same (RFC 5280 4.1.1.2).
 */
export function isSignedBy(certificate: Certificate, key: PublicKey): boolean {
  const label = `${certificate.sha256} ${createHash('sha256').update(key.der).digest('base64')}`;
  const before = verified.get(label);
  if (before !== undefined) return before;
  const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
  const good =
    algorithm !== undefined &&
    certificate.signatureAlgorithm.oid === certificate.innerAlgorithm.oid &&
    verifySignature(algorithm, key, certificate.signedBytes, certificate.signature) === 'good';
  if (verified.size >= mostVerified) verified.clear();
  verified.set(label, good);
  return good;
}

/** Whether the certificate is signed with its own key. */
export function isSelfSigned(certificate: Certificate): boolean {
  return certificate.selfIssued && isSignedBy(certificate, certificate.publicKey);
}
