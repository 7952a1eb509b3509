import { oidOf } from '../asn1/index.ts';
import type { DigestName, PublicKey, SignatureAlgorithm } from '../x509/index.ts';

const rsa = (digest: DigestName): SignatureAlgorithm => ({ name: `RSA_${digest}`, scheme: 'RSA', digest });
const pss = (digest: DigestName, saltLength: number): SignatureAlgorithm => ({
  name: `RSA_SSA_PSS_${digest}_MGF1`,
  scheme: 'RSA-PSS',
  digest,
  maskDigest: digest,
  saltLength,
});
const ecdsa = (digest: DigestName): SignatureAlgorithm => ({ name: `ECDSA_${digest}`, scheme: 'PLAIN-ECDSA', digest });

/**
 * Algorithms by their names in JWS (RFC 7518 3.1, RFC 8037 3.1, RFC 8812 3.1, RFC 9864 2.2). There is no `none`, and
 * nothing keyed by a shared secret: those say nothing of who signed.
 */
const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  RS256: rsa('SHA256'),
  RS384: rsa('SHA384'),
  RS512: rsa('SHA512'),
  PS256: pss('SHA256', 32),
  PS384: pss('SHA384', 48),
  PS512: pss('SHA512', 64),
  ES256: ecdsa('SHA256'),
  ES256K: ecdsa('SHA256'),
  ES384: ecdsa('SHA384'),
  ES512: ecdsa('SHA512'),
  EdDSA: { name: 'EDDSA', scheme: 'EdDSA' },
  Ed25519: { name: 'ED25519', scheme: 'EdDSA' },
  Ed448: { name: 'ED448', scheme: 'EdDSA' },
};

/** The curve that each algorithm is bound to. */
const curves: Readonly<Record<string, string>> = {
  ES256: '1.2.840.10045.3.1.7',
  ES256K: '1.3.132.0.10',
  ES384: '1.3.132.0.34',
  ES512: '1.3.132.0.35',
  Ed25519: '1.3.101.112',
  Ed448: '1.3.101.113',
};

/** The signature algorithm of this name; undefined for one that is unknown, or no signature. */
export function jwsAlgorithm(name: string): SignatureAlgorithm | undefined {
  return Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
}

/** Whether the key is on the curve that the name stands for (RFC 7518 3.4): ES256 is ECDSA with P-256 alone. */
export function isOnNamedCurve(name: string, key: PublicKey): boolean {
  const curve = curves[name];
  const { oid, parameters } = key.algorithm;
  return curve === undefined || curve === (parameters?.tag === 6 ? oidOf(parameters) : oid);
}

/** Digest algorithms by their names in JAdES (TS 119 182-1 5.2.2.2). */
const digests: Readonly<Record<string, DigestName>> = {
  S224: 'SHA224',
  S256: 'SHA256',
  S384: 'SHA384',
  S512: 'SHA512',
  'S3-224': 'SHA3_224',
  'S3-256': 'SHA3_256',
  'S3-384': 'SHA3_384',
  'S3-512': 'SHA3_512',
};

/** The digest algorithm of this name. */
export function jwsDigest(name: string): DigestName | undefined {
  return Object.hasOwn(digests, name) ? digests[name] : undefined;
}
