import { X509Certificate } from 'node:crypto';
import { type ByteReader, chunksOf, FormatError } from '../../../base/index.ts';
import { time } from '../../formats/der/index.ts';
import { openPdf, type PdfDocument } from '../../formats/pdf/index.ts';
import { signatureTimestamp, type TimestampSource } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { digestIdentifier, digestLength, type SignatureScheme, startDigest } from '../signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  signedData,
  signerInfo,
  type UnsignedAttributes,
} from '../signed-data.ts';
import { incrementalUpdate, nextObjectNumber } from './incremental-update.ts';
import { textString, verbatim, type WrittenEntries, type WrittenValue, writtenDictionary } from './pdf-writing.ts';
import { signatureField } from './signature-field.ts';

/** How a PDF is sealed. */
export interface PadesOptions {
  /** `ETSI.CAdES.detached` makes a PAdES baseline signature, the other the older kind that most PDF software makes. */
  readonly subFilter?: 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached';
  /** Claimed in the signature dictionary (M). */
  readonly signingTime: Date;
  /** Makes it PAdES-BASELINE-T. */
  readonly timestamp?: TimestampSource;
  /** The field's name; `Signature` and a number that is new in the document, when left out. */
  readonly fieldName?: string;
  readonly signerName?: string;
  readonly reason?: string;
  readonly location?: string;
}

/** Room for a time-stamp on the first attempt; when a token is larger, the seal is made again with the room it needs. */
const usualTimestampLength = 6144;

/**
 * Seals a PDF: PAdES-BASELINE-B, or -T with a time-stamp (EN 319 142-1 6). The document is streamed and not copied.
 * @returns the incremental update: the sealed document is the document followed by these bytes
 * @throws FormatError when the document is encrypted or its structure cannot be read; whatever reader, signer and
 *   time-stamp source throw
 */
export async function sealPades(
  document: ByteReader,
  signer: DigestSigner,
  options: PadesOptions,
): Promise<Uint8Array> {
  const pdf = await openPdf(document);
  if (pdf.encryption !== 'none') throw new FormatError('PDF', 'the document is encrypted');
  const signatureRoom = await largestSignature(signer, options);
  let room = signatureRoom + (options.timestamp ? usualTimestampLength : 0);
  for (;;) {
    const placed = await placeSignature(pdf, options, room);
    const hash = startDigest(signer.algorithm.digest);
    for await (const chunk of chunksOf(document)) hash.update(chunk);
    hash.update(placed.beforeContents).update(placed.afterContents);
    const signature = await cmsSignature(signer, hash.digest(), options, signatureTimestamp(options.timestamp));
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

interface PlacedSignature {
  /** What the signature covers of the update. */
  readonly beforeContents: Uint8Array;
  readonly afterContents: Uint8Array;
  /** The update with the signature in its place. */
  withContents(signature: Uint8Array): Uint8Array;
}

/** The update with room for a signature, and a ByteRange over all but that room (ISO 32000-2 12.8.1). */
async function placeSignature(pdf: PdfDocument, options: PadesOptions, room: number): Promise<PlacedSignature> {
  const signature = nextObjectNumber(pdf);
  const field = signature + 1;
  const name = options.fieldName ?? `Signature${signature}`;
  const contents = `<${'0'.repeat(2 * room)}>`;
  const text = writtenDictionary(signatureDictionary(options, contents));
  const { bytes, textOffsets } = incrementalUpdate(pdf, [
    { number: signature, generation: 0, text },
    ...(await signatureField(pdf, { signature, field }, name)),
  ]);
  const start = (textOffsets.get(signature) ?? 0) + text.indexOf(contents) - pdf.reader.size;
  const end = start + contents.length;
  const ranges = [0, pdf.reader.size + start, pdf.reader.size + end, bytes.length - end].map(String);
  bytes.write(
    `[${ranges.join(' ')}]`.padEnd(byteRangeRoom.length),
    start - text.indexOf(contents) + text.indexOf(byteRangeRoom),
    'latin1',
  );
  return {
    beforeContents: bytes.subarray(0, start),
    afterContents: bytes.subarray(end),
    withContents: (der) => {
      bytes.write(Buffer.from(der).toString('hex').toUpperCase(), start + 1, 'latin1');
      return bytes;
    },
  };
}

/** Four numbers of up to 15 digits, overwritten when they are known. */
const byteRangeRoom = `[${'0'.repeat(15)} ${'0'.repeat(15)} ${'0'.repeat(15)} ${'0'.repeat(15)}]`;

function signatureDictionary(options: PadesOptions, contents: string): WrittenEntries {
  const texts = { Name: options.signerName, Reason: options.reason, Location: options.location };
  return new Map([
    ['Type', verbatim('/Sig')],
    ['Filter', verbatim('/Adobe.PPKLite')],
    ['SubFilter', verbatim(`/${options.subFilter ?? 'ETSI.CAdES.detached'}`)],
    ['ByteRange', verbatim(byteRangeRoom)],
    ['Contents', verbatim(contents)],
    ['M', verbatim(`(D:${options.signingTime.toISOString().replace(/[-:T]|\..*/g, '')}Z)`)],
    ...Object.entries(texts).flatMap(([key, text]): [string, WrittenValue][] =>
      text ? [[key, textString(text)]] : [],
    ),
  ]);
}
