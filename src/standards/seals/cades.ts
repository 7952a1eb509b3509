import { type ByteReader, chunksOf, type Digest, digestOf, readWhole } from '../../base/index.ts';
import { time } from '../formats/der/index.ts';
import type { DigestSigner } from './digest-signer.ts';
import { digestIdentifier, startDigest } from './signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  signedData,
  signerInfo,
  type UnsignedAttributes,
} from './signed-data.ts';

/** Asks a time-stamping authority for a token over a digest: RFC 3161 TimeStampToken, DER. */
export type TimestampSource = (digest: Digest) => Promise<Uint8Array>;

/** How a CAdES seal is made. */
export interface CadesOptions {
  /** The content stays outside of the signature. */
  readonly detached: boolean;
  readonly signingTime: Date;
  /** Makes it CAdES-BASELINE-T. */
  readonly timestamp?: TimestampSource;
}

/** A content that travels inside its signature is held in memory: up to so many octets. */
const largestEnclosedContent = 64 * 1024 * 1024;

/**
 * Seals `content`: CAdES-BASELINE-B, or -T with a time-stamp (EN 319 122-1 6). A detached content is streamed. The same
 * input gives the same bytes where the signer's algorithm does.
 * @returns ContentInfo, DER
 * @throws RangeError for a content over 64 MB that is not detached; whatever reader, signer and time-stamp source throw
 */
export async function sealCades(content: ByteReader, signer: DigestSigner, options: CadesOptions): Promise<Uint8Array> {
  const enclosed = options.detached ? undefined : await readWhole(content, largestEnclosedContent);
  const hash = startDigest(signer.algorithm.digest);
  if (enclosed) hash.update(enclosed);
  else for await (const chunk of chunksOf(content)) hash.update(chunk);
  const signedAttributes = [
    ...baselineAttributes(cmsOids.data, hash.digest(), signer),
    attribute(cmsOids.signingTime, time(options.signingTime)),
  ];
  return signedData({
    contentType: cmsOids.data,
    ...(enclosed ? { content: enclosed } : {}),
    digestIdentifiers: [digestIdentifier(signer.algorithm.digest)],
    certificates: signer.chain,
    signerInfos: [await signerInfo(signer, signedAttributes, signatureTimestamp(options.timestamp))],
  });
}

/** signature-time-stamp (EN 319 122-1 5.3): a token over the signature value's octets. */
export function signatureTimestamp(source: TimestampSource | undefined): UnsignedAttributes | undefined {
  if (!source) return undefined;
  return async (signatureValue) => [
    attribute(cmsOids.signatureTimestamp, await source(digestOf(signatureValue, 'sha256'))),
  ];
}
