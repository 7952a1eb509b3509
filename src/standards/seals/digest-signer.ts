import { type KeyObject, sign } from 'node:crypto';
import { type SignatureAlgorithm, type SignatureDigest, signingParameters } from './signature-algorithm.ts';

/**
 * Something that signs without giving its key away: a key in memory, a PKCS#11 token, a remote signing service. All that
 * is ever signed is small (signed attributes, SignedInfo, a certificate, a time-stamp's content), so it comes whole: a
 * token or a service digests it by `algorithm.digest` and sends the digest on; Ed25519 and Ed448 need the octets.
 */
export interface DigestSigner {
  /** The signing certificate, then its issuers in order, DER; what goes into signatures. */
  readonly chain: readonly [Uint8Array, ...Uint8Array[]];
  readonly algorithm: SignatureAlgorithm;
  /**
   * The signature value over `toBeSigned`: ECDSA as DER (RFC 3279 2.2.3), the others as octets.
   * @throws Error when key, token or service cannot be reached or refuses
   */
  sign(toBeSigned: Uint8Array): Promise<Uint8Array>;
}

/** A signer whose private key lies in this process's memory. The key is closed over, so that no log or JSON shows it. */
export function softwareSigner(
  key: KeyObject,
  chain: DigestSigner['chain'],
  algorithm: SignatureAlgorithm = usualAlgorithm(key),
): DigestSigner {
  const { algorithm: digest, options } = signingParameters(algorithm);
  return {
    chain,
    algorithm,
    sign: (toBeSigned) =>
      new Promise((resolve, reject) => {
        sign(digest, toBeSigned, { key, ...options }, (error, value) => (error ? reject(error) : resolve(value)));
      }),
  };
}

/**
 * What a maker of a seal wants signed, for a key that answers later, as a person's does: the same maker with the same input
 * then makes the seal with a signer that gives the value.
 * @throws whatever `make` throws before it asks for a signature
 */
export async function octetsToSign(
  key: Pick<DigestSigner, 'chain' | 'algorithm'>,
  make: (signer: DigestSigner) => Promise<unknown>,
): Promise<Uint8Array> {
  const asked: Uint8Array[] = [];
  const enough = new Error('asked for a signature');
  const sign = async (toBeSigned: Uint8Array) => {
    asked.push(toBeSigned);
    throw enough;
  };
  await make({ ...key, sign }).catch((error) => {
    if (error !== enough) throw error;
  });
  const [first] = asked;
  if (!first) throw new TypeError('nothing was to be signed');
  return first;
}

/**
 * The algorithm that a key is used with when nobody says otherwise: RSA PKCS#1 v1.5 with SHA-256, since the same input
 * then gives the same bytes; ECDSA with the digest of its curve's size.
 */
export function usualAlgorithm(key: KeyObject): SignatureAlgorithm {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { scheme: 'RSASSA-PKCS1-v1_5', digest: 'sha256' };
    case 'rsa-pss':
      return { scheme: 'RSASSA-PSS', digest: 'sha256' };
    case 'ec':
      return { scheme: 'ECDSA', digest: curveDigest(key.asymmetricKeyDetails?.namedCurve) };
    case 'ed25519':
      return { scheme: 'Ed25519', digest: 'sha512' };
    case 'ed448':
      return { scheme: 'Ed448', digest: 'shake256' };
    default:
      throw new TypeError(`a key of type ${key.asymmetricKeyType ?? 'secret'} signs nothing here`);
  }
}

function curveDigest(curve = ''): SignatureDigest {
  if (/384/.test(curve)) return 'sha384';
  return /5(12|21)/.test(curve) ? 'sha512' : 'sha256';
}
