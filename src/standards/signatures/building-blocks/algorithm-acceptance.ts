import {
  type Certificate,
  type DigestName,
  hashesByItself,
  keyStrengthOf,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import type { CryptographicSuite } from '../policy/validation-policy.ts';

/** Why an algorithm is not good enough at a time; `until` tells when it was last. */
export interface WeakAlgorithm {
  readonly detail: string;
  readonly until?: Date;
}

/** Whether a digest algorithm is good enough at `time`. */
export function weakDigest(
  digest: DigestName | undefined,
  time: Date,
  { digests }: CryptographicSuite,
): WeakAlgorithm | undefined {
  if (digest === undefined) return { detail: 'an unknown digest algorithm' };
  const span = digests[digest];
  if (!span) return { detail: digest };
  return outlived(span.until, time, digest);
}

/** Whether a signature algorithm, with the key it was made with, is good enough at `time`. */
export function weakSignature(
  algorithm: SignatureAlgorithm | undefined,
  signer: Certificate | undefined,
  time: Date,
  suite: CryptographicSuite,
): WeakAlgorithm | undefined {
  if (!algorithm) return { detail: 'an unknown signature algorithm' };
  const spans = suite.keys[algorithm.scheme];
  if (!spans) return { detail: algorithm.name };
  if (signer) {
    const strength = keyStrengthOf(signer.publicKey);
    if (!strength) return { detail: 'a key of unknown strength' };
    const span = spans.findLast(({ bits }) => bits <= strength.bits);
    const detail = `${algorithm.scheme} with ${strength.bits} bits`;
    if (!span) return { detail };
    const weak = outlived(span.until, time, detail);
    if (weak) return weak;
  }
  return hashesByItself(algorithm) ? undefined : weakDigest(algorithm.digest, time, suite);
}

/** The first weak link of a path at `time`: the signature of each certificate below the anchor. */
export function weakPath(
  path: readonly Certificate[],
  time: Date,
  suite: CryptographicSuite,
): (WeakAlgorithm & { readonly certificate: Certificate }) | undefined {
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const weak = weakSignature(signatureAlgorithmOf(certificate.signatureAlgorithm), path[index + 1], time, suite);
    if (weak) return { ...weak, certificate };
  }
  return undefined;
}

/** What is told of a weak algorithm. */
export function weaknessFinding(weak: WeakAlgorithm, certificate?: Certificate): Finding {
  return {
    code: 'ALGORITHM_TOO_WEAK',
    detail: weak.detail,
    ...(weak.until ? { time: weak.until } : {}),
    ...(certificate ? { certificate } : {}),
  };
}

function outlived(until: string | undefined, time: Date, detail: string): WeakAlgorithm | undefined {
  if (until === undefined) return undefined;
  const end = new Date(`${until}T00:00:00Z`);
  return time < end ? undefined : { detail, until: end };
}
