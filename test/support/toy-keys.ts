import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { MlDsaKey, SignatureAlgorithm } from '../../src/standards/seals/index.ts';
import { newMlDsaKey } from '../../src/standards/seals/test-pki/ml-dsa-key.ts';

/** Kinds of keys that signers have; the names say how they sign. */
export type ToyKeyKind = NodeKeyKind | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87';

/** Those that node:crypto knows. */
export type NodeKeyKind =
  | 'rsa'
  | 'rsa-1024'
  | 'rsa-sha1'
  | 'rsa-sha512'
  | 'rsa-pss'
  | 'rsa-pss-key'
  | 'ecdsa'
  | 'ecdsa-p384'
  | 'ecdsa-p521'
  | 'ecdsa-brainpool'
  | 'ed25519'
  | 'ed448';

/** How each kind signs, where it is not as usual for the key. */
export const toyAlgorithms: Partial<Record<ToyKeyKind, SignatureAlgorithm>> = {
  'rsa-sha1': { scheme: 'RSASSA-PKCS1-v1_5', digest: 'sha1' },
  'rsa-sha512': { scheme: 'RSASSA-PKCS1-v1_5', digest: 'sha512' },
  'rsa-pss': { scheme: 'RSASSA-PSS', digest: 'sha256' },
};

const made = new Map<string, KeyObject | MlDsaKey>();

/** A private key; the same one for the same name and kind as long as the process lives, since making one takes time. */
export function toyKey(kind: NodeKeyKind, name: string): KeyObject;
export function toyKey(kind: ToyKeyKind, name: string): KeyObject | MlDsaKey;
export function toyKey(kind: ToyKeyKind, name: string): KeyObject | MlDsaKey {
  const id = `${kind} ${name}`;
  const key = made.get(id) ?? newKey(kind);
  made.set(id, key);
  return key;
}

function newKey(kind: ToyKeyKind): KeyObject | MlDsaKey {
  switch (kind) {
    case 'rsa':
    case 'rsa-sha1':
    case 'rsa-sha512':
    case 'rsa-pss':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    case 'rsa-1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    case 'rsa-pss-key':
      return generateKeyPairSync('rsa-pss', {
        modulusLength: 2048,
        hashAlgorithm: 'sha256',
        mgf1HashAlgorithm: 'sha256',
      }).privateKey;
    case 'ecdsa':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'ecdsa-p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    case 'ecdsa-p521':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
    case 'ecdsa-brainpool':
      return generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    case 'ed448':
      return generateKeyPairSync('ed448').privateKey;
    case 'ml-dsa-44':
      return newMlDsaKey('ML-DSA-44');
    case 'ml-dsa-65':
      return newMlDsaKey('ML-DSA-65');
    case 'ml-dsa-87':
      return newMlDsaKey('ML-DSA-87');
  }
}
