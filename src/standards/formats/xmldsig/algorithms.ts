import { encodeElement } from '../asn1/index.ts';
import type { DigestName, SignatureAlgorithm, SignatureScheme } from '../x509/index.ts';

/** Digest algorithms by their identifiers in XML (RFC 9231 2.1). */
const digestUris: Readonly<Record<string, DigestName>> = {
  'http://www.w3.org/2001/04/xmldsig-more#md5': 'MD5',
  'http://www.w3.org/2000/09/xmldsig#sha1': 'SHA1',
  'http://www.w3.org/2001/04/xmldsig-more#sha224': 'SHA224',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'SHA256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'SHA384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'SHA512',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-224': 'SHA3_224',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-256': 'SHA3_256',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-384': 'SHA3_384',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-512': 'SHA3_512',
  'http://www.w3.org/2001/04/xmlenc#ripemd160': 'RIPEMD160',
  'http://www.w3.org/2007/05/xmldsig-more#whirlpool': 'WHIRLPOOL',
};

/** The digest algorithm with this identifier. */
export function digestNamed(uri: string): DigestName | undefined {
  return digestUris[uri];
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const more2001 = 'http://www.w3.org/2001/04/xmldsig-more#';
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#';
const more2021 = 'http://www.w3.org/2021/04/xmldsig-more#';

/** RFC 9231 2.3: the scheme and the digest of each identifier. */
const signatureUris: Readonly<Record<string, readonly [SignatureScheme, DigestName]>> = {
  [`${more2001}rsa-md5`]: ['RSA', 'MD5'],
  [`${dsig}rsa-sha1`]: ['RSA', 'SHA1'],
  [`${more2001}rsa-sha224`]: ['RSA', 'SHA224'],
  [`${more2001}rsa-sha256`]: ['RSA', 'SHA256'],
  [`${more2001}rsa-sha384`]: ['RSA', 'SHA384'],
  [`${more2001}rsa-sha512`]: ['RSA', 'SHA512'],
  [`${more2001}rsa-ripemd160`]: ['RSA', 'RIPEMD160'],
  [`${more2007}sha1-rsa-MGF1`]: ['RSA-PSS', 'SHA1'],
  [`${more2007}sha224-rsa-MGF1`]: ['RSA-PSS', 'SHA224'],
  [`${more2007}sha256-rsa-MGF1`]: ['RSA-PSS', 'SHA256'],
  [`${more2007}sha384-rsa-MGF1`]: ['RSA-PSS', 'SHA384'],
  [`${more2007}sha512-rsa-MGF1`]: ['RSA-PSS', 'SHA512'],
  [`${more2007}sha3-224-rsa-MGF1`]: ['RSA-PSS', 'SHA3_224'],
  [`${more2007}sha3-256-rsa-MGF1`]: ['RSA-PSS', 'SHA3_256'],
  [`${more2007}sha3-384-rsa-MGF1`]: ['RSA-PSS', 'SHA3_384'],
  [`${more2007}sha3-512-rsa-MGF1`]: ['RSA-PSS', 'SHA3_512'],
  [`${dsig}dsa-sha1`]: ['DSA', 'SHA1'],
  'http://www.w3.org/2009/xmldsig11#dsa-sha256': ['DSA', 'SHA256'],
  [`${more2001}ecdsa-sha1`]: ['PLAIN-ECDSA', 'SHA1'],
  [`${more2001}ecdsa-sha224`]: ['PLAIN-ECDSA', 'SHA224'],
  [`${more2001}ecdsa-sha256`]: ['PLAIN-ECDSA', 'SHA256'],
  [`${more2001}ecdsa-sha384`]: ['PLAIN-ECDSA', 'SHA384'],
  [`${more2001}ecdsa-sha512`]: ['PLAIN-ECDSA', 'SHA512'],
  [`${more2007}ecdsa-ripemd160`]: ['PLAIN-ECDSA', 'RIPEMD160'],
  [`${more2021}ecdsa-sha3-224`]: ['PLAIN-ECDSA', 'SHA3_224'],
  [`${more2021}ecdsa-sha3-256`]: ['PLAIN-ECDSA', 'SHA3_256'],
  [`${more2021}ecdsa-sha3-384`]: ['PLAIN-ECDSA', 'SHA3_384'],
  [`${more2021}ecdsa-sha3-512`]: ['PLAIN-ECDSA', 'SHA3_512'],
};

const digestLengths: Partial<Record<DigestName, number>> = {
  SHA1: 20,
  SHA224: 28,
  SHA256: 32,
  SHA384: 48,
  SHA512: 64,
  SHA3_224: 28,
  SHA3_256: 32,
  SHA3_384: 48,
  SHA3_512: 64,
};

/** The signature algorithm with this identifier; ECDSA values are r and s side by side there (RFC 9231 2.3.6). */
export function signatureNamed(uri: string): SignatureAlgorithm | undefined {
  if (uri === `${more2021}eddsa-ed25519`) return { name: 'ED25519', scheme: 'EdDSA' };
  if (uri === `${more2021}eddsa-ed448`) return { name: 'ED448', scheme: 'EdDSA' };
  const [scheme, digest] = signatureUris[uri] ?? [];
  if (!scheme || !digest) return undefined;
  const saltLength = digestLengths[digest];
  if (scheme === 'RSA-PSS')
    return {
      name: `RSA_SSA_PSS_${digest}_MGF1`,
      scheme,
      digest,
      maskDigest: digest,
      ...(saltLength === undefined ? {} : { saltLength }),
    };
  return { name: `${scheme === 'PLAIN-ECDSA' ? 'ECDSA' : scheme}_${digest}`, scheme, digest };
}

/** A value as node:crypto takes it: DSA's two numbers as DER, everything else as it stands. */
export function verifiableValue({ scheme }: SignatureAlgorithm, value: Uint8Array): Uint8Array {
  if (scheme !== 'DSA' || value.length % 2 !== 0) return value;
  const half = value.length / 2;
  return encodeElement(
    0x30,
    encodeElement(2, unsigned(value.subarray(0, half))),
    encodeElement(2, unsigned(value.subarray(half))),
  );
}

function unsigned(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  const significant = start < 0 ? octets.subarray(-1) : octets.subarray(start);
  return (significant[0] ?? 0) < 0x80 ? significant : Buffer.concat([Buffer.from([0]), significant]);
}
