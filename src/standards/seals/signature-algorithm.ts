import { constants, createHash, type Hash, type SigningOptions } from 'node:crypto';
import { type Der, integer, nullElement, octetString, oid, sequence, tagged } from '../formats/der/index.ts';

/** What a signature is made with, in the words of RFC 8017, FIPS 186-5, RFC 8032 and FIPS 204. */
export type SignatureScheme = 'RSASSA-PKCS1-v1_5' | 'RSASSA-PSS' | 'ECDSA' | 'Ed25519' | 'Ed448' | MlDsaParameterSet;

/** The parameter sets of FIPS 204. */
export type MlDsaParameterSet = 'ML-DSA-44' | 'ML-DSA-65' | 'ML-DSA-87';

/**
 * Digest algorithms of signatures. SHA-1 is here for the test PKI, which has to make what a validator must judge weak;
 * SHAKE256 (64 octets) belongs to Ed448 (RFC 8419).
 */
export type SignatureDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'shake256';

/** A signature scheme with the digest that goes before it; for Ed25519, Ed448 and ML-DSA the digest is that of CMS attributes alone. */
export interface SignatureAlgorithm {
  readonly scheme: SignatureScheme;
  readonly digest: SignatureDigest;
}

const digests: Record<SignatureDigest, { oid: string; length: number; rsa: string; ecdsa: string }> = {
  sha1: { oid: '1.3.14.3.2.26', length: 20, rsa: '1.2.840.113549.1.1.5', ecdsa: '1.2.840.10045.4.1' },
  sha256: { oid: '2.16.840.1.101.3.4.2.1', length: 32, rsa: '1.2.840.113549.1.1.11', ecdsa: '1.2.840.10045.4.3.2' },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', length: 48, rsa: '1.2.840.113549.1.1.12', ecdsa: '1.2.840.10045.4.3.3' },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', length: 64, rsa: '1.2.840.113549.1.1.13', ecdsa: '1.2.840.10045.4.3.4' },
  shake256: { oid: '2.16.840.1.101.3.4.2.12', length: 64, rsa: '', ecdsa: '' },
};

/** A running digest. */
export function startDigest(digest: SignatureDigest): Hash {
  return digest === 'shake256' ? createHash(digest, { outputLength: digests.shake256.length }) : createHash(digest);
}

/** The digest of `bytes`. */
export function digestBytes(digest: SignatureDigest, bytes: Uint8Array): Uint8Array {
  return startDigest(digest).update(bytes).digest();
}

/** Octets that a digest takes. */
export const digestLength = (digest: SignatureDigest): number => digests[digest].length;

/** The digest for what a signature refers to: that of the signature, but for Ed448, whose SHAKE256 few readers know. */
export function referenceDigest({ digest }: SignatureAlgorithm): Exclude<SignatureDigest, 'shake256'> {
  return digest === 'shake256' ? 'sha512' : digest;
}

/** AlgorithmIdentifier of a digest, parameters absent (RFC 5754 2). */
export const digestIdentifier = (digest: SignatureDigest): Der => sequence(oid(digests[digest].oid));

/** The digest that an object identifier names, of those known here. */
export function digestByOid(identifier: string): SignatureDigest | undefined {
  return (Object.keys(digests) as SignatureDigest[]).find((digest) => digests[digest].oid === identifier);
}

const mlDsaSets: readonly MlDsaParameterSet[] = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];

/** The identifier of a parameter set, for keys and signatures alike (RFC 9881 2). */
export const mlDsaOid = (set: MlDsaParameterSet): string => `2.16.840.1.101.3.4.3.${17 + mlDsaSets.indexOf(set)}`;

/** AlgorithmIdentifier of a signature: RFC 4055, RFC 5758, RFC 8410, RFC 9881. */
export function signatureIdentifier({ scheme, digest }: SignatureAlgorithm): Der {
  switch (scheme) {
    case 'RSASSA-PKCS1-v1_5':
      return sequence(oid(digests[digest].rsa), nullElement());
    case 'ECDSA':
      return sequence(oid(digests[digest].ecdsa));
    case 'Ed25519':
      return sequence(oid('1.3.101.112'));
    case 'Ed448':
      return sequence(oid('1.3.101.113'));
    case 'RSASSA-PSS':
      return sequence(oid('1.2.840.113549.1.1.10'), pssParameters(digest));
    case 'ML-DSA-44':
    case 'ML-DSA-65':
    case 'ML-DSA-87':
      return sequence(oid(mlDsaOid(scheme)));
  }
}

/** RSASSA-PSS-params (RFC 4055 3.1): MGF1 with the same digest, a salt as long as the digest, trailer by default. */
function pssParameters(digest: SignatureDigest): Der {
  const hash = sequence(oid(digests[digest].oid), nullElement());
  return sequence(
    tagged(0, hash),
    tagged(1, sequence(oid('1.2.840.113549.1.1.8'), hash)),
    tagged(2, integer(digestLength(digest))),
  );
}

/**
 * What `node:crypto` needs besides the key for a signature in DER (ECDSA) or octets (the others).
 * @throws TypeError for ML-DSA, which it does not know
 */
export function signingParameters({ scheme, digest }: SignatureAlgorithm): {
  algorithm: string | null;
  options: SigningOptions;
} {
  switch (scheme) {
    case 'RSASSA-PKCS1-v1_5':
      return { algorithm: digest, options: { padding: constants.RSA_PKCS1_PADDING } };
    case 'RSASSA-PSS':
      return {
        algorithm: digest,
        options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLength(digest) },
      };
    case 'ECDSA':
      return { algorithm: digest, options: { dsaEncoding: 'der' } };
    case 'Ed25519':
    case 'Ed448':
      return { algorithm: null, options: {} };
    case 'ML-DSA-44':
    case 'ML-DSA-65':
    case 'ML-DSA-87':
      throw new TypeError(`node:crypto does not sign with ${scheme}`);
  }
}

/** An ECDSA signature value in DER (RFC 3279 2.2.3) from r and s side by side, as tokens and some services give them. */
export function ecdsaValue(sideBySide: Uint8Array): Der {
  const half = sideBySide.length / 2;
  const numbers = [sideBySide.subarray(0, half), sideBySide.subarray(half)];
  return sequence(...numbers.map((octets) => integer(BigInt(`0x${Buffer.from(octets).toString('hex') || '0'}`))));
}

/** DigestInfo (RFC 8017 9.2): what RSASSA-PKCS1-v1_5 signs of a digest. */
export function digestInfo(digest: SignatureDigest, value: Uint8Array): Der {
  return sequence(sequence(oid(digests[digest].oid), nullElement()), octetString(value));
}
