import { unlessMalformed } from '../../../base/index.ts';
import { type Asn1Element, childrenOf, isContext, oidOf, sequenceOf, smallIntegerOf } from '../asn1/index.ts';
import { postQuantumAlgorithm } from './post-quantum.ts';

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters?: Asn1Element;
}

/** Reads an AlgorithmIdentifier. */
export function readAlgorithm(element: Asn1Element | undefined): AlgorithmIdentifier {
  const [oid, parameters] = sequenceOf(element, 'an AlgorithmIdentifier');
  return parameters ? { oid: oidOf(oid), parameters } : { oid: oidOf(oid) };
}

/** Digest algorithms by their names in reports (as DSS spells them); values are what node:crypto calls them. */
const digestNames = {
  MD2: undefined,
  MD5: 'md5',
  SHA1: 'sha1',
  SHA224: 'sha224',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
  SHA3_224: 'sha3-224',
  SHA3_256: 'sha3-256',
  SHA3_384: 'sha3-384',
  SHA3_512: 'sha3-512',
  SHAKE256_512: 'shake256',
  RIPEMD160: 'ripemd160',
  WHIRLPOOL: undefined,
} as const;

/** The name of a digest algorithm in reports. */
export type DigestName = keyof typeof digestNames;

const digestOids: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.4': 'SHA224',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
  '2.16.840.1.101.3.4.2.7': 'SHA3_224',
  '2.16.840.1.101.3.4.2.8': 'SHA3_256',
  '2.16.840.1.101.3.4.2.9': 'SHA3_384',
  '2.16.840.1.101.3.4.2.10': 'SHA3_512',
  '2.16.840.1.101.3.4.2.12': 'SHAKE256_512',
  '2.16.840.1.101.3.4.2.18': 'SHAKE256_512',
  '1.3.36.3.2.1': 'RIPEMD160',
  '1.0.10118.3.0.55': 'WHIRLPOOL',
};

/** The digest algorithm with this identifier, if it is a known one. */
export function digestNameOf(oid: string): DigestName | undefined {
  return digestOids[oid];
}

/** The identifier of a digest algorithm. */
export function digestOid(name: DigestName): string | undefined {
  return Object.keys(digestOids).find((oid) => digestOids[oid] === name);
}

/** What node:crypto calls the algorithm; undefined when it cannot compute it. */
export function nodeDigest(name: DigestName): string | undefined {
  return digestNames[name];
}

/** How a signature is made. */
export type SignatureScheme = 'RSA' | 'RSA-PSS' | 'ECDSA' | 'PLAIN-ECDSA' | 'DSA' | 'EdDSA' | 'ML-DSA' | 'SLH-DSA';

/** Whether the scheme takes the octets themselves, in one piece: there is no digest beside it that could be weak or streamed. */
export function hashesByItself({ scheme }: SignatureAlgorithm): boolean {
  return scheme === 'EdDSA' || scheme === 'ML-DSA' || scheme === 'SLH-DSA';
}

/** A signature algorithm with all that verification needs. */
export interface SignatureAlgorithm {
  /** As DSS names it in reports, e.g. `RSA_SHA256`, `RSA_SSA_PSS_SHA256_MGF1`. */
  readonly name: string;
  readonly scheme: SignatureScheme;
  /** Absent where the scheme hashes by itself, and where nothing names one. */
  readonly digest?: DigestName;
  readonly saltLength?: number;
  /** The digest inside MGF1, when it is not the main one (node:crypto then cannot verify). */
  readonly maskDigest?: DigestName;
}

const fixedAlgorithms: Readonly<Record<string, readonly [SignatureScheme, DigestName | undefined]>> = {
  '1.2.840.113549.1.1.2': ['RSA', 'MD2'],
  '1.2.840.113549.1.1.4': ['RSA', 'MD5'],
  '1.2.840.113549.1.1.5': ['RSA', 'SHA1'],
  '1.3.14.3.2.29': ['RSA', 'SHA1'],
  '1.2.840.113549.1.1.14': ['RSA', 'SHA224'],
  '1.2.840.113549.1.1.11': ['RSA', 'SHA256'],
  '1.2.840.113549.1.1.12': ['RSA', 'SHA384'],
  '1.2.840.113549.1.1.13': ['RSA', 'SHA512'],
  '2.16.840.1.101.3.4.3.13': ['RSA', 'SHA3_224'],
  '2.16.840.1.101.3.4.3.14': ['RSA', 'SHA3_256'],
  '2.16.840.1.101.3.4.3.15': ['RSA', 'SHA3_384'],
  '2.16.840.1.101.3.4.3.16': ['RSA', 'SHA3_512'],
  '1.3.36.3.3.1.2': ['RSA', 'RIPEMD160'],
  '1.2.840.10045.4.1': ['ECDSA', 'SHA1'],
  '1.2.840.10045.4.3.1': ['ECDSA', 'SHA224'],
  '1.2.840.10045.4.3.2': ['ECDSA', 'SHA256'],
  '1.2.840.10045.4.3.3': ['ECDSA', 'SHA384'],
  '1.2.840.10045.4.3.4': ['ECDSA', 'SHA512'],
  '2.16.840.1.101.3.4.3.9': ['ECDSA', 'SHA3_224'],
  '2.16.840.1.101.3.4.3.10': ['ECDSA', 'SHA3_256'],
  '2.16.840.1.101.3.4.3.11': ['ECDSA', 'SHA3_384'],
  '2.16.840.1.101.3.4.3.12': ['ECDSA', 'SHA3_512'],
  '0.4.0.127.0.7.1.1.4.1.1': ['PLAIN-ECDSA', 'SHA1'],
  '0.4.0.127.0.7.1.1.4.1.2': ['PLAIN-ECDSA', 'SHA224'],
  '0.4.0.127.0.7.1.1.4.1.3': ['PLAIN-ECDSA', 'SHA256'],
  '0.4.0.127.0.7.1.1.4.1.4': ['PLAIN-ECDSA', 'SHA384'],
  '0.4.0.127.0.7.1.1.4.1.5': ['PLAIN-ECDSA', 'SHA512'],
  '0.4.0.127.0.7.1.1.4.1.6': ['PLAIN-ECDSA', 'RIPEMD160'],
  '1.2.840.10040.4.3': ['DSA', 'SHA1'],
  '1.3.14.3.2.27': ['DSA', 'SHA1'],
  '2.16.840.1.101.3.4.3.1': ['DSA', 'SHA224'],
  '2.16.840.1.101.3.4.3.2': ['DSA', 'SHA256'],
  '2.16.840.1.101.3.4.3.3': ['DSA', 'SHA384'],
  '2.16.840.1.101.3.4.3.4': ['DSA', 'SHA512'],
  // Keys named where a signature algorithm belongs: the digest is named beside it (RFC 3370 3.2).
  '1.2.840.113549.1.1.1': ['RSA', undefined],
  '1.2.840.10045.2.1': ['ECDSA', undefined],
  '1.2.840.10040.4.1': ['DSA', undefined],
};

const pssOid = '1.2.840.113549.1.1.10';

/**
 * The signature algorithm that an identifier names.
 * @param fallback the digest named beside it, for identifiers that name a key only (trap 6)
 * @returns undefined for an algorithm we do not know
 */
export function signatureAlgorithmOf(
  { oid, parameters }: AlgorithmIdentifier,
  fallback?: DigestName,
): SignatureAlgorithm | undefined {
  if (oid === pssOid) return unlessMalformed(() => pssAlgorithm(parameters)); // parameters that cannot be read name no algorithm
  if (oid === '1.3.101.112') return { name: 'ED25519', scheme: 'EdDSA' };
  if (oid === '1.3.101.113') return { name: 'ED448', scheme: 'EdDSA' };
  const postQuantum = postQuantumAlgorithm(oid);
  if (postQuantum) return { name: postQuantum.name, scheme: postQuantum.scheme };
  const [scheme, named] = fixedAlgorithms[oid] ?? [];
  if (!scheme) return undefined;
  const digest = named ?? fallback;
  const name = `${scheme.replace('-', '_')}_${digest ?? 'UNKNOWN'}`;
  return digest ? { name, scheme, digest } : { name, scheme };
}

/** RSASSA-PSS-params with their defaults (RFC 4055 3.1): SHA-1, MGF1 with SHA-1, salt of 20. */
function pssAlgorithm(parameters: Asn1Element | undefined): SignatureAlgorithm | undefined {
  const parts = parameters?.constructed ? childrenOf(parameters) : [];
  const inside = (tag: number) => {
    const part = parts.find((candidate) => isContext(candidate, tag));
    return part && childrenOf(part)[0];
  };
  const hash = inside(0);
  const mask = inside(1);
  const salt = inside(2);
  const digest = hash ? digestNameOf(readAlgorithm(hash).oid) : 'SHA1';
  const maskHash = mask && readAlgorithm(mask).parameters;
  const maskDigest = maskHash ? digestNameOf(readAlgorithm(maskHash).oid) : 'SHA1';
  if (!digest || !maskDigest) return undefined;
  return {
    name: `RSA_SSA_PSS_${digest}_MGF1`,
    scheme: 'RSA-PSS',
    digest,
    saltLength: salt ? smallIntegerOf(salt) : 20,
    maskDigest,
  };
}
