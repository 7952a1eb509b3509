import { type Asn1Element, childrenOf, decodeWholeAsn1 } from '../../src/standards/formats/asn1/index.ts';
import { type Der, integer, octetString, oid, sequence, time } from '../../src/standards/formats/der/index.ts';
import { signatureTimestamp } from '../../src/standards/seals/cades.ts';
import type { CertificateHolder, TimestampSource } from '../../src/standards/seals/index.ts';
import {
  digestIdentifier,
  referenceDigest,
  signatureIdentifier,
} from '../../src/standards/seals/signature-algorithm.ts';
import { attribute, cmsOids, contentDigest, signedData, signerInfo } from '../../src/standards/seals/signed-data.ts';
import { issuerAndSerialNumber, signingCertificateV2 } from '../../src/standards/seals/signing-certificate.ts';
import { withLastBitFlipped } from './flipped-bit.ts';
import type { ToyPki } from './toy-pki.ts';

/** One named edit of a good signature. */
export type CmsFault =
  | 'wrong-message-digest'
  | 'wrong-content-type'
  | 'wrong-signing-certificate'
  | 'no-signing-certificate'
  | 'changed-signature'
  | 'no-certificates';

/** One signer of a CMS. */
export interface CmsSignature {
  readonly signer?: CertificateHolder;
  readonly signingTime?: Date | 'absent';
  readonly timestamp?: boolean | TimestampSource;
  /** No signed attributes: the signature is over the content itself (RFC 5652 5.4). */
  readonly plain?: boolean;
  readonly fault?: CmsFault;
}

/** A signed CMS by the toy PKI. */
export interface SignedCmsOptions {
  readonly pki: ToyPki;
  readonly content?: Uint8Array;
  readonly packaging?: 'enveloping' | 'detached';
  /** `ber`: outer elements of indefinite length, the content as an OCTET STRING in chunks. */
  readonly encoding?: 'der' | 'ber';
  readonly signatures?: readonly CmsSignature[];
  /** CRLs that travel along. */
  readonly crls?: readonly Uint8Array[];
}

export const sampleContent: Uint8Array = Buffer.from('Садржај који се потписује\n');

/** A SignedData with one SignerInfo for each of `signatures`. */
export async function signedCms(options: SignedCmsOptions): Promise<Uint8Array> {
  const { pki, content = sampleContent, signatures = [{}], crls } = options;
  const holders = await Promise.all(signatures.map(({ signer }) => signer ?? pki.signer()));
  const infos = await Promise.all(
    signatures.map((signature, index) => signerInfoOf(pki, content, signature, holders[index] as CertificateHolder)),
  );
  const der = signedData({
    contentType: cmsOids.data,
    ...(options.packaging === 'detached' ? {} : { content }),
    digestIdentifiers: holders.map(({ signer }) => digestIdentifier(signer.algorithm.digest)),
    certificates: holders.flatMap(({ signer }, index) =>
      signatures[index]?.fault === 'no-certificates' ? [] : signer.chain,
    ),
    ...(crls ? { crls } : {}),
    signerInfos: infos,
  });
  return options.encoding === 'ber' ? inBer(der) : der;
}

async function signerInfoOf(
  pki: ToyPki,
  content: Uint8Array,
  options: CmsSignature,
  { signer }: CertificateHolder,
): Promise<Der> {
  const { fault, signingTime = pki.at } = options;
  if (options.plain) return plainSignerInfo(content, signer);
  const digest = contentDigest(signer, content);
  const own = signer.chain[0];
  const certificate = fault === 'wrong-signing-certificate' ? pki.timestampAuthority.signer.chain[0] : own;
  const attributes = [
    attribute(cmsOids.contentType, oid(fault === 'wrong-content-type' ? cmsOids.tstInfo : cmsOids.data)),
    attribute(
      cmsOids.messageDigest,
      octetString(fault === 'wrong-message-digest' ? withLastBitFlipped(digest) : digest),
    ),
    ...(fault === 'no-signing-certificate'
      ? []
      : [
          attribute(cmsOids.signingCertificateV2, signingCertificateV2(certificate, referenceDigest(signer.algorithm))),
        ]),
    ...(signingTime === 'absent' ? [] : [attribute(cmsOids.signingTime, time(signingTime))]),
  ];
  const source = options.timestamp === true ? pki.timestamps() : options.timestamp || undefined;
  const signing = fault === 'changed-signature' ? { ...signer, sign: flipped(signer) } : signer;
  return signerInfo(signing, attributes, signatureTimestamp(source));
}

const flipped =
  ({ sign }: CertificateHolder['signer']) =>
  async (octets: Uint8Array) =>
    withLastBitFlipped(await sign(octets));

async function plainSignerInfo(content: Uint8Array, signer: CertificateHolder['signer']): Promise<Der> {
  return sequence(
    integer(1),
    issuerAndSerialNumber(signer.chain[0]),
    digestIdentifier(signer.algorithm.digest),
    signatureIdentifier(signer.algorithm),
    octetString(await signer.sign(content)),
  );
}

const endOfContents = Uint8Array.of(0, 0);
const indefinite = (identifier: number, ...parts: readonly Uint8Array[]) =>
  Buffer.concat([Uint8Array.of(identifier, 0x80), ...parts, endOfContents]);

/** The same ContentInfo with indefinite lengths down to the content, which comes in chunks of 5 octets (X.690 8.7). */
function inBer(der: Uint8Array): Uint8Array {
  const [type, wrapped] = childrenOf(decodeWholeAsn1(der)) as [Asn1Element, Asn1Element];
  const [signed] = childrenOf(wrapped) as [Asn1Element];
  const members = childrenOf(signed).map((member, index) => (index === 2 ? encapsulatedInBer(member) : member.bytes));
  return indefinite(0x30, type.bytes, indefinite(0xa0, indefinite(0x30, ...members)));
}

function encapsulatedInBer(element: Asn1Element): Uint8Array {
  const [type, wrapped] = childrenOf(element);
  if (!type || !wrapped) return element.bytes;
  const { content } = childrenOf(wrapped)[0] as Asn1Element;
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += 5) chunks.push(octetString(content.subarray(at, at + 5)));
  return indefinite(0x30, type.bytes, indefinite(0xa0, indefinite(0x24, ...chunks)));
}
