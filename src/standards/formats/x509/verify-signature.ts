import { constants, createHash, createVerify, publicDecrypt, verify } from 'node:crypto';
import { decodeAsn1, encodeElement, encodeOid, octetsOf, sequenceOf } from '../asn1/index.ts';
import { digestNameOf, digestOid, nodeDigest, readAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { keyObjectOf, type PublicKey } from './public-key.ts';

/** What a signature is over. Only a digest is known where content was hashed before, or not given at all. */
export type SignedInput = { readonly bytes: Uint8Array } | { readonly chunks: AsyncIterable<Uint8Array> };

/** Whether a signature value is good; `unsupported` when this build cannot tell. */
export type SignatureCheck = 'good' | 'bad' | 'unsupported';

/**
 * Verifies a signature value with a public key.
 * @param signature as CMS and X.509 carry it (ECDSA and DSA as DER, but for plain ECDSA)
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const options = verificationOptions(algorithm, key);
  if (options === undefined) return 'unsupported';
  try {
    if (verify(options.digest, data, options.key, signature)) return 'good';
  } catch {
    // OpenSSL throws where a signature is not even of the right form for the key.
    return 'bad';
  }
  if (algorithm.scheme !== 'RSA' || !options.digest) return 'bad';
  return isPlainDigestInfo(key, signature, createHash(options.digest).update(data).digest(), algorithm)
    ? 'good'
    : 'bad';
}

/**
 * Some producers leave the NULL parameters out of the DigestInfo; RFC 8017 9.2 (note 1) has verifiers accept both.
 * Nothing else than the one encoding without them is accepted, to the last octet.
 */
function isPlainDigestInfo(key: PublicKey, signature: Uint8Array, digest: Uint8Array, algorithm: SignatureAlgorithm) {
  const oid = algorithm.digest && digestOid(algorithm.digest);
  if (!oid) return false;
  const expected = encodeElement(0x30, encodeElement(0x30, encodeOid(oid)), encodeElement(4, digest));
  try {
    const opened = publicDecrypt({ key: keyObjectOf(key), padding: constants.RSA_PKCS1_PADDING }, signature);
    return Buffer.compare(opened, expected) === 0;
  } catch {
    return false;
  }
}

/** As {@link verifySignature}, over content that is streamed. EdDSA has no streaming form: the caller limits it. */
export async function verifyStream(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  chunks: AsyncIterable<Uint8Array>,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const options = verificationOptions(algorithm, key);
  if (options?.digest === undefined || options.digest === null) return 'unsupported';
  const verifier = createVerify(options.digest);
  for await (const chunk of chunks) verifier.update(chunk);
  try {
    return verifier.verify(options.key, signature) ? 'good' : 'bad';
  } catch {
    return 'bad';
  }
}

/**
 * The digest inside an RSA PKCS#1 v1.5 signature: what a signature without signed attributes says of content that is
 * known by digest only.
 * @returns undefined when the signature opens to nothing of that form
 */
export function recoverDigest(key: PublicKey, signature: Uint8Array): Uint8Array | undefined {
  try {
    const opened = publicDecrypt({ key: keyObjectOf(key), padding: constants.RSA_PKCS1_PADDING }, signature);
    const [algorithm, digest] = sequenceOf(decodeAsn1(opened), 'a DigestInfo');
    return algorithm && digest && digestNameOf(readAlgorithm(algorithm).oid) ? octetsOf(digest) : undefined;
  } catch {
    return undefined;
  }
}

function verificationOptions(algorithm: SignatureAlgorithm, key: PublicKey) {
  const { scheme, digest, saltLength, maskDigest } = algorithm;
  if (!keyFits(algorithm, key)) return undefined;
  const object = openedKey(key);
  if (!object) return undefined;
  if (scheme === 'EdDSA') return { digest: null, key: { key: object } };
  const named = digest && nodeDigest(digest);
  if (!named) return undefined;
  if (scheme === 'RSA-PSS') {
    if (maskDigest !== digest) return undefined;
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return { digest: named, key: { key: object, padding, ...(saltLength === undefined ? {} : { saltLength }) } };
  }
  if (scheme === 'RSA') return { digest: named, key: { key: object, padding: constants.RSA_PKCS1_PADDING } };
  const dsaEncoding = scheme === 'PLAIN-ECDSA' ? ('ieee-p1363' as const) : ('der' as const);
  return { digest: named, key: { key: object, dsaEncoding } };
}

function openedKey(key: PublicKey) {
  try {
    return keyObjectOf(key);
  } catch {
    return undefined;
  }
}

/** A key of one kind never verifies a signature of another; a key kept for PSS verifies nothing else (RFC 4055 1.2). */
function keyFits({ scheme }: SignatureAlgorithm, { algorithm: { oid } }: PublicKey): boolean {
  switch (scheme) {
    case 'RSA':
      return oid === '1.2.840.113549.1.1.1';
    case 'RSA-PSS':
      return oid === '1.2.840.113549.1.1.1' || oid === '1.2.840.113549.1.1.10';
    case 'ECDSA':
    case 'PLAIN-ECDSA':
      return oid === '1.2.840.10045.2.1';
    case 'DSA':
      return oid === '1.2.840.10040.4.1';
    case 'EdDSA':
      return oid === '1.3.101.112' || oid === '1.3.101.113';
  }
}
