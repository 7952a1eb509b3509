import { constants, createHash, createVerify, publicDecrypt, verify } from 'node:crypto';
import { encodeElement, encodeOid } from '../asn1/index.ts';
import { type DigestName, digestOid, nodeDigest, type SignatureAlgorithm } from './algorithm.ts';
import { postQuantumAlgorithm } from './post-quantum.ts';
import { keyObjectOf, type PublicKey } from './public-key.ts';
import { verifyPostQuantum } from './verify-post-quantum.ts';

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
  if (algorithm.scheme === 'ML-DSA' || algorithm.scheme === 'SLH-DSA') {
    if (!keyFits(algorithm, key)) return 'unsupported';
    return verifyPostQuantum(key, data, signature) ? 'good' : 'bad';
  }
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

/** Some producers leave the NULL parameters out of the DigestInfo; RFC 8017 9.2 (note 1) has verifiers accept both. */
function isPlainDigestInfo(
  key: PublicKey,
  signature: Uint8Array,
  digest: Uint8Array,
  { digest: name }: SignatureAlgorithm,
) {
  const opened = openedValue(key, signature);
  const expected = name && digestInfo(name, digest, new Uint8Array());
  return opened !== undefined && expected !== undefined && Buffer.compare(opened, expected) === 0;
}

function openedValue(key: PublicKey, signature: Uint8Array): Uint8Array | undefined {
  try {
    return publicDecrypt({ key: keyObjectOf(key), padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    // Not padded as PKCS#1 has it: not made with the private key.
    return undefined;
  }
}

function digestInfo(name: DigestName, digest: Uint8Array, parameters: Uint8Array): Uint8Array | undefined {
  const oid = digestOid(name);
  return oid === undefined
    ? undefined
    : encodeElement(0x30, encodeElement(0x30, encodeOid(oid), parameters), encodeElement(4, digest));
}

/** As {@link verifySignature}, over content that is streamed. Where the scheme hashes by itself there is no streaming form: the caller limits it. */
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
 * Verifies an RSA PKCS#1 v1.5 value over content that is known by its digest only. What the value opens to must be one of
 * the two encodings of that digest, to the last octet.
 */
export function verifyDigest(
  key: PublicKey,
  name: DigestName,
  digest: Uint8Array,
  signature: Uint8Array,
): 'good' | 'bad' {
  const opened = openedValue(key, signature);
  const expected = [encodeElement(5), new Uint8Array()].map((parameters) => digestInfo(name, digest, parameters));
  const isOne = opened && expected.some((encoding) => encoding && Buffer.compare(opened, encoding) === 0);
  return isOne ? 'good' : 'bad';
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
function keyFits({ scheme, name }: SignatureAlgorithm, { algorithm: { oid } }: PublicKey): boolean {
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
    case 'ML-DSA':
    case 'SLH-DSA':
      return postQuantumAlgorithm(oid)?.name === name;
  }
}
