import { decodeWholeAsn1, isContext, required, sequenceOf } from '../formats/asn1/index.ts';
import { type Der, octetString, sequence, tagged } from '../formats/der/index.ts';
import { digestBytes, digestIdentifier, type SignatureDigest } from './signature-algorithm.ts';

/** What others say of a certificate to name it: issuer, serial number, subject and key, as encoded in it. */
export interface CertificateIdentity {
  readonly issuer: Der;
  readonly serialNumber: Der;
  readonly subject: Der;
  readonly subjectPublicKeyInfo: Der;
}

/** A signer's certificate is asked for with every seal. */
const known = new WeakMap<Uint8Array, CertificateIdentity>();

/**
 * The parts of a certificate by which it is named (RFC 5280 4.1). The bytes are taken never to change.
 * @throws FormatError
 */
export function certificateIdentity(certificate: Uint8Array): CertificateIdentity {
  const identity = known.get(certificate) ?? readIdentity(certificate);
  known.set(certificate, identity);
  return identity;
}

function readIdentity(certificate: Uint8Array): CertificateIdentity {
  const [toBeSigned] = sequenceOf(decodeWholeAsn1(certificate), 'a certificate');
  const members = sequenceOf(toBeSigned, 'a certificate');
  const start = isContext(members[0], 0) ? 1 : 0; // version
  const [serialNumber, , issuer, , subject, subjectPublicKeyInfo] = members.slice(start);
  return {
    serialNumber: required(serialNumber, 'the serial number').bytes,
    issuer: required(issuer, 'the issuer').bytes,
    subject: required(subject, 'the subject').bytes,
    subjectPublicKeyInfo: required(subjectPublicKeyInfo, 'the public key').bytes,
  };
}

/** IssuerAndSerialNumber (RFC 5652 10.2.4). */
export function issuerAndSerialNumber(certificate: Uint8Array): Der {
  const { issuer, serialNumber } = certificateIdentity(certificate);
  return sequence(issuer, serialNumber);
}

/** IssuerSerial (RFC 5035 4): the issuer as GeneralNames with one directoryName. */
export function issuerSerial(certificate: Uint8Array): Der {
  const { issuer, serialNumber } = certificateIdentity(certificate);
  return sequence(sequence(tagged(4, issuer)), serialNumber);
}

/** SigningCertificateV2 (RFC 5035 3) with one ESSCertIDv2; SHA-256 is the default and is left out. */
export function signingCertificateV2(certificate: Uint8Array, digest: SignatureDigest): Der {
  const essCertId = sequence(
    digest === 'sha256' ? undefined : digestIdentifier(digest),
    octetString(digestBytes(digest, certificate)),
    issuerSerial(certificate),
  );
  return sequence(sequence(essCertId));
}
