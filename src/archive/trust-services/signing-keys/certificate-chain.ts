import { type KeyObject, X509Certificate } from 'node:crypto';
import { ArchiveError } from '../../../base/index.ts';
import type { DigestSigner } from '../../../standards/seals/index.ts';

/** An own certificate with its issuers, as far as they are among the others; PEM or DER in, DER out. */
export function chainFrom(own: X509Certificate, others: readonly X509Certificate[]): DigestSigner['chain'] {
  const issuers: X509Certificate[] = [];
  for (let last = own; issuers.length <= others.length; ) {
    if (last.checkIssued(last)) break;
    const issuer = others.find((other) => last.checkIssued(other) && last.verify(other.publicKey));
    if (!issuer) break;
    issuers.push(issuer);
    last = issuer;
  }
  return [own.raw, ...issuers.map(({ raw }) => raw)];
}

/**
 * The certificate of a key among several.
 * @throws ArchiveError USAGE when there is none
 */
export function certificateOf(publicKey: KeyObject, certificates: readonly X509Certificate[]): X509Certificate {
  const own = certificates.find((certificate) => certificate.publicKey.equals(publicKey));
  if (own) return own;
  throw new ArchiveError(
    'USAGE',
    'The seal’s key has no certificate beside it. Name a file in TRAJNO_SEAL_CERTIFICATES.',
  );
}

/** Certificates that were given as DER. @throws ArchiveError USAGE */
export function readChainCertificates(certificates: readonly Uint8Array[]): X509Certificate[] {
  try {
    return certificates.map((der) => new X509Certificate(der));
  } catch (cause) {
    throw new ArchiveError('USAGE', 'A certificate of the seal cannot be read.', { cause });
  }
}
