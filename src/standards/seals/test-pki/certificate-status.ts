import {
  bitString,
  enumerated,
  generalizedTime,
  octetString,
  oid,
  sequence,
  tagged,
  taggedPrimitive,
} from '../../formats/der/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { digestBytes, digestIdentifier, type SignatureDigest, signatureIdentifier } from '../signature-algorithm.ts';
import { certificateIdentity } from '../signing-certificate.ts';
import { certificateKeyBits, encodeExtensions } from './extensions.ts';
import { type RevocationReason, revocationReasons } from './revocation-list.ts';

/** What a responder says of a certificate (RFC 6960 4.2.1). */
export type CertificateStatus =
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTime: Date; readonly reason?: RevocationReason };

/** A SingleResponse: of which certificate, what, and from when to when it holds. */
export type SingleResponse = CertificateStatus & {
  /** CertID, DER: {@link certificateId} or as it came in a request. */
  readonly certificateId: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
};

/** All that a BasicOCSPResponse says (RFC 6960 4.2.1). */
export interface StatusResponseContents {
  readonly producedAt: Date;
  /** How the responder names itself: by the subject or the SHA-1 of the key of its certificate. */
  readonly responderId: 'byName' | 'byKey';
  readonly responses: readonly SingleResponse[];
  readonly nonce?: Uint8Array;
  /** Certificates that go along; a delegated responder's own, usually. */
  readonly certificates: readonly Uint8Array[];
}

/** CertID of a certificate issued by `issuer` (RFC 6960 4.1.1). */
export function certificateId(
  certificate: Uint8Array,
  issuer: Uint8Array,
  digest: SignatureDigest = 'sha1',
): Uint8Array {
  return sequence(
    digestIdentifier(digest),
    octetString(digestBytes(digest, certificateIdentity(certificate).issuer)),
    octetString(digestBytes(digest, certificateKeyBits(issuer))),
    certificateIdentity(certificate).serialNumber,
  );
}

/** A successful OCSPResponse with a signed basic response, DER. */
export async function issueStatusResponse(
  contents: StatusResponseContents,
  responder: DigestSigner,
): Promise<Uint8Array> {
  const toBeSigned = sequence(
    responderId(contents.responderId, responder.chain[0]),
    generalizedTime(contents.producedAt),
    sequence(...contents.responses.map(singleResponse)),
    contents.nonce && tagged(1, encodeExtensions([nonceExtension(contents.nonce)])),
  );
  const basicResponse = sequence(
    toBeSigned,
    signatureIdentifier(responder.algorithm),
    bitString(await responder.sign(toBeSigned)),
    contents.certificates.length === 0 ? undefined : tagged(0, sequence(...contents.certificates)),
  );
  return sequence(enumerated(0), tagged(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basicResponse))));
}

/** An OCSPResponse that only says why there is none: 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
export const refusedStatusResponse = (status: 1 | 2 | 3 | 5 | 6): Uint8Array => sequence(enumerated(status));

function responderId(by: 'byName' | 'byKey', certificate: Uint8Array): Uint8Array {
  return by === 'byName'
    ? tagged(1, certificateIdentity(certificate).subject)
    : tagged(2, octetString(digestBytes('sha1', certificateKeyBits(certificate))));
}

function singleResponse(response: SingleResponse): Uint8Array {
  return sequence(
    response.certificateId,
    certificateStatus(response),
    generalizedTime(response.thisUpdate),
    response.nextUpdate && tagged(0, generalizedTime(response.nextUpdate)),
  );
}

function certificateStatus(response: CertificateStatus): Uint8Array {
  switch (response.status) {
    case 'good':
      return taggedPrimitive(0, new Uint8Array());
    case 'unknown':
      return taggedPrimitive(2, new Uint8Array());
    case 'revoked':
      return tagged(
        1,
        generalizedTime(response.revocationTime),
        response.reason && tagged(0, enumerated(revocationReasons[response.reason])),
      );
  }
}

/** RFC 9654 2: the nonce is an OCTET STRING inside the extension's. */
const nonceExtension = (nonce: Uint8Array) => ({
  type: '1.3.6.1.5.5.7.48.1.2',
  critical: false,
  value: octetString(nonce),
});
