import { createRequire } from 'node:module';
import type { PublicKey } from './public-key.ts';

/** A parameter set of FIPS 204 or FIPS 205 by the number in its name, which stands for its strength. */
export interface PostQuantumAlgorithm {
  readonly scheme: 'ML-DSA' | 'SLH-DSA';
  /** As in reports, e.g. `ML_DSA_65`, `SLH_DSA_SHA2_128S`. */
  readonly name: string;
  readonly strength: number;
}

const arc = '2.16.840.1.101.3.4.3';
const slhSets = ['sha2', 'shake'].flatMap((hash) =>
  [128, 192, 256].flatMap((strength) =>
    ['s', 'f'].map((speed) => ({ member: `${hash}_${strength}${speed}`, strength })),
  ),
);

const algorithms: Readonly<Record<string, PostQuantumAlgorithm & { readonly member: string }>> = Object.fromEntries([
  ...[44, 65, 87].map((strength, index) => [
    `${arc}.${17 + index}`,
    { scheme: 'ML-DSA' as const, name: `ML_DSA_${strength}`, strength, member: `ml_dsa${strength}` },
  ]),
  ...slhSets.map(({ member, strength }, index) => [
    `${arc}.${20 + index}`,
    { scheme: 'SLH-DSA' as const, name: `SLH_DSA_${member.toUpperCase()}`, strength, member: `slh_dsa_${member}` },
  ]),
]);

/** What an identifier names, of keys and signatures alike (RFC 9881 2, RFC 9909 3): the pure forms, with no parameters. */
export function postQuantumAlgorithm(oid: string): PostQuantumAlgorithm | undefined {
  return algorithms[oid];
}

interface Verifier {
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  readonly lengths: { readonly signature?: number; readonly publicKey?: number };
}

const load = createRequire(import.meta.url);
const opened = new Map<string, Verifier>();

/** Loaded when the first such signature comes: Node 20 has none of them, and few documents do. */
function verifierOf(oid: string): Verifier | undefined {
  const algorithm = algorithms[oid];
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
