import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { ArchiveError } from '../../../base/index.ts';
import {
  type DigestSigner,
  ecdsaValue,
  type SignatureAlgorithm,
  signingParameters,
} from '../../../standards/seals/index.ts';
import type { Anchor } from '../test-authority.ts';

/** A key that the archive seals with, wherever it lies: its certificates, how it signs, and what its seals are worth. */
export interface SigningKey extends DigestSigner {
  /** A test seal says so wherever it appears, and proves nothing to outsiders. */
  readonly isTest: boolean;
  /** The root by which others check its seals, where it is among its certificates. */
  readonly anchor?: Anchor;
}

/** A secret that is asked for when it is needed, and never kept in settings, logs or errors. */
export type Secret = () => Promise<string>;

/** @throws ArchiveError SEAL_UNAVAILABLE */
export function sealUnavailable(detail: string, cause?: unknown): ArchiveError {
  const options = cause === undefined ? {} : { cause };
  return new ArchiveError('SEAL_UNAVAILABLE', `The archive’s seal cannot be made: ${detail}`, options);
}

/** A signing key from its certificates and a function that signs. */
export function signingKey(
  chain: DigestSigner['chain'],
  algorithm: SignatureAlgorithm,
  sign: DigestSigner['sign'],
): SigningKey {
  const certificates = chain.map((certificate) => new X509Certificate(certificate));
  const root = certificates.find((certificate) => certificate.checkIssued(certificate));
  return {
    chain,
    algorithm,
    isTest: certificates.some(({ subject, issuer }) => saysTest.test(subject) || saysTest.test(issuer)),
    ...(root ? { anchor: { name: 'seal-root', pem: root.toString() } } : {}),
    sign,
  };
}

/** What makes test certificates says so in capitals, in the subject or the issuer. */
const saysTest = /(^|[^\p{L}])(TEST|ТЕСТ|ПРОБА)([^\p{L}]|$)/u;

/** What a key out of our hands gives is only used when the certificate's key verifies it. */
export function checkedValue(
  value: Uint8Array,
  { publicKey, algorithm }: { readonly publicKey: KeyObject; readonly algorithm: SignatureAlgorithm },
  toBeSigned: Uint8Array,
): Uint8Array {
  const { algorithm: digest, options } = signingParameters(algorithm);
  const forms: Uint8Array[] = [value];
  if (algorithm.scheme === 'ECDSA' && value.length % 2 === 0) forms.push(ecdsaValue(value)); // r and s side by side
  const good = forms.find((form) => verify(digest, toBeSigned, { key: publicKey, ...options }, form));
  if (good) return good;
  throw sealUnavailable(
    'what the key gave is no signature by the certificate’s key. Check that the two belong together.',
  );
}
