import { createPublicKey, type KeyObject } from 'node:crypto';
import { bitOctetsOf, childrenOf, decodeAsn1, encodeElement, sequenceOf } from '../asn1/index.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { postQuantumAlgorithm } from './post-quantum.ts';

/** A SubjectPublicKeyInfo (RFC 5280 4.1.2.7). */
export interface PublicKey {
  readonly der: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** The octets of the key alone: what a key identifier hashes. */
  readonly octets: Uint8Array;
}

/** The kinds of key whose strength the policy judges. */
export type KeyKind = 'RSA' | 'DSA' | 'ECDSA' | 'EdDSA' | 'ML-DSA' | 'SLH-DSA';

const keyKinds: Readonly<Record<string, KeyKind>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA',
  '1.2.840.113549.1.1.7': 'RSA',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.10045.2.1': 'ECDSA',
  '1.3.101.112': 'EdDSA',
  '1.3.101.113': 'EdDSA',
};

/** Reads a SubjectPublicKeyInfo. */
export function readPublicKey(der: Uint8Array): PublicKey {
  const [algorithm, key] = sequenceOf(decodeAsn1(der), 'a SubjectPublicKeyInfo');
  return { der, algorithm: readAlgorithm(algorithm), octets: bitOctetsOf(key) };
}

const opened = new WeakMap<PublicKey, KeyObject | Error>();

/**
 * The key for node:crypto.
 * @throws Error when OpenSSL does not take it
 */
export function keyObjectOf(key: PublicKey): KeyObject {
  const known = opened.get(key);
  if (known instanceof Error) throw known;
  if (known) return known;
  try {
    const made = createPublicKey({ key: Buffer.from(key.der), format: 'der', type: 'spki' });
    opened.set(key, made);
    return made;
  } catch (cause) {
    const error = new Error('a public key that OpenSSL does not take', { cause });
    opened.set(key, error);
    throw error;
  }
}

/** What kind of key it is and how many bits it has (of FIPS 204 and 205 keys the number in the set's name); undefined for unknown kinds. */
export function keyStrengthOf(key: PublicKey): { kind: KeyKind; bits: number } | undefined {
  const postQuantum = postQuantumAlgorithm(key.algorithm.oid);
  if (postQuantum) return { kind: postQuantum.scheme, bits: postQuantum.strength };
  const kind = keyKinds[key.algorithm.oid];
  if (!kind) return undefined;
  try {
    const object = keyObjectOf(key);
    const bits = bitsOf(object);
    return bits === undefined ? undefined : { kind, bits };
  } catch {
    // Not a key that OpenSSL opens: its strength is unknown, and no signature can be verified with it either.
    return undefined;
  }
}

const curveBits: readonly (readonly [RegExp, number])[] = [
  [/256|p256/i, 256],
  [/384/, 384],
  [/521/, 521],
  [/512/, 512],
  [/320/, 320],
  [/224/, 224],
  [/192/, 192],
  [/160/, 160],
];

function bitsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): number | undefined {
  if (asymmetricKeyType === 'ed25519') return 256;
  if (asymmetricKeyType === 'ed448') return 448;
  if (asymmetricKeyDetails?.modulusLength !== undefined) return asymmetricKeyDetails.modulusLength;
  const curve = asymmetricKeyDetails?.namedCurve;
  return curve === undefined ? undefined : curveBits.find(([pattern]) => pattern.test(curve))?.[1];
}

/** A DSA key whose parameters come from its issuer's key (RFC 3279 2.3.2, RFC 5280 6.1.4 f). */
export function inheritParameters(key: PublicKey, issuer: PublicKey): PublicKey {
  if (key.algorithm.oid !== issuer.algorithm.oid || !issuer.algorithm.parameters) return key;
  const [algorithm, bits] = sequenceOf(decodeAsn1(key.der));
  const [oid] = algorithm ? childrenOf(algorithm) : [];
  if (!oid || !bits) return key;
  const joined = encodeElement(0x30, oid.bytes, issuer.algorithm.parameters.bytes);
  return readPublicKey(encodeElement(0x30, joined, bits.bytes));
}

/** Whether the key lacks the parameters that its algorithm needs. */
export function lacksParameters({ algorithm }: PublicKey): boolean {
  return algorithm.oid === '1.2.840.10040.4.1' && (!algorithm.parameters || algorithm.parameters.tag === 5);
}
