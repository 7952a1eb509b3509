import { createRequire } from 'node:module';
import { postQuantumAlgorithm } from './post-quantum.ts';
import type { PublicKey } from './public-key.ts';

interface Verifier {
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  readonly lengths: { readonly signature?: number; readonly publicKey?: number };
}

const load = createRequire(import.meta.url);
const opened = new Map<string, Verifier>();

/** Loaded when the first such signature comes: Node 20 has none of them, and few documents do. */
function verifierOf(oid: string): Verifier | undefined {
  const algorithm = postQuantumAlgorithm(oid);
  if (!algorithm) return undefined;
  const module = algorithm.scheme === 'ML-DSA' ? 'ml-dsa' : 'slh-dsa';
  const verifier = opened.get(oid) ?? load(`@noble/post-quantum/${module}.js`)[algorithm.member];
  opened.set(oid, verifier);
  return verifier;
}

/** Verifies a pure ML-DSA or SLH-DSA signature with an empty context (FIPS 204 5.3, FIPS 205 10.3; RFC 9881 3, RFC 9882 3). */
export function verifyPostQuantum(key: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const verifier = verifierOf(key.algorithm.oid);
  const hasForm = verifier?.lengths.signature === signature.length && verifier.lengths.publicKey === key.octets.length;
  return hasForm && verifier.verify(signature, data, key.octets);
}
