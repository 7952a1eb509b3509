import { createHash } from 'node:crypto';
import { bitOctetsOf, decodeWholeAsn1, sequenceOf } from '../../formats/asn1/index.ts';
import {
  boolean,
  type Der,
  integer,
  namedBits,
  nullElement,
  octetString,
  oid,
  sequence,
  tagged,
  taggedPrimitive,
  utf8String,
} from '../../formats/der/index.ts';
import { certificateIdentity } from '../signing-certificate.ts';

/** An extension of a certificate, a CRL or a response. */
export interface Extension {
  readonly type: string;
  readonly critical: boolean;
  readonly value: Der;
}

/** Extensions (RFC 5280 4.1), DER. */
export function encodeExtensions(extensions: readonly Extension[]): Der {
  return sequence(
    ...extensions.map(({ type, critical, value }) =>
      sequence(oid(type), critical ? boolean(true) : undefined, octetString(value)),
    ),
  );
}

const usageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyCertSign: 5,
  cRLSign: 6,
} as const;
export type KeyUsage = keyof typeof usageBits;

const purposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
} as const;
export type KeyPurpose = keyof typeof purposes;

/** RFC 5280 4.2.1.9. */
export const basicConstraints = (ca: boolean, pathLength?: number): Extension => ({
  type: '2.5.29.19',
  critical: true,
  value: sequence(ca ? boolean(true) : undefined, pathLength === undefined ? undefined : integer(pathLength)),
});

/** RFC 5280 4.2.1.3. */
export const keyUsage = (...usages: readonly KeyUsage[]): Extension => ({
  type: '2.5.29.15',
  critical: true,
  value: namedBits(usages.map((usage) => usageBits[usage])),
});

/** RFC 5280 4.2.1.12; RFC 3161 2.3 wants it critical for a time-stamping authority. */
export const extendedKeyUsage = (usages: readonly KeyPurpose[], critical: boolean): Extension => ({
  type: '2.5.29.37',
  critical,
  value: sequence(...usages.map((usage) => oid(purposes[usage]))),
});

/** SHA-1 of the subject public key (RFC 5280 4.2.1.2, method 1). */
export const keyIdentifier = (subjectPublicKeyInfo: Uint8Array): Uint8Array =>
  createHash('sha1').update(subjectPublicKeyBits(subjectPublicKeyInfo)).digest();

/** RFC 5280 4.2.1.2. */
export const subjectKeyIdentifier = (subjectPublicKeyInfo: Uint8Array): Extension => ({
  type: '2.5.29.14',
  critical: false,
  value: octetString(keyIdentifier(subjectPublicKeyInfo)),
});

/** RFC 5280 4.2.1.1, by the issuer's key. */
export const authorityKeyIdentifier = (subjectPublicKeyInfo: Uint8Array): Extension => ({
  type: '2.5.29.35',
  critical: false,
  value: sequence(taggedPrimitive(0, keyIdentifier(subjectPublicKeyInfo))),
});

/** RFC 5280 4.2.1.13, one distribution point with these addresses. */
export const crlDistributionPoints = (urls: readonly string[]): Extension => ({
  type: '2.5.29.31',
  critical: false,
  value: sequence(sequence(tagged(0, tagged(0, ...urls.map(uniformResourceIdentifier))))),
});

/** RFC 5280 4.2.2.1. */
export const authorityInformationAccess = (access: { ocsp?: string; caIssuers?: string }): Extension => ({
  type: '1.3.6.1.5.5.7.1.1',
  critical: false,
  value: sequence(
    access.ocsp ? sequence(oid('1.3.6.1.5.5.7.48.1'), uniformResourceIdentifier(access.ocsp)) : undefined,
    access.caIssuers ? sequence(oid('1.3.6.1.5.5.7.48.2'), uniformResourceIdentifier(access.caIssuers)) : undefined,
  ),
});

/** RFC 5280 4.2.1.4; a notice is what a reader of the certificate is told (explicitText, up to 200 characters). */
export const certificatePolicies = (policy: string, notice?: string): Extension => ({
  type: '2.5.29.32',
  critical: false,
  value: sequence(
    sequence(
      oid(policy),
      notice === undefined ? undefined : sequence(sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(utf8String(notice)))),
    ),
  ),
});

/** id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1): the responder's own certificate need not be asked about. */
export const ocspNoCheck = (): Extension => ({ type: '1.3.6.1.5.5.7.48.1.5', critical: false, value: nullElement() });

/** No revocation information will ever be published for this certificate (RFC 9608). */
export const noRevocationAvailable = (): Extension => ({ type: '2.5.29.56', critical: false, value: nullElement() });

const uniformResourceIdentifier = (url: string): Der => taggedPrimitive(6, Buffer.from(url, 'latin1'));

/** The contents of the BIT STRING subjectPublicKey of a SubjectPublicKeyInfo, DER. */
export function subjectPublicKeyBits(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const [, bits] = sequenceOf(decodeWholeAsn1(subjectPublicKeyInfo));
  return bitOctetsOf(bits);
}

/** The same, of a certificate's key. */
export function certificateKeyBits(certificate: Uint8Array): Uint8Array {
  return subjectPublicKeyBits(certificateIdentity(certificate).subjectPublicKeyInfo);
}
