import { type ByteReader, bytesReader, chunksOf, digestOf, readWhole } from '../../base/index.ts';
import { type Der, oid, retagged, sequence, time } from '../formats/der/index.ts';
import { withArchiveTimestamp } from './archive-timestamp.ts';
import type { DigestSigner } from './digest-signer.ts';
import { checkLevels, distinct, type SealLevels, type SealMaterial, type TimestampSource } from './levels.ts';
import { digestIdentifier, startDigest } from './signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  signedData,
  signerInfo,
  type UnsignedAttributes,
} from './signed-data.ts';

/** How a CAdES seal is made. */
export interface CadesOptions extends SealLevels {
  /** The content stays outside of the signature. */
  readonly detached: boolean;
  readonly signingTime: Date;
}

/** A content that travels inside its signature is held in memory: up to so many octets. */
const largestEnclosedContent = 64 * 1024 * 1024;

/**
 * Seals `content`: CAdES-BASELINE-B, or the level that the options lift it to (EN 319 122-1 6). A detached content is
 * streamed. The same input gives the same bytes where the signer's algorithm does.
 * @returns ContentInfo, DER
 * @throws RangeError for a content over 64 MB that is not detached, and for a level without those below it; whatever
 *   reader, signer and the sources of time-stamps and material throw
 */
export async function sealCades(content: ByteReader, signer: DigestSigner, options: CadesOptions): Promise<Uint8Array> {
  checkLevels(options);
  const enclosed = options.detached ? undefined : await readWhole(content, largestEnclosedContent);
  const digest = startDigest(signer.algorithm.digest);
  const archived = startDigest('sha256');
  const update = (chunk: Uint8Array) => {
    digest.update(chunk);
    if (options.archiveTimestamp) archived.update(chunk);
  };
  if (enclosed) update(enclosed);
  else for await (const chunk of chunksOf(content)) update(chunk);
  const signedAttributes = [
    ...baselineAttributes(cmsOids.data, digest.digest(), signer),
    attribute(cmsOids.signingTime, time(options.signingTime)),
  ];
  const info = await signerInfo(signer, signedAttributes, signatureTimestamp(options.timestamp));
  const assembled = (signerInfo: Der, { certificates, crls }: Enclosed) =>
    signedData({
      contentType: cmsOids.data,
      ...(enclosed ? { content: enclosed } : {}),
      digestIdentifiers: [digestIdentifier(signer.algorithm.digest)],
      certificates,
      crls,
      signerInfos: [signerInfo],
    });
  const sealed = assembled(info, { certificates: signer.chain, crls: [] });
  if (!options.material) return sealed;
  const contents = enclosed ? [] : [{ reader: content }];
  const material = enclosedMaterial(signer, await options.material({ document: bytesReader(sealed), contents }));
  if (!options.archiveTimestamp) return assembled(info, material);
  const covered = { contentType: cmsOids.data, contentDigest: archived.digest(), ...material };
  return assembled(await withArchiveTimestamp(info, covered, options.archiveTimestamp), material);
}

/** signature-time-stamp (EN 319 122-1 5.3): a token over the signature value's octets. */
export function signatureTimestamp(source: TimestampSource | undefined): UnsignedAttributes | undefined {
  if (!source) return undefined;
  return async (signatureValue) => [
    attribute(cmsOids.signatureTimestamp, await source(digestOf(signatureValue, 'sha256'))),
  ];
}

/** The fields of a SignedData that hold what shows that it holds. */
interface Enclosed {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** EN 319 122-1 6.3, level LT: SignedData.certificates, and .crls with OCSP responses too (RFC 5940). */
function enclosedMaterial({ chain }: DigestSigner, { certificates, crls, ocspResponses }: SealMaterial): Enclosed {
  return {
    certificates: distinct([...chain, ...certificates]),
    crls: distinct([...crls, ...ocspResponses.map(otherRevocationInfo)]),
  };
}

const otherRevocationInfo = (ocspResponse: Uint8Array): Der =>
  retagged(0xa1, sequence(oid(cmsOids.ocspResponse), ocspResponse));
