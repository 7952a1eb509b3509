import { FormatError } from '../../../base/index.ts';
import type { DigestName } from '../x509/index.ts';
import { digestNamed } from './algorithms.ts';
import { type Canonicalization, canonicalizationNamed } from './canonicalize.ts';
import { attributeOf, childElements, type TreeElement, textWithin } from './xml-tree.ts';

/** The namespace of XML Signature. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

const exclusiveNamespace = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const mostReferences = 5000;

/** A ds:Signature taken apart (XMLDSig 1.1 4). */
export interface XmlSignature {
  readonly element: TreeElement;
  readonly id: string | undefined;
  readonly signedInfo: TreeElement;
  /** Undefined: a canonicalisation that we do not know. */
  readonly canonicalization: Canonicalization | undefined;
  readonly signatureMethod: string;
  readonly references: readonly XmlReference[];
  readonly valueElement: TreeElement;
  readonly value: Uint8Array;
  readonly keyInfo: TreeElement | undefined;
  readonly objects: readonly TreeElement[];
}

/** A ds:Reference, of a SignedInfo or a Manifest (XMLDSig 1.1 4.4.3). */
export interface XmlReference {
  readonly element: TreeElement;
  readonly id: string | undefined;
  /** Undefined: the attribute is not there. */
  readonly uri: string | undefined;
  readonly type: string | undefined;
  readonly transforms: readonly TreeElement[];
  /** Undefined: an algorithm we do not know. */
  readonly digestAlgorithm: DigestName | undefined;
  readonly digest: Uint8Array;
}

/**
 * Takes a ds:Signature apart. Its parts stand once each, as the schema has it: a second SignedInfo is not passed over.
 * @throws FormatError
 */
export function readSignatureElement(element: TreeElement): XmlSignature {
  const signedInfo = only(element, 'SignedInfo');
  const valueElement = only(element, 'SignatureValue');
  const [keyInfo, anotherKeyInfo] = parts(element, 'KeyInfo');
  if (anotherKeyInfo) throw malformed('several KeyInfo');
  return {
    element,
    id: attributeOf(element, 'Id'),
    signedInfo,
    canonicalization: readCanonicalization(only(signedInfo, 'CanonicalizationMethod')),
    signatureMethod: attributeOf(only(signedInfo, 'SignatureMethod'), 'Algorithm') ?? '',
    references: readReferences(signedInfo),
    valueElement,
    value: base64Octets(textWithin(valueElement)),
    keyInfo,
    objects: parts(element, 'Object'),
  };
}

/**
 * The references of a SignedInfo or Manifest.
 * @throws FormatError
 */
export function readReferences(holder: TreeElement): XmlReference[] {
  const elements = parts(holder, 'Reference');
  if (elements.length > mostReferences) throw malformed('too many references');
  return elements.map((element) => ({
    element,
    id: attributeOf(element, 'Id'),
    uri: attributeOf(element, 'URI'),
    type: attributeOf(element, 'Type'),
    transforms: parts(element, 'Transforms').flatMap((transforms) => parts(transforms, 'Transform')),
    ...readDigest(element),
  }));
}

/** DigestMethod and DigestValue of an element: a reference, or a certificate's digest (in XAdES 1.1.1 of its own namespace). */
export function readDigest(
  element: TreeElement,
  older?: string,
): { digestAlgorithm: DigestName | undefined; digest: Uint8Array } {
  const isOlder = older !== undefined && childElements(element, 'DigestMethod', older).length > 0;
  const namespace = isOlder ? older : signatureNamespace;
  return {
    digestAlgorithm: digestNamed(attributeOf(only(element, 'DigestMethod', namespace), 'Algorithm') ?? ''),
    digest: base64Octets(textWithin(only(element, 'DigestValue', namespace))),
  };
}

/** The canonicalisation that an element with an Algorithm names, with its InclusiveNamespaces. */
export function readCanonicalization(element: TreeElement): Canonicalization | undefined {
  const method = canonicalizationNamed(attributeOf(element, 'Algorithm') ?? '');
  const [inclusive] = childElements(element, 'InclusiveNamespaces', exclusiveNamespace);
  if (!method || !inclusive || method.form !== 'exclusive') return method;
  const prefixes = (attributeOf(inclusive, 'PrefixList') ?? '').split(/\s+/).filter((prefix) => prefix !== '');
  return { ...method, inclusivePrefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

/**
 * Octets written in base64, with white space anywhere.
 * @throws FormatError
 */
export function base64Octets(text: string): Uint8Array {
  const packed = text.replace(/[\s]+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw malformed('something that is no base64');
  return Buffer.from(packed, 'base64');
}

function parts(element: TreeElement, name: string): TreeElement[] {
  return childElements(element, name, signatureNamespace);
}

function only(element: TreeElement, name: string, namespace = signatureNamespace): TreeElement {
  const [first, another] = childElements(element, name, namespace);
  if (!first) throw malformed(`no ${name}`);
  if (another) throw malformed(`several ${name}`);
  return first;
}

function malformed(detail: string): FormatError {
  return new FormatError('XML signature', detail);
}
