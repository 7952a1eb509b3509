import { type Certificate, readCertificates } from '../formats/x509/index.ts';

/** Certificates to build paths from, found by whose they are. */
export interface CertificatePool {
  readonly all: readonly Certificate[];
  has(certificate: Certificate): boolean;
  /** Those whose subject has this name key. */
  ofSubject(nameKey: string): readonly Certificate[];
}

/** A pool of `certificates`, each once. */
export function certificatePool(certificates: Iterable<Certificate>): CertificatePool {
  const byDigest = new Map<string, Certificate>();
  const bySubject = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    if (byDigest.has(certificate.sha256)) continue;
    byDigest.set(certificate.sha256, certificate);
    const same = bySubject.get(certificate.subject.key);
    if (same) same.push(certificate);
    else bySubject.set(certificate.subject.key, [certificate]);
  }
  return {
    all: [...byDigest.values()],
    has: ({ sha256 }) => byDigest.has(sha256),
    ofSubject: (nameKey) => bySubject.get(nameKey) ?? [],
  };
}

const anchorPools = new WeakMap<readonly Uint8Array[], CertificatePool>();

/** The pool of trust anchors given as DER; read once for a list that is handed in again and again. */
export function trustAnchorPool(anchors: readonly Uint8Array[]): CertificatePool {
  const known = anchorPools.get(anchors);
  if (known) return known;
  const pool = certificatePool(readCertificates(anchors));
  anchorPools.set(anchors, pool);
  return pool;
}
