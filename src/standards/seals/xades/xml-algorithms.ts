import { X509Certificate } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { decodeWholeAsn1, integerOf, sequenceOf } from '../../formats/asn1/index.ts';
import type { SignatureAlgorithm, SignatureDigest } from '../signature-algorithm.ts';

export const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const base64Transform = 'http://www.w3.org/2000/09/xmldsig#base64';

const digestUris: Partial<Record<SignatureDigest, string>> = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
};

/** RFC 9231 2.1. */
export const digestUri = (digest: SignatureDigest): string => digestUris[digest] ?? '';

/**
 * RFC 9231 2.3.
 * @throws FormatError for ML-DSA, which no RFC names for XML
 */
export function signatureUri({ scheme, digest }: SignatureAlgorithm): string {
  switch (scheme) {
    case 'RSASSA-PKCS1-v1_5':
      return digest === 'sha1'
        ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
        : `http://www.w3.org/2001/04/xmldsig-more#rsa-${digest}`;
    case 'RSASSA-PSS':
      return `http://www.w3.org/2007/05/xmldsig-more#${digest}-rsa-MGF1`;
    case 'ECDSA':
      return `http://www.w3.org/2001/04/xmldsig-more#ecdsa-${digest}`;
    case 'Ed25519':
      return 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519';
    case 'Ed448':
      return 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448';
    case 'ML-DSA-44':
    case 'ML-DSA-65':
    case 'ML-DSA-87':
      throw new FormatError('XAdES', `XML has no name for ${scheme}`);
  }
}

/** A signature value as XML has it: for ECDSA r and s side by side, each as long as the curve's order (RFC 9231 2.3.6). */
export function xmlSignatureValue(
  value: Uint8Array,
  { scheme }: SignatureAlgorithm,
  certificate: Uint8Array,
): Uint8Array {
  if (scheme !== 'ECDSA') return value;
  const length = orderLength(new X509Certificate(certificate).publicKey.asymmetricKeyDetails?.namedCurve ?? '');
  const halves = sequenceOf(decodeWholeAsn1(value)).map((number) =>
    Buffer.from(
      integerOf(number)
        .toString(16)
        .padStart(2 * length, '0'),
      'hex',
    ),
  );
  return Buffer.concat(halves);
}

function orderLength(curve: string): number {
  const bits = curve === 'prime256v1' ? 256 : Number(/(\d{3})[rtk]\d$/.exec(curve)?.[1]);
  if (!(bits > 0)) throw new FormatError('XAdES', `no signature value can be written for the curve ${curve}`);
  return Math.ceil(bits / 8);
}
