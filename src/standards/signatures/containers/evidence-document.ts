import { type ByteReader, readWhole } from '../../../base/index.ts';
import { idOfEncoding } from '../../formats/revocation/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import { type EmbeddedMaterial, noMaterial } from '../embedded-material.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import { contentOfBytes, contentOfDetached, contentOfReader, type DetachedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts, SignedDocument } from '../signed-document.ts';
import { idsOfMaterial, idsOfSignatures } from './archive-coverage.ts';
import { detectContainer } from './detect-container.ts';
import { type EvidencedObject, readEvidenceRecord } from './evidence-record.ts';
import { largestWhole } from './largest-whole.ts';

/** An evidence record that stands alone, over the contents that were handed in with it. */
export async function readEvidenceDocument(
  reader: ByteReader,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
): Promise<SignedDocument> {
  const nothing = {
    container: 'ER' as const,
    signatures: [],
    evidenceRecords: [],
    timestamps: [],
    material: noMaterial,
  };
  if (reader.size > largestWhole) {
    const message = 'The evidence record is larger than what is read whole.';
    return { ...nothing, error: { code: 'DOCUMENT_TOO_LARGE', message } };
  }
  const octets = await readWhole(reader, largestWhole);
  const objects = contents.map((content) => ({ content: contentOfDetached(content), covers: [] }));
  const record = { source: { octets }, objects, over: 'given' as const, candidates: others };
  return { ...nothing, evidenceRecords: [await readEvidenceRecord(examine, record)] };
}

const mostRecords = 50;

/** Parts what was handed in beside a document: evidence records, and what is signed. */
export async function partEvidence(
  contents: readonly DetachedContent[],
): Promise<[records: ByteReader[], signed: DetachedContent[]]> {
  const records: ByteReader[] = [];
  const signed: DetachedContent[] = [];
  for (const content of contents) {
    const { reader } = content;
    const isRecord =
      reader !== undefined &&
      reader.size <= largestWhole &&
      records.length < mostRecords &&
      (await detectContainer(reader)) === 'ER';
    if (isRecord) records.push(reader);
    else signed.push(content);
  }
  return [records, signed];
}

/**
 * The same document with the evidence records beside it, which may be over it, over what it signs, and over material that was
 * collected for it: lists and certificates that are proven to be old outlive the algorithms they were signed with.
 */
export async function withEvidenceBeside(
  reader: ByteReader,
  document: SignedDocument,
  beside: {
    readonly records: readonly ByteReader[];
    readonly signed: readonly DetachedContent[];
    readonly others: readonly Certificate[];
    readonly outside: EmbeddedMaterial;
  },
  examine: ExamineEvidenceRecord | undefined,
): Promise<SignedDocument> {
  const { signatures, timestamps } = document;
  const whole: EvidencedObject = {
    name: 'document',
    content: contentOfReader(reader, 'document'),
    covers: [...idsOfSignatures(signatures), ...timestamps.map(({ id }) => id), ...idsOfMaterial(document.material)],
  };
  const objects = [whole, ...beside.signed.map((content) => ({ content: contentOfDetached(content), covers: [] }))];
  const candidates = [...readCertificates(document.material.certificates), ...beside.others];
  const material = () => objectsOfMaterial(beside.outside);
  const found: EvidenceRecordFacts[] = [];
  for (const record of beside.records) {
    const octets = await readWhole(record, largestWhole);
    const facts = await readEvidenceRecord(examine, { source: { octets }, objects, over: 'any', candidates });
    if (isOverSomething(facts)) found.push(facts);
    else {
      const ofMaterial = { source: { octets }, objects: material(), over: 'any' as const, candidates };
      const other = await readEvidenceRecord(examine, ofMaterial);
      found.push(isOverSomething(other) ? other : facts);
    }
  }
  return { ...document, evidenceRecords: [...document.evidenceRecords, ...found] };
}

const isOverSomething = ({ references }: EvidenceRecordFacts) =>
  references.some(({ kind, found, intact }) => kind === 'EVIDENCED_OBJECT' && found && intact);

function objectsOfMaterial({ certificates, crls, ocspResponses }: EmbeddedMaterial): EvidencedObject[] {
  return [
    ...[...certificates, ...crls].map((der) => ({ content: contentOfBytes(der), covers: [idOfEncoding(der)] })),
    ...ocspResponses.map((der) => ({
      content: contentOfBytes(der),
      covers: idsOfMaterial({ ...noMaterial, ocspResponses: [der] }),
    })),
  ];
}
