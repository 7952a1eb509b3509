import { createHash } from 'node:crypto';

/** Digest algorithms the archive computes itself; others are only recognised inside signatures. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** A digest is never a bare string: the algorithm travels with the lower-case hexadecimal value. */
export interface Digest {
  readonly algorithm: DigestAlgorithm;
  readonly value: string;
}

/** The digest of `bytes`, lower-case hex. */
export function digestOf(bytes: Uint8Array | string, algorithm: DigestAlgorithm): Digest {
  return { algorithm, value: createHash(algorithm).update(bytes).digest('hex') };
}

/** SHA-512 of `bytes` as lower-case hex: the one algorithm of the store. */
export function sha512Hex(bytes: Uint8Array | string): string {
  return createHash('sha512').update(bytes).digest('hex');
}

/** SHA-256 of `bytes` as lower-case hex: what receipts print and people check by hand. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
