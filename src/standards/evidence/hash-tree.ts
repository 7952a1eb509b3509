import { createHash } from 'node:crypto';
import { type DigestName, nodeDigest } from '../formats/x509/index.ts';

/** Hashes octets; undefined where the algorithm is unknown here. */
export function digestOf(octets: Uint8Array, algorithm: DigestName): Uint8Array | undefined {
  const name = nodeDigest(algorithm);
  if (!name) return undefined;
  return createHash(name, algorithm === 'SHAKE256_512' ? { outputLength: 64 } : {})
    .update(octets)
    .digest();
}

/**
 * The root that the lists of a reduced hash tree lead to (RFC 4998 4.3 step 3; RFC 6283 3.2.1): the values of a list, and
 * what came of the list before, are put in binary ascending order and hashed together. A value that stands alone in the
 * first list is not hashed again.
 */
export function rootOfHashTree(
  lists: readonly (readonly Uint8Array[])[],
  algorithm: DigestName,
): Uint8Array | undefined {
  let carried: Uint8Array | undefined;
  for (const list of lists) {
    const values = carried ? [...list, carried] : [...list];
    carried = values.length === 1 ? values[0] : hashOfGroup(values, algorithm);
    if (!carried) return undefined;
  }
  return carried;
}

function hashOfGroup(values: readonly Uint8Array[], algorithm: DigestName): Uint8Array | undefined {
  return digestOf(Buffer.concat([...values].sort(Buffer.compare)), algorithm);
}

/** A list of values, asked often whether it holds one. */
export interface ValueSet {
  has(value: Uint8Array): boolean;
}

export function valueSet(values: readonly Uint8Array[]): ValueSet {
  const keys = new Set(values.map(keyOf));
  return { has: (value) => keys.has(keyOf(value)) };
}

function keyOf(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}
