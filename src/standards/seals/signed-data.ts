import { type Der, integer, octetString, oid, retagged, sequence, setOf, tagged } from '../formats/der/index.ts';
import type { DigestSigner } from './digest-signer.ts';
import { distinct } from './levels.ts';
import { digestBytes, digestIdentifier, referenceDigest, signatureIdentifier } from './signature-algorithm.ts';
import { issuerAndSerialNumber, signingCertificateV2 } from './signing-certificate.ts';

/** Object identifiers of CMS and CAdES (RFC 5652, RFC 5035, RFC 3161, EN 319 122-1). */
export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  ocspResponse: '1.3.6.1.5.5.7.16.2',
} as const;

/** An attribute with one value (RFC 5652 5.3). */
export const attribute = (type: string, value: Der): Der => sequence(oid(type), setOf([value]));

/** The signed attributes that every baseline signature has (EN 319 122-1 6.3), for a content known by its digest. */
export function baselineAttributes(contentType: string, messageDigest: Uint8Array, signer: DigestSigner): Der[] {
  return [
    attribute(cmsOids.contentType, oid(contentType)),
    attribute(cmsOids.messageDigest, octetString(messageDigest)),
    attribute(cmsOids.signingCertificateV2, signingCertificateV2(signer.chain[0], referenceDigest(signer.algorithm))),
  ];
}

/** Unsigned attributes made from the signature value: a signature time-stamp is one. */
export type UnsignedAttributes = (signatureValue: Uint8Array) => Promise<readonly Der[]>;

/**
 * SignerInfo (RFC 5652 5.3). The signed attributes are signed as an explicit SET OF and stand in the structure as `[0]`,
 * both in DER.
 */
export async function signerInfo(
  signer: DigestSigner,
  signedAttributes: readonly Der[],
  unsignedAttributes?: UnsignedAttributes,
): Promise<Der> {
  const attributes = setOf(signedAttributes);
  const signatureValue = await signer.sign(attributes);
  const unsigned = (await unsignedAttributes?.(signatureValue)) ?? [];
  return sequence(
    integer(1),
    issuerAndSerialNumber(signer.chain[0]),
    digestIdentifier(signer.algorithm.digest),
    retagged(0xa0, attributes),
    signatureIdentifier(signer.algorithm),
    octetString(signatureValue),
    unsigned.length === 0 ? undefined : retagged(0xa1, setOf(unsigned)),
  );
}

/** What a SignedData is put together from. */
export interface SignedDataParts {
  readonly contentType: string;
  /** The content that travels inside; absent in a detached signature. */
  readonly content?: Uint8Array;
  readonly digestIdentifiers: readonly Der[];
  readonly certificates: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly signerInfos: readonly Der[];
}

/** ContentInfo with SignedData (RFC 5652 3 and 5.1), DER. */
export function signedData(parts: SignedDataParts): Der {
  const { contentType, content, certificates, crls = [] } = parts;
  return sequence(
    oid(cmsOids.signedData),
    tagged(
      0,
      sequence(
        integer(versionOf(parts)),
        setOf(distinct(parts.digestIdentifiers)),
        sequence(oid(contentType), content && tagged(0, octetString(content))),
        certificates.length === 0 ? undefined : retagged(0xa0, setOf(distinct(certificates))),
        crls.length === 0 ? undefined : retagged(0xa1, setOf(distinct(crls))),
        setOf(parts.signerInfos),
      ),
    ),
  );
}

/** RFC 5652 5.1: revocation data of other forms than CRLs, then other content than data. */
function versionOf({ contentType, crls = [] }: SignedDataParts): number {
  if (crls.some(([identifier]) => identifier === 0xa1)) return 5;
  return contentType === cmsOids.data ? 1 : 3;
}

/** The digest of a content in memory, by the signer's digest algorithm. */
export const contentDigest = (signer: DigestSigner, content: Uint8Array): Uint8Array =>
  digestBytes(signer.algorithm.digest, content);
