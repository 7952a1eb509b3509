import { bitString, enumerated, integer, sequence, tagged, time } from '../../formats/der/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { signatureIdentifier } from '../signature-algorithm.ts';
import { distinguishedName, type NameAttributes } from './distinguished-name.ts';
import { type Extension, encodeExtensions } from './extensions.ts';

/** CRLReason (RFC 5280 5.3.1). */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
} as const;
export type RevocationReason = keyof typeof revocationReasons;

/** One certificate on a list. */
export interface RevokedCertificate {
  readonly serialNumber: bigint;
  readonly revocationDate: Date;
  readonly reason?: RevocationReason;
}

/** All that a CRL says (RFC 5280 5.1.2). */
export interface RevocationListContents {
  readonly issuer: NameAttributes;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly revoked: readonly RevokedCertificate[];
  readonly extensions: readonly Extension[];
}

/** Signs a CRL, version 2, DER. */
export async function issueRevocationList(
  contents: RevocationListContents,
  issuer: Pick<DigestSigner, 'algorithm' | 'sign'>,
): Promise<Uint8Array> {
  const algorithm = signatureIdentifier(issuer.algorithm);
  const toBeSigned = sequence(
    integer(1),
    algorithm,
    distinguishedName(contents.issuer),
    time(contents.thisUpdate),
    contents.nextUpdate && time(contents.nextUpdate),
    contents.revoked.length === 0 ? undefined : sequence(...contents.revoked.map(revokedCertificate)),
    contents.extensions.length === 0 ? undefined : tagged(0, encodeExtensions(contents.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(await issuer.sign(toBeSigned)));
}

function revokedCertificate({ serialNumber, revocationDate, reason }: RevokedCertificate): Uint8Array {
  return sequence(integer(serialNumber), time(revocationDate), reason && encodeExtensions([reasonCode(reason)]));
}

const reasonCode = (reason: RevocationReason): Extension => ({
  type: '2.5.29.21',
  critical: false,
  value: enumerated(revocationReasons[reason]),
});

/** RFC 5280 5.2.3. */
export const crlNumber = (number: bigint | number): Extension => ({
  type: '2.5.29.20',
  critical: false,
  value: integer(number),
});
