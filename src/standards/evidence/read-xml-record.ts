import { FormatError, unlessMalformed } from '../../base/index.ts';
import { readTimestampToken } from '../formats/tsp/index.ts';
import {
  attributeOf,
  base64Octets,
  type Canonicalization,
  canonicalize,
  childElements,
  digestNamed,
  readCanonicalization,
  readTree,
  type TreeDocument,
  type TreeElement,
  textWithin,
} from '../formats/xmldsig/index.ts';
import type {
  ArchiveTimestamp,
  ArchiveTimestampChain,
  CryptographicMaterial,
  EvidenceRecord,
} from './evidence-record.ts';
import { limits } from './limits.ts';
import { UnsupportedRecord } from './unsupported-record.ts';

const namespace = 'urn:ietf:params:xml:ns:ers';

/**
 * Reads an evidence record in XML (RFC 6283 2.1), in a document of its own or inside another.
 * @param record the EvidenceRecord element of `document`
 * @throws FormatError, UnsupportedRecord
 */
export function readXmlRecord(document: TreeDocument, record: TreeElement): EvidenceRecord {
  if (record.name !== 'EvidenceRecord' || record.namespace !== namespace) throw malformed('no EvidenceRecord');
  if (childElements(record, 'EncryptionInformation', namespace).length > 0)
    throw new UnsupportedRecord('evidence over encrypted data');
  const sequence = theOne(record, 'ArchiveTimeStampSequence');
  const chains = inOrder(childElements(sequence, 'ArchiveTimeStampChain', namespace), limits.chains);
  if (3 * (chains.length - 1) * sequence.size > limits.hashed) throw malformed('too many chains for its length');
  return {
    type: 'XML_EVIDENCE_RECORD',
    chains: chains.map((chain, index) => readChain(document, sequence, chain, chains.slice(index))),
    cryptoInfos: [],
  };
}

function readChain(
  document: TreeDocument,
  sequence: TreeElement,
  chain: TreeElement,
  fromHere: readonly TreeElement[],
): ArchiveTimestampChain {
  const method = readCanonicalization(theOne(chain, 'CanonicalizationMethod'));
  if (!method) throw new UnsupportedRecord('an unknown canonicalisation');
  return {
    digestAlgorithm: digestNamed(attributeOf(theOne(chain, 'DigestMethod'), 'Algorithm') ?? ''),
    archiveTimestamps: archiveTimestampsOf(chain).map((element) => readArchiveTimestamp(document, element, method)),
    precedingSequence: encodingsOfSequence(document, sequence, fromHere, method),
    canonicalForm: (octets) => canonicalForm(octets, method),
  };
}

/** RFC 6283 4.2.2: the sequence with the chains so far; what stood between the later ones may have stayed, or not. */
function encodingsOfSequence(
  document: TreeDocument,
  sequence: TreeElement,
  later: readonly TreeElement[],
  method: Canonicalization,
): Uint8Array[] {
  const chains = childElements(sequence, 'ArchiveTimeStampChain', namespace);
  const kept = chains.filter((chain) => !later.includes(chain));
  const last = kept.at(-1);
  if (!last) return [];
  const end = sequence.children.indexOf(last);
  const selections = [
    (index: number) => index <= end,
    (index: number) => kept.some((chain) => chain === sequence.children[index]),
    (index: number) => !later.some((chain) => chain === sequence.children[index]),
  ];
  return selections.map((isKept) => {
    const apex = { ...sequence, children: sequence.children.filter((_, index) => isKept(index)) };
    return canonicalize({ document, apex, comments: true }, method);
  });
}

function archiveTimestampsOf(chain: TreeElement): TreeElement[] {
  return inOrder(childElements(chain, 'ArchiveTimeStamp', namespace), limits.timestamps);
}

function readArchiveTimestamp(
  document: TreeDocument,
  element: TreeElement,
  method: Canonicalization,
): ArchiveTimestamp {
  const timestamp = theOne(element, 'TimeStamp');
  const holder = theOne(timestamp, 'TimeStampToken');
  if (attributeOf(holder, 'Type') !== 'RFC3161') throw new UnsupportedRecord('a time-stamp that is none of RFC 3161');
  const token = base64Octets(textWithin(holder));
  const { imprint } = readTimestampToken(token);
  const [tree] = childElements(element, 'HashTree', namespace);
  return {
    hashTree: tree ? readHashTree(tree) : [],
    token,
    imprint,
    keepsAlgorithm: true,
    material: materialOf(timestamp),
    encodings: [canonicalize({ document, apex: timestamp, comments: true }, method)],
  };
}

function readHashTree(tree: TreeElement): Uint8Array[][] {
  const lists = inOrder(childElements(tree, 'Sequence', namespace), limits.hashValues).map((list) =>
    childElements(list, 'DigestValue', namespace).map((value) => base64Octets(textWithin(value))),
  );
  if (lists.reduce((sum, list) => sum + list.length, 0) > limits.hashValues)
    throw malformed('a hash tree of too many values');
  if (lists.some((list) => list.length === 0)) throw malformed('an empty list in a hash tree');
  return lists;
}

/** RFC 6283 3.1.2: CryptographicInformation by its Type. */
function materialOf(timestamp: TreeElement): CryptographicMaterial {
  const pieces = childElements(timestamp, 'CryptographicInformationList', namespace)
    .flatMap((element) => childElements(element, 'CryptographicInformation', namespace))
    .map((element) => ({ type: attributeOf(element, 'Type'), octets: base64Octets(textWithin(element)) }));
  const of = (type: string) => pieces.filter((piece) => piece.type === type).map(({ octets }) => octets);
  return { certificates: of('CERT'), crls: of('CRL'), ocspResponses: of('OCSP') };
}

/** Elements by their Order, which counts from 1 without gaps (RFC 6283 2.1). */
function inOrder(elements: readonly TreeElement[], most: number): TreeElement[] {
  if (elements.length === 0 || elements.length > most) throw malformed('none of an element, or too many');
  const sorted = [...elements].sort((one, other) => orderOf(one) - orderOf(other));
  if (sorted.some((element, index) => orderOf(element) !== index + 1)) throw malformed('an Order with gaps');
  return sorted;
}

function orderOf(element: TreeElement): number {
  const order = attributeOf(element, 'Order') ?? '';
  return /^\+?0*[1-9]\d{0,6}$/.test(order) ? Number(order) : 0;
}

function theOne(parent: TreeElement, name: string): TreeElement {
  const [element, another] = childElements(parent, name, namespace);
  if (!element || another) throw malformed(`not exactly one ${name}`);
  return element;
}

/** An object in XML as the chain's canonicalisation writes it; undefined for what is no XML. */
function canonicalForm(octets: Uint8Array, method: Canonicalization): Uint8Array | undefined {
  if (octets.length > limits.canonicalised) return undefined;
  return unlessMalformed(() => {
    const document = readTree(octets);
    return canonicalize({ document, apex: document, comments: true }, method);
  });
}

function malformed(detail: string): FormatError {
  return new FormatError('XML evidence record', detail);
}
