import { createHash } from 'node:crypto';
import { type DigestName, nodeDigest } from '../x509/index.ts';

/** A large encoding that came before: octets of our own, so that nobody else can change them, and what was computed of them. */
interface KnownEncoding {
  readonly octets: Uint8Array;
  readonly digests: Map<DigestName, Uint8Array>;
}

/** Below this hashing costs less than looking. */
const large = 32 << 10;
const mostOctets = 64 << 20;
const mostKnown = 64;

/** What was asked for last stands first. */
const known: KnownEncoding[] = [];

/**
 * The same octets, in an array that stays the same for as long as they are known: what is made of a large list once can
 * be kept by it. Found by comparing all of them, which takes a tenth of the time that hashing does.
 * @returns undefined for what is too small, or too large, to be kept
 */
export function knownOctets(octets: Uint8Array): Uint8Array | undefined {
  return knownEncoding(octets)?.octets;
}

/** The digest of revocation data or of anything as large; computed once while it is known. Undefined: an algorithm nobody here knows. */
export function digestOfEncoding(octets: Uint8Array, algorithm: DigestName): Uint8Array | undefined {
  const named = nodeDigest(algorithm);
  if (!named) return undefined;
  const before = knownEncoding(octets);
  const found = before?.digests.get(algorithm);
  if (found) return found;
  const digest = createHash(named, algorithm === 'SHAKE256_512' ? { outputLength: 64 } : {})
    .update(octets)
    .digest();
  before?.digests.set(algorithm, digest);
  return digest;
}

/** SHA-256, lower-case hex: what tells encodings apart in proofs of existence. */
export function idOfEncoding(octets: Uint8Array): string {
  return Buffer.from(digestOfEncoding(octets, 'SHA256') ?? []).toString('hex');
}

function knownEncoding(octets: Uint8Array): KnownEncoding | undefined {
  if (octets.length < large || octets.length > mostOctets) return undefined;
  const own = known.findIndex((one) => one.octets === octets);
  const at = own >= 0 ? own : known.findIndex((one) => isSame(one.octets, octets));
  const [before] = at < 0 ? [] : known.splice(at, 1);
  const encoding = before ?? { octets: Uint8Array.from(octets), digests: new Map() };
  known.unshift(encoding);
  if (!before) forgetOldest();
  return encoding;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0;
}

function forgetOldest(): void {
  let sum = known.reduce((octets, one) => octets + one.octets.length, 0);
  while (sum > mostOctets || known.length > mostKnown) sum -= known.pop()?.octets.length ?? 0;
}
