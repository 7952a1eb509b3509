import { type ByteReader, FormatError, unlessMalformed } from '../../../base/index.ts';
import { readSignedData, type SignedData } from '../../formats/cms/index.ts';
import {
  openDamagedPdf,
  openPdf,
  type PdfDocument,
  type PdfSignature,
  prefixReader,
  readPageCount,
  readSecurityStores,
  readSignatureFields,
  revisionOf,
  type SecurityStore,
} from '../../formats/pdf/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import { type EmbeddedMaterial, joinMaterial, noMaterial } from '../embedded-material.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import type { Finding } from '../indication.ts';
import { contentOfRanges, digestBytes, type SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts, Scope, SignatureFacts, SignedDocument, TimestampFacts } from '../signed-document.ts';
import { coveredInCms, idsOfMaterial } from './archive-coverage.ts';
import { readCmsEvidence } from './cms-evidence.ts';
import { materialOfCms } from './cms-material.ts';
import { readCmsSignature } from './cms-signature.ts';
import { readTimestamp } from './cms-timestamps.ts';
import { padesProfile } from './pades-profile.ts';
import { checkByteRange } from './pdf-byte-range.ts';
import { laterModifications } from './pdf-modifications.ts';
import { tokenOf } from './token-of.ts';

interface OpenedSignature {
  readonly field: PdfSignature;
  /** Undefined: the value is there and is no CMS. */
  readonly signedData: SignedData | undefined;
  readonly findings: readonly Finding[];
  readonly ranges: readonly (readonly [number, number])[];
  readonly end: number;
  readonly isDamaged: boolean;
}

/** A PDF with its signatures and document time-stamps, as its newest revision reaches them. */
export async function readPdfDocument(
  reader: ByteReader,
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
): Promise<SignedDocument> {
  try {
    return await readTokensOf(await openPdf(reader), others, examine, false);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const damaged = await openDamagedPdf(reader).catch(() => undefined);
    if (!damaged) throw error;
    const document = await readTokensOf(damaged, others, examine, true);
    if (document.signatures.length + document.timestamps.length === 0) throw error;
    return document;
  }
}

/** @param isDamaged its cross-references are broken: what is found then is never valid, however good it looks */
async function readTokensOf(
  document: PdfDocument,
  others: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
  isDamaged: boolean,
): Promise<SignedDocument> {
  if (document.encryption === 'password')
    return refused(
      'DOCUMENT_ENCRYPTED',
      'The PDF asks for a password; its signatures can be checked when it is saved without one.',
    );
  const store = await readSecurityStores(document);
  const opened: OpenedSignature[] = [];
  for (const field of await readSignatureFields(document))
    if (isFilled(field)) opened.push(await openSignature(document, field, isDamaged));
  const material = joinMaterial([
    store,
    ...opened.map(({ signedData }) => (signedData ? materialOfCms(signedData) : noMaterial)),
  ]);
  const candidates = [...readCertificates(material.certificates), ...others];
  const { signatures, timestamps } = await readTokens(document, opened, candidates, store);
  const error = {
    code: 'DOCUMENT_BROKEN',
    message: 'A signature of the PDF cannot be read; it was not validated.',
  } as const;
  return {
    container: 'PDF',
    signatures: signatures.map((signature) => withTimestamps(signature, timestamps)),
    evidenceRecords: await readEvidence(document, opened, candidates, examine),
    timestamps: timestamps.filter(({ covers }) => !signatures.some(({ id }) => covers.has(id))),
    material,
    ...(opened.every(({ signedData }) => signedData) ? {} : { error }),
  };
}

/** Evidence records among the attributes of the signatures: over the CMS and what the ByteRange covers. */
async function readEvidence(
  { reader }: PdfDocument,
  opened: readonly OpenedSignature[],
  candidates: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
): Promise<EvidenceRecordFacts[]> {
  const found: EvidenceRecordFacts[] = [];
  for (const { signedData, ranges } of opened) {
    if (!signedData) continue;
    const contentOf = async () => contentOfRanges(reader, ranges);
    found.push(...(await readCmsEvidence(examine, { signedData, contentOf, candidates })));
  }
  return found;
}

/** Signatures and document time-stamps, in their order in the file: a time-stamp covers what came before it. */
async function readTokens(
  document: PdfDocument,
  opened: readonly OpenedSignature[],
  candidates: readonly Certificate[],
  store: SecurityStore,
): Promise<{ signatures: SignatureFacts[]; timestamps: TimestampFacts[] }> {
  const signatures: SignatureFacts[] = [];
  const timestamps: TimestampFacts[] = [];
  const covered: string[] = [];
  for (const one of opened) {
    if (!one.signedData) continue;
    if (isDocumentTimestamp(one.field)) {
      const ids = [...covered, ...idsOfMaterial(await storeBefore(document, one.end))];
      const facts = await readDocumentTimestamp(document.reader, one, candidates, ids);
      if (facts) timestamps.push(facts);
      if (facts) covered.push(facts.id);
    } else {
      const hasStore = store.isPresent && sizeOf(store) > sizeOf(await storeBefore(document, one.end));
      const read = await readSignature(document, one, one.signedData, candidates, hasStore);
      signatures.push(...read);
      covered.push(...read.map(({ id }) => id));
    }
    covered.push(...coveredInCms(one.signedData));
  }
  return { signatures, timestamps };
}

/** A signature's own validation material comes into the file after it (EN 319 142-1 5.4.2). */
function sizeOf({ certificates, crls, ocspResponses }: EmbeddedMaterial): number {
  return certificates.length + crls.length + ocspResponses.length;
}

/** A field that was prepared and never signed holds zeros. */
function isFilled({ contents }: PdfSignature): boolean {
  return contents?.some((octet) => octet !== 0) ?? false;
}

/** The validation material of the revisions that end at or before `end`. */
async function storeBefore(document: PdfDocument, end: number): Promise<EmbeddedMaterial> {
  const index = document.sections.findIndex(({ offset }) => offset < end);
  return index < 0 ? noMaterial : readSecurityStores(index === 0 ? document : revisionOf(document, index));
}

function refused(code: 'DOCUMENT_ENCRYPTED', message: string): SignedDocument {
  return {
    container: 'PDF',
    signatures: [],
    evidenceRecords: [],
    timestamps: [],
    material: noMaterial,
    error: { code, message },
  };
}

function isDocumentTimestamp({ subFilter, type }: PdfSignature): boolean {
  return subFilter === 'ETSI.RFC3161' || type === 'DocTimeStamp';
}

/** The CMS in the Contents; the zeros after it are padding (trap 26), and a time-stamp is a token besides. */
function signedDataOf(field: PdfSignature): SignedData | undefined {
  const { contents } = field;
  if (!contents) return undefined;
  if (isDocumentTimestamp(field)) return tokenOf(contents)?.signedData;
  return unlessMalformed(() => readSignedData(contents));
}

async function openSignature(document: PdfDocument, field: PdfSignature, isDamaged: boolean): Promise<OpenedSignature> {
  const signedData = signedDataOf(field);
  const { findings, ranges, end } = await checkByteRange(document.reader, field);
  if (findings.length > 0 || isDamaged || end >= document.reader.size)
    return { field, signedData, findings, ranges, end, isDamaged };
  const differing = await signedRevisionDiffers(document, field, end);
  return { field, signedData, findings: differing ? [differing] : [], ranges, end, isDamaged };
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
  document: PdfDocument,
  { field, findings, ranges, end, isDamaged }: OpenedSignature,
  signedData: SignedData,
  candidates: readonly Certificate[],
  hasStore: boolean,
): Promise<SignatureFacts[]> {
  const { reader } = document;
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
      ...(isDamaged
        ? { constraintFindings: [{ code: 'DOCUMENT_DAMAGED' }, ...(signature.constraintFindings ?? [])] }
        : {}),
      ...(isWhole || isDamaged ? {} : { modifications: await laterModifications(document, end, field.docMdp) }),
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

/** EN 319 142-1 5.4.3: what is no DocTimeStamp stands for a signature of someone. */
const mistyped: Finding = { code: 'FORMAT_BROKEN', detail: 'a document time-stamp of another type than DocTimeStamp' };

async function readDocumentTimestamp(
  reader: ByteReader,
  { field, findings, ranges }: OpenedSignature,
  candidates: readonly Certificate[],
  ids: readonly string[],
): Promise<TimestampFacts | undefined> {
  if (!field.contents) return undefined;
  const covered = contentOfRanges(reader, ranges);
  return readTimestamp(field.contents, {
    type: 'DOCUMENT_TIMESTAMP',
    imprintOf: (algorithm) => covered.digest(algorithm),
    covers: () => ids,
    candidates,
    formatFindings: field.type === undefined || field.type === 'DocTimeStamp' ? findings : [...findings, mistyped],
  });
}

function withTimestamps(signature: SignatureFacts, timestamps: readonly TimestampFacts[]): SignatureFacts {
  const covering = timestamps.filter(({ covers }) => covers.has(signature.id));
  return { ...signature, timestamps: [...signature.timestamps, ...covering] };
}
