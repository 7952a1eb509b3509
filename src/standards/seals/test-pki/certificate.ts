import { bitString, integer, sequence, tagged, time } from '../../formats/der/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { signatureIdentifier } from '../signature-algorithm.ts';
import { distinguishedName, type NameAttributes } from './distinguished-name.ts';
import { type Extension, encodeExtensions } from './extensions.ts';

/** All that a certificate says (RFC 5280 4.1.2); nothing is added by itself, so that every fault can be made. */
export interface CertificateContents {
  readonly serialNumber: bigint;
  readonly issuer: NameAttributes;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: NameAttributes;
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly extensions: readonly Extension[];
}

/** Signs a certificate, X.509 version 3, DER. */
export async function issueCertificate(
  contents: CertificateContents,
  issuer: Pick<DigestSigner, 'algorithm' | 'sign'>,
): Promise<Uint8Array> {
  const algorithm = signatureIdentifier(issuer.algorithm);
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    integer(contents.serialNumber),
    algorithm,
    distinguishedName(contents.issuer),
    sequence(time(contents.notBefore), time(contents.notAfter)),
    distinguishedName(contents.subject),
    contents.subjectPublicKeyInfo,
    tagged(3, encodeExtensions(contents.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(await issuer.sign(toBeSigned)));
}
