import { boolean, generalizedTime, integer, octetString, oid, sequence, tagged } from '../../formats/der/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { digestBytes, digestIdentifier, type SignatureDigest } from '../signature-algorithm.ts';
import { baselineAttributes, cmsOids, signedData, signerInfo } from '../signed-data.ts';
import { certificateIdentity } from '../signing-certificate.ts';

/** What is time-stamped: a digest with the algorithm that made it (RFC 3161 2.4.1). */
export interface MessageImprint {
  readonly algorithm: SignatureDigest;
  readonly value: Uint8Array;
}

/** All that a TSTInfo says (RFC 3161 2.4.2). */
export interface TimestampContents {
  readonly policy: string;
  readonly messageImprint: MessageImprint;
  readonly serialNumber: bigint;
  readonly productionTime: Date;
  /** Seconds that the time may be off. */
  readonly accuracy?: number;
  readonly ordering?: boolean;
  readonly nonce?: bigint;
  /** Names the authority by its certificate's subject. */
  readonly nameAuthority?: boolean;
  /** Puts the authority's certificates into the token (certReq). */
  readonly includeCertificates: boolean;
}

/** TimeStampToken: a SignedData over a TSTInfo, DER. */
export async function issueTimestampToken(contents: TimestampContents, authority: DigestSigner): Promise<Uint8Array> {
  const info = timestampInfo(contents, authority.chain[0]);
  const messageDigest = digestBytes(authority.algorithm.digest, info);
  return signedData({
    contentType: cmsOids.tstInfo,
    content: info,
    digestIdentifiers: [digestIdentifier(authority.algorithm.digest)],
    certificates: contents.includeCertificates ? authority.chain : [],
    signerInfos: [await signerInfo(authority, baselineAttributes(cmsOids.tstInfo, messageDigest, authority))],
  });
}

function timestampInfo(contents: TimestampContents, certificate: Uint8Array): Uint8Array {
  const { messageImprint, accuracy, ordering, nonce } = contents;
  return sequence(
    integer(1),
    oid(contents.policy),
    sequence(digestIdentifier(messageImprint.algorithm), octetString(messageImprint.value)),
    integer(contents.serialNumber),
    generalizedTime(contents.productionTime),
    accuracy === undefined ? undefined : sequence(integer(accuracy)),
    ordering ? boolean(true) : undefined,
    nonce === undefined ? undefined : integer(nonce),
    contents.nameAuthority ? tagged(0, tagged(4, certificateIdentity(certificate).subject)) : undefined,
  );
}
