import { FormatError } from '../../../base/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import {
  childElements,
  elementsWithin,
  readTree,
  signatureNamespace,
  type TreeDocument,
  type TreeElement,
} from '../../formats/xmldsig/index.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import { contentOfDetached, type DetachedContent, type SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts, SignatureFacts, SignedDocument } from '../signed-document.ts';
import { readXadesEvidence, type SealedSignature } from './xades-evidence.ts';
import { materialWithin } from './xades-material.ts';
import { type OutsideFile, outsideFile } from './xml-references.ts';
import { isCounterSignature, readXmlSignature } from './xml-signature.ts';

const mostSignatures = 500;
/** How many octets are walked or written for the signatures of a document, all in all, beside a few times its own. */
const mostWork = 32 << 20;

/** Finds the content that a URI outside the document names; undefined URI: the reference has none. */
export type ContentFinder = (uri: string | undefined) => Promise<SignedContent | undefined>;

/**
 * An XML document with its signatures, wherever they stand.
 * @throws FormatError
 */
export async function readXmlDocument(
  bytes: Uint8Array,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
): Promise<SignedDocument> {
  const find = contentFinder(contents);
  const parts = await readXmlSignatures(readTree(bytes), { find, others, ...(examine ? { examine } : {}) });
  return { container: 'XML', ...parts, timestamps: [] };
}

/** Finds among the contents that were given. */
export function contentFinder(contents: readonly DetachedContent[]): ContentFinder {
  const given = contents.map(contentOfDetached);
  return async (uri) => contentNamed(given, uri);
}

/** What the signatures of a document are read with. */
export interface XmlSignatureSurroundings {
  readonly find: ContentFinder;
  readonly others: readonly Certificate[];
  readonly examine?: ExamineEvidenceRecord;
  /** How many signatures stand in files before this one. */
  readonly firstPosition?: number;
  /** Told of each signature with qualifying properties, by its position in the document. */
  readonly onSealed?: (sealed: SealedSignature, position: number) => Promise<void>;
}

/**
 * The signatures of a document that was read, their evidence records, and the material among them.
 */
export async function readXmlSignatures(
  document: TreeDocument,
  { find, others, examine, firstPosition = 0, onSealed: onEach }: XmlSignatureSurroundings,
): Promise<Pick<SignedDocument, 'signatures' | 'evidenceRecords' | 'material'>> {
  const elements = elementsWithin(document.root);
  const found = elements.filter(({ name, namespace }) => name === 'Signature' && namespace === signatureNamespace);
  if (found.length > mostSignatures) throw new FormatError('XML signature', 'too many signatures');
  const material = materialWithin(document.root);
  const candidates = [...readCertificates(material.certificates), ...others];
  const files = new Map<SignedContent, OutsideFile>();
  const signatures: SignatureFacts[] = [];
  const evidenceRecords: EvidenceRecordFacts[] = [];
  const budget = { left: mostWork + 6 * document.root.size };
  for (const [position, element] of found.entries()) {
    const counterSigned = isCounterSignature(element) ? counterSignedValue(element) : undefined;
    const context = { document, signature: element, outside: async (uri: string | undefined) => outside(uri), budget };
    const onSealed = async (sealed: SealedSignature) => {
      evidenceRecords.push(...(await readXadesEvidence(examine, sealed)));
      await onEach?.(sealed, position);
    };
    const source = { element, position: firstPosition + position, context, candidates, onSealed };
    signatures.push(await readXmlSignature(counterSigned ? { ...source, counterSigned } : source));
  }
  return { signatures, evidenceRecords, material };

  async function outside(uri: string | undefined): Promise<OutsideFile | undefined> {
    const content = await find(uri);
    if (!content) return undefined;
    const file = files.get(content) ?? outsideFile(content);
    files.set(content, file);
    return file;
  }
}

/** The SignatureValue of the signature whose unsigned properties hold a counter-signature. */
function counterSignedValue(element: TreeElement): TreeElement | undefined {
  for (let at = element.parent; at; at = at.parent)
    if (at.name === 'Signature' && at.namespace === signatureNamespace)
      return childElements(at, 'SignatureValue', signatureNamespace)[0];
  return undefined;
}

/** The content of that name, or the one there is where only one was given. */
function contentNamed(given: readonly SignedContent[], uri: string | undefined): SignedContent | undefined {
  const [only, another] = given;
  if (uri === undefined) return another ? undefined : only;
  const names = [uri, decodedUri(uri)];
  const named = given.find(({ name }) => name !== undefined && names.includes(name));
  return named ?? (another || (only?.name !== undefined && given.length > 1) ? named : only);
}

function decodedUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
