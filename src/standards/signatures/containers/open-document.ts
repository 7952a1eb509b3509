import { type ByteReader, FormatError, readWhole } from '../../../base/index.ts';
import { readSignedData } from '../../formats/cms/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import { type EmbeddedMaterial, noMaterial } from '../embedded-material.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import type { DetachedContent } from '../signed-content.ts';
import type { ContainerKind, DocumentErrorCode, SignedDocument } from '../signed-document.ts';
import { readAsicDocument } from './asic-document.ts';
import { readCmsDocument } from './cms-document.ts';
import { detectContainer } from './detect-container.ts';
import { partEvidence, readEvidenceDocument, withEvidenceBeside } from './evidence-document.ts';
import { readJwsDocument } from './jws-document.ts';
import { largestWhole } from './largest-whole.ts';
import { readPdfDocument } from './pdf-document.ts';
import { readTimestampDocument } from './timestamp-document.ts';
import { readXmlDocument } from './xml-document.ts';

/** What helps to open a document, beside what lies in it. */
export interface OpeningHelp {
  /** Certificates among which a signer that is only named may be. */
  readonly anchors?: readonly Certificate[];
  /** Material collected elsewhere, which evidence records among the contents may be over. */
  readonly outside?: EmbeddedMaterial;
}

/**
 * Turns a document of any kind into a SignedDocument. A document that breaks its format has no signatures and an error.
 * @param anchors certificates that a XAdES signature may name without bringing them
 */
export async function openDocument(
  reader: ByteReader,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
  { anchors = [], outside = noMaterial }: OpeningHelp = {},
): Promise<SignedDocument> {
  const container = await detectContainer(reader);
  if (container === 'ER') return readEvidenceDocument(reader, contents, others, examine);
  const [records, signed] = await partEvidence(contents);
  const document = await openSigned(container, reader, signed, others, examine, anchors);
  return records.length === 0
    ? document
    : withEvidenceBeside(reader, document, { records, signed, others, outside }, examine);
}

async function openSigned(
  container: ContainerKind,
  reader: ByteReader,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
  anchors: readonly Certificate[],
): Promise<SignedDocument> {
  try {
    return await openAs(container, reader, contents, others, examine, anchors);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return closed(container, 'DOCUMENT_BROKEN', `The document does not keep to its format (${error.message}).`);
  }
}

async function openAs(
  container: ContainerKind,
  reader: ByteReader,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
  anchors: readonly Certificate[],
): Promise<SignedDocument> {
  switch (container) {
    case 'PDF':
      return readPdfDocument(reader, others, examine);
    case 'ASiC-S':
    case 'ASiC-E':
      return readAsicDocument(reader, others, examine, anchors);
    case 'CMS':
    case 'TSP': {
      if (reader.size > largestWhole)
        return closed(container, 'DOCUMENT_TOO_LARGE', 'The signature is larger than what is read whole.');
      const bytes = await readWhole(reader, largestWhole);
      if (container === 'TSP') return readTimestampDocument(bytes, contents, others);
      return readCmsDocument(readSignedData(bytes), contents, others, examine);
    }
    case 'XML': {
      if (reader.size > largestWhole)
        return closed(container, 'DOCUMENT_TOO_LARGE', 'The signature is larger than what is read whole.');
      return readXmlDocument(await readWhole(reader, largestWhole), contents, [...others, ...anchors], examine);
    }
    case 'JWS': {
      if (reader.size > largestWhole)
        return closed(container, 'DOCUMENT_TOO_LARGE', 'The signature is larger than what is read whole.');
      return readJwsDocument(await readWhole(reader, largestWhole), contents, others);
    }
    case 'ER': // read as such above
    case 'none':
      return { container, signatures: [], evidenceRecords: [], timestamps: [], material: noMaterial };
  }
}

function closed(container: ContainerKind, code: DocumentErrorCode, message: string): SignedDocument {
  return {
    container,
    signatures: [],
    evidenceRecords: [],
    timestamps: [],
    material: noMaterial,
    error: { code, message },
  };
}
