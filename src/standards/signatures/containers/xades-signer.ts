import { FormatError } from '../../../base/index.ts';
import { type Certificate, type DigestName, readCertificates } from '../../formats/x509/index.ts';
import type { XmlSignature } from '../../formats/xmldsig/index.ts';
import { digestBytes } from '../signed-content.ts';
import type { CertificateReferenceFact, TokenFacts } from '../signed-document.ts';
import { keyInfoCertificates } from './xades-profile.ts';
import { certificateReferencesIn, type XadesCertificateReference, type XadesProperties } from './xades-properties.ts';

/**
 * The signer's certificate: the one that the signed properties name, else of KeyInfo the one whose key made the value,
 * else the first (KeyInfo is only a proposal).
 */
export function identifySigner(
  signature: XmlSignature,
  properties: XadesProperties | undefined,
  candidates: readonly Certificate[],
  check: (certificate: Certificate) => TokenFacts['valueCheck'],
): { certificate: Certificate | undefined; reference: CertificateReferenceFact } {
  const proposed = readCertificates(keyInfoCertificates(signature));
  const references = namedCertificates(properties);
  if (references === 'unreadable' || references === 'absent') {
    const certificate = proposed.find((one) => check(one) === 'good') ?? proposed[0];
    return { certificate, reference: { kind: references } };
  }
  for (const reference of references) {
    const certificate = candidates.find((candidate) => isNamedBy(candidate, reference));
    if (certificate) return { certificate, reference: { kind: 'matches', digestAlgorithm: reference.digestAlgorithm } };
  }
  const certificate = proposed.find((one) => check(one) === 'good');
  return { certificate, reference: { kind: 'differs', digestAlgorithm: references[0]?.digestAlgorithm } };
}

function namedCertificates(
  properties: XadesProperties | undefined,
): readonly XadesCertificateReference[] | 'absent' | 'unreadable' {
  try {
    const references = properties && certificateReferencesIn(properties);
    return references === undefined ? 'absent' : references.length === 0 ? 'unreadable' : references;
  } catch (error) {
    if (error instanceof FormatError) return 'unreadable';
    throw error;
  }
}

const digestsOf = new WeakMap<Certificate, Map<DigestName, Uint8Array | undefined>>();

/** Digests of a certificate are computed once: anchors may be many, and are the same for every signature. */
function isNamedBy(certificate: Certificate, { digestAlgorithm, digest }: XadesCertificateReference): boolean {
  if (!digestAlgorithm) return false;
  const known = digestsOf.get(certificate) ?? new Map<DigestName, Uint8Array | undefined>();
  if (!known.has(digestAlgorithm)) known.set(digestAlgorithm, digestBytes(certificate.der, digestAlgorithm));
  digestsOf.set(certificate, known);
  const computed = known.get(digestAlgorithm);
  return computed !== undefined && Buffer.compare(computed, digest) === 0;
}
