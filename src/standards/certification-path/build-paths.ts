import { type Certificate, isSignedBy, lacksParameters } from '../formats/x509/index.ts';
import type { CertificatePool } from './certificate-pool.ts';

/** A path from the certificate in question (first) to a trust anchor (last). */
export type CertificationPath = readonly Certificate[];

/** How far the search may go in a graph that a stranger drew. */
export interface SearchLimits {
  readonly length: number;
  readonly steps: number;
}

const defaultLimits: SearchLimits = { length: 16, steps: 500 };

/**
 * Finds paths from `target` to the anchors, by name and by key: every step's signature is verified (RFC 4158). Shorter
 * ones and those whose key identifiers agree come first; cross-certified graphs give several.
 */
export function* buildPaths(
  target: Certificate,
  pool: CertificatePool,
  anchors: CertificatePool,
  limits: SearchLimits = defaultLimits,
): Generator<CertificationPath> {
  if (anchors.has(target)) yield [target];
  const open: CertificationPath[] = [[target]];
  let steps = 0;
  for (let path = open.shift(); path; path = open.shift()) {
    const last = path.at(-1);
    if (!last || path.length >= limits.length) continue;
    for (const issuer of issuersOf(last, pool, anchors)) {
      if (++steps > limits.steps) return;
      if (path.some((before) => isSameAuthority(before, issuer))) continue;
      const longer = [...path, issuer];
      if (anchors.has(issuer)) yield longer;
      else open.push(longer);
    }
  }
}

/** The certificates that can have issued `certificate`: same name, and the signature verifies with their key. */
export function issuersOf(
  certificate: Certificate,
  pool: CertificatePool,
  anchors: CertificatePool,
): readonly Certificate[] {
  const wanted = certificate.authorityKeyIdentifier;
  const named = [...anchors.ofSubject(certificate.issuer.key), ...pool.ofSubject(certificate.issuer.key)];
  return named
    .filter((candidate, index) => named.indexOf(candidate) === index && candidate !== certificate)
    .filter(({ publicKey }) => lacksParameters(publicKey) || isSignedBy(certificate, publicKey))
    .sort((one, other) => Number(identifies(other, wanted)) - Number(identifies(one, wanted)));
}

/** How far a chain leads when no anchor is reached: what a report can show, and whose certificate is missing. */
export function longestChain(target: Certificate, pool: CertificatePool, anchors: CertificatePool): CertificationPath {
  const chain = [target];
  for (let last = target; chain.length < defaultLimits.length; ) {
    const [issuer] = issuersOf(last, pool, anchors).filter((candidate) => !chain.includes(candidate));
    if (!issuer) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function identifies({ subjectKeyIdentifier }: Certificate, wanted: string | undefined): boolean {
  return wanted !== undefined && subjectKeyIdentifier === wanted;
}

/** A path never visits the same name with the same key twice. */
function isSameAuthority(one: Certificate, other: Certificate): boolean {
  return (
    one === other ||
    (one.subject.key === other.subject.key && Buffer.compare(one.publicKey.der, other.publicKey.der) === 0)
  );
}
