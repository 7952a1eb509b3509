import { randomBytes } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { bitString, oid, sequence } from '../../formats/der/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { type MlDsaParameterSet, mlDsaOid } from '../signature-algorithm.ts';

const parameterSets = { 'ML-DSA-44': ml_dsa44, 'ML-DSA-65': ml_dsa65, 'ML-DSA-87': ml_dsa87 };

/** A private key of FIPS 204, which Node 20 does not know. */
export interface MlDsaKey {
  readonly parameterSet: MlDsaParameterSet;
  /** DER (RFC 9881 4). */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** The signer with this key; the private key is closed over, so that no log or JSON shows it. */
  readonly signer: (chain: DigestSigner['chain']) => DigestSigner;
}

/** A new key. */
export function newMlDsaKey(parameterSet: MlDsaParameterSet): MlDsaKey {
  const scheme = parameterSets[parameterSet];
  const { publicKey, secretKey } = scheme.keygen(randomBytes(32));
  return {
    parameterSet,
    subjectPublicKeyInfo: sequence(sequence(oid(mlDsaOid(parameterSet))), bitString(publicKey)),
    signer: (chain) => ({
      chain,
      // the digest of CMS attributes, which is to be at least as strong as the key (RFC 9882 3.3)
      algorithm: { scheme: parameterSet, digest: 'sha512' },
      sign: async (toBeSigned) => scheme.sign(toBeSigned, secretKey),
    }),
  };
}
