import { type ByteReader, FormatError } from '../../../base/index.ts';
import { readSignedData, type SignedData } from '../../formats/cms/index.ts';
import {
  openPdf,
  type PdfDocument,
  type PdfSignature,
  prefixReader,
  readPageCount,
  readSecurityStores,
  readSignatureFields,
  revisionOf,
} from '../../formats/pdf/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import { contentOfRanges, digestBytes, type SignedContent } from '../signed-content.ts';
import type {
  EmbeddedMaterial,
  ModificationNote,
  Scope,
  SignatureFacts,
  SignedDocument,
  TimestampFacts,
} from '../signed-document.ts';
import { coveredInCms, idsOfMaterial } from './archive-coverage.ts';
import { joinMaterial, materialOfCms } from './cms-material.ts';
import { readCmsSignature } from './cms-signature.ts';
import { readTimestamp } from './cms-timestamps.ts';
import { padesProfile } from './pades-profile.ts';
import { checkByteRange } from './pdf-byte-range.ts';
import { tokenOf } from './token-of.ts';

const none: EmbeddedMaterial = { certificates: [], crls: [], ocspResponses: [] };

interface OpenedSignature {
  readonly field: PdfSignature;
  readonly findings: readonly Finding[];
  readonly ranges: readonly (readonly [number, number])[];
  readonly end: number;
}

/** A PDF with its signatures and document time-stamps, as its newest revision reaches them. */
export async function readPdfDocument(reader: ByteReader, others: readonly Certificate[]): Promise<SignedDocument> {
  const document = await openPdf(reader);
  if (document.encrypted)
    return refused(
      'DOCUMENT_ENCRYPTED',
      'The PDF is encrypted; its signatures can be checked when it is saved without a password.',
    );
  const store = await readSecurityStores(document);
  const fields = (await readSignatureFields(document)).filter(
    ({ contents, byteRange }) => contents || byteRange.length,
  );
  const opened: OpenedSignature[] = [];
  for (const field of fields) opened.push(await openSignature(document, field));
  const cms = opened.map(({ field }) => signedDataOf(field));
  const material = joinMaterial([
    store,
    ...cms.flatMap((signedData) => (signedData ? [materialOfCms(signedData)] : [])),
  ]);
  const candidates = [...readCertificates(material.certificates), ...others];
  const signatures: SignatureFacts[] = [];
  const timestamps: { readonly facts: TimestampFacts }[] = [];
  for (const [index, signature] of opened.entries()) {
    const signedData = cms[index];
    if (!signedData) continue;
    if (isDocumentTimestamp(signature.field)) {
      const covered = [
        ...signatures.map(({ id }) => id),
        ...timestamps.map(({ facts }) => facts.id),
        ...cms.slice(0, index).flatMap((earlier) => (earlier ? coveredInCms(earlier) : [])),
        ...idsOfMaterial(await storeBefore(document, signature.end)),
      ];
      const facts = await readDocumentTimestamp(reader, signature, candidates, covered);
      if (facts) timestamps.push({ facts });
    } else signatures.push(...(await readSignature(reader, signature, signedData, candidates, store.isPresent)));
  }
  return {
    container: 'PDF',
    signatures: withDocumentTimestamps(signatures, timestamps),
    evidenceRecords: [],
    timestamps: timestamps
      .filter(({ facts }) => !signatures.some(({ id }) => facts.covers.has(id)))
      .map(({ facts }) => facts),
    material,
  };
}

/** The validation material of the revisions that end at or before `end`. */
async function storeBefore(document: PdfDocument, end: number): Promise<EmbeddedMaterial> {
  const index = document.sections.findIndex(({ offset }) => offset < end);
  return index < 0 ? none : readSecurityStores(index === 0 ? document : revisionOf(document, index));
}

function refused(code: 'DOCUMENT_ENCRYPTED', message: string): SignedDocument {
  return {
    container: 'PDF',
    signatures: [],
    evidenceRecords: [],
    timestamps: [],
    material: none,
    error: { code, message },
  };
}

function isDocumentTimestamp({ subFilter, type }: PdfSignature): boolean {
  return subFilter === 'ETSI.RFC3161' || type === 'DocTimeStamp';
}

/** The CMS in the Contents; the zeros after it are padding (trap 26). */
function signedDataOf({ contents }: PdfSignature): SignedData | undefined {
  if (!contents || contents.length === 0) return undefined;
  try {
    return readSignedData(contents);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function openSignature(document: PdfDocument, field: PdfSignature): Promise<OpenedSignature> {
  const { findings, ranges, end } = await checkByteRange(document.reader, field);
  if (findings.length > 0 || end >= document.reader.size) return { field, findings, ranges, end };
  const differing = await signedRevisionDiffers(document, field, end);
  return { field, findings: differing ? [differing] : [], ranges, end };
}

/**
 * The revision that was signed, taken by itself, must reach the same signature dictionary (trap 27), and have as many
 * pages as the document now has.
 */
async function signedRevisionDiffers(
  document: PdfDocument,
  field: PdfSignature,
  end: number,
): Promise<Finding | undefined> {
  const differing: Finding = {
    code: 'SIGNED_REVISION_DIFFERS',
    detail: 'the revision that was signed does not hold this signature in this form',
  };
  try {
    const revision = await openPdf(prefixReader(document.reader, end));
    const before = await readSignatureFields(revision);
    const same = before.find(({ contentsStart }) => contentsStart === field.contentsStart);
    if (!same || !sameDictionary(same, field)) return differing;
    const [pagesThen, pagesNow] = [await readPageCount(revision), await readPageCount(document)];
    return pagesThen === pagesNow
      ? undefined
      : { ...differing, detail: `pages then ${pagesThen ?? 'unknown'}, now ${pagesNow ?? 'unknown'}` };
  } catch (error) {
    if (error instanceof FormatError) return differing;
    throw error;
  }
}

function sameDictionary(one: PdfSignature, other: PdfSignature): boolean {
  return (
    one.subFilter === other.subFilter &&
    one.filter === other.filter &&
    one.byteRange.join() === other.byteRange.join() &&
    one.claimedSigningTime?.getTime() === other.claimedSigningTime?.getTime() &&
    Buffer.compare(one.contents ?? new Uint8Array(), other.contents ?? new Uint8Array()) === 0
  );
}

async function readSignature(
  reader: ByteReader,
  { field, findings, ranges, end }: OpenedSignature,
  signedData: SignedData,
  candidates: readonly Certificate[],
  hasStore: boolean,
): Promise<SignatureFacts[]> {
  const [signer] = signedData.signers;
  if (!signer) return [];
  const covered = contentOfRanges(reader, ranges);
  const content = await contentFor(signedData, field, covered);
  const isWhole = end >= reader.size;
  const scopes: Scope[] = [isWhole ? { scope: 'FULL', name: 'Full PDF' } : { scope: 'PARTIAL', name: 'Partial PDF' }];
  const tooMany: Finding[] =
    signedData.signers.length > 1 ? [{ code: 'FORMAT_BROKEN', detail: 'a PDF signature with several signers' }] : [];
  const [signature, ...counter] = await readCmsSignature({
    signedData,
    signer,
    content,
    candidates,
    scopes,
    profileOf: (facts) => padesProfile(field, signedData, signer, facts, hasStore),
  });
  if (!signature) return [];
  const claimed = field.claimedSigningTime ?? signature.claimedSigningTime;
  return [
    {
      ...signature,
      formatFindings: [...findings, ...tooMany, ...signature.formatFindings],
      ...(claimed ? { claimedSigningTime: claimed } : {}),
      ...(isWhole ? {} : { modifications: [laterBytes(reader.size - end)] }),
    },
    ...counter,
  ];
}

/** adbe.pkcs7.sha1 signs the SHA-1 of the ranges, which is the content of the CMS (ISO 32000-1 12.8.3.3). */
async function contentFor(
  { content }: SignedData,
  { subFilter }: PdfSignature,
  covered: SignedContent,
): Promise<SignedContent | undefined> {
  if (subFilter !== 'adbe.pkcs7.sha1') return covered;
  const digest = await covered.digest('SHA1');
  if (!content || !digest) return undefined;
  const isSame = Buffer.compare(content, digest) === 0;
  return {
    size: digest.length,
    chunks: () => chunksOfDigest(isSame ? content : digest),
    digest: async (name) => digestBytes(digest, name),
  };
}

async function* chunksOfDigest(bytes: Uint8Array) {
  yield bytes;
}

function laterBytes(bytes: number): ModificationNote {
  return {
    code: 'LATER_REVISIONS',
    bytes,
    message: 'The file goes on after what was signed; what these later revisions change is not yet analysed.',
  };
}

async function readDocumentTimestamp(
  reader: ByteReader,
  { field, findings, ranges }: OpenedSignature,
  candidates: readonly Certificate[],
  ids: readonly string[],
): Promise<TimestampFacts | undefined> {
  const covered = contentOfRanges(reader, ranges);
  const token = field.contents && tokenOf(field.contents);
  if (!field.contents || !token) return undefined;
  return readTimestamp(field.contents, {
    type: 'DOCUMENT_TIMESTAMP',
    imprintOf: (algorithm) => covered.digest(algorithm),
    covers: () => ids,
    candidates,
    formatFindings: findings,
  });
}

function withDocumentTimestamps(
  signatures: readonly SignatureFacts[],
  timestamps: readonly { readonly facts: TimestampFacts }[],
): SignatureFacts[] {
  return signatures.map((signature) => {
    const covering = timestamps.filter(({ facts }) => facts.covers.has(signature.id)).map(({ facts }) => facts);
    return { ...signature, timestamps: [...signature.timestamps, ...covering] };
  });
}
