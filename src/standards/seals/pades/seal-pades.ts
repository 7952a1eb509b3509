import { X509Certificate } from 'node:crypto';
import { type ByteReader, FormatError } from '../../../base/index.ts';
import { time } from '../../formats/der/index.ts';
import { openPdf } from '../../formats/pdf/index.ts';
import { signatureTimestamp } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { checkLevels, type SealLevels } from '../levels.ts';
import { digestIdentifier, digestLength, type SignatureScheme } from '../signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  signedData,
  signerInfo,
  type UnsignedAttributes,
} from '../signed-data.ts';
import { appendedReader } from './appended-reader.ts';
import { documentTimestamp, usualTokenLength } from './document-timestamp.ts';
import { textString, verbatim, type WrittenEntries, type WrittenValue } from './pdf-writing.ts';
import { placeSignature } from './place-signature.ts';
import { securityStore } from './security-store.ts';

/** How a PDF is sealed. */
export interface PadesOptions extends SealLevels {
  /** `ETSI.CAdES.detached` makes a PAdES baseline signature, the other the older kind that most PDF software makes. */
  readonly subFilter?: 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached';
  /** Claimed in the signature dictionary (M). */
  readonly signingTime: Date;
  /** The field's name; `Signature` and a number that is new in the document, when left out. */
  readonly fieldName?: string;
  readonly signerName?: string;
  readonly reason?: string;
  readonly location?: string;
}

/**
 * Seals a PDF: PAdES-BASELINE-B, or the level that the options lift it to (EN 319 142-1 6). The document is streamed and not
 * copied. The same input gives the same bytes where the signer's algorithm does.
 * @returns the incremental updates: the sealed document is the document followed by these bytes
 * @throws FormatError when the document is encrypted or its structure cannot be read; RangeError for a level without those
 *   below it; whatever reader, signer and the sources of time-stamps and material throw
 */
export async function sealPades(
  document: ByteReader,
  signer: DigestSigner,
  options: PadesOptions,
): Promise<Uint8Array> {
  checkLevels(options);
  const signature = await signatureUpdate(document, signer, options);
  if (!options.material) return signature;
  const signed = appendedReader(document, signature);
  const material = await options.material({ document: signed, contents: [] });
  const certificates = [...signer.chain, ...material.certificates]; // a store without certificates is no LT to some readers
  const store = await securityStore(signed, { ...material, certificates });
  if (!options.archiveTimestamp) return Buffer.concat([signature, store]);
  const timestamp = await documentTimestamp(appendedReader(signed, store), options.archiveTimestamp);
  return Buffer.concat([signature, store, timestamp]);
}

/** The update with the signature; when its time-stamp is larger than usual, it is made again with the room it needs. */
async function signatureUpdate(document: ByteReader, signer: DigestSigner, options: PadesOptions): Promise<Uint8Array> {
  const pdf = await openPdf(document);
  if (pdf.encryption !== 'none') throw new FormatError('PDF', 'the document is encrypted');
  const { fieldName, timestamp } = options;
  const field = { entries: signatureDictionary(options), ...(fieldName ? { fieldName } : {}) };
  let room = (await largestSignature(signer, options)) + (timestamp ? usualTokenLength : 0);
  for (;;) {
    const placed = await placeSignature(pdf, { ...field, room });
    const digest = await placed.digest(signer.algorithm.digest);
    const signature = await cmsSignature(signer, digest, options, signatureTimestamp(timestamp));
    if (signature.length <= room) return placed.withContents(signature);
    room = signature.length + 64; // the next token may be a little larger still
  }
}

/** The CMS signature of a PDF: signing-time must not be in a PAdES one (EN 319 142-1 6.3). */
async function cmsSignature(
  signer: DigestSigner,
  messageDigest: Uint8Array,
  { subFilter, signingTime }: PadesOptions,
  unsigned: UnsignedAttributes | undefined,
): Promise<Uint8Array> {
  const isOlderKind = subFilter === 'adbe.pkcs7.detached';
  const attributes = [
    ...baselineAttributes(cmsOids.data, messageDigest, signer),
    ...(isOlderKind ? [attribute(cmsOids.signingTime, time(signingTime))] : []),
  ];
  return signedData({
    contentType: cmsOids.data,
    digestIdentifiers: [digestIdentifier(signer.algorithm.digest)],
    certificates: signer.chain,
    signerInfos: [await signerInfo(signer, attributes, unsigned)],
  });
}

/** Octets that the signature takes without a time-stamp, at most: all but the signature value is known beforehand. */
async function largestSignature(signer: DigestSigner, options: PadesOptions): Promise<number> {
  const value = new Uint8Array(largestSignatureValue(signer));
  const standIn: DigestSigner = { chain: signer.chain, algorithm: signer.algorithm, sign: async () => value };
  const digest = new Uint8Array(digestLength(signer.algorithm.digest));
  return (await cmsSignature(standIn, digest, options, undefined)).length;
}

const mlDsaSignature: Partial<Record<SignatureScheme, number>> = {
  'ML-DSA-44': 2420,
  'ML-DSA-65': 3309,
  'ML-DSA-87': 4627,
};

function largestSignatureValue({ algorithm, chain }: DigestSigner): number {
  const fixed = mlDsaSignature[algorithm.scheme]; // FIPS 204 table 2
  if (fixed !== undefined) return fixed;
  const key = new X509Certificate(chain[0]).publicKey;
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return 64;
    case 'ed448':
      return 114;
    case 'ec': // two INTEGERs in a SEQUENCE; the public point is twice as long as each, and one octet
      return key.export({ type: 'spki', format: 'der' }).length + 16;
    default:
      return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 16384) / 8);
  }
}

function signatureDictionary(options: PadesOptions): WrittenEntries {
  const texts = { Name: options.signerName, Reason: options.reason, Location: options.location };
  return new Map([
    ['Type', verbatim('/Sig')],
    ['Filter', verbatim('/Adobe.PPKLite')],
    ['SubFilter', verbatim(`/${options.subFilter ?? 'ETSI.CAdES.detached'}`)],
    ['M', verbatim(`(D:${options.signingTime.toISOString().replace(/[-:T]|\..*/g, '')}Z)`)],
    ...Object.entries(texts).flatMap(([key, text]): [string, WrittenValue][] =>
      text ? [[key, textString(text)]] : [],
    ),
  ]);
}
