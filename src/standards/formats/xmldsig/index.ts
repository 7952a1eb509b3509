export { digestNamed, signatureNamed, verifiableValue } from './algorithms.ts';
export {
  type Canonicalization,
  canonicalize,
  type NodeSelection,
  standardCanonicalization,
} from './canonicalize.ts';
export {
  type Dereferenced,
  dereference,
  type OutsideContent,
  octetsOfNodes,
  type ReferenceContext,
  spend,
} from './dereference.ts';
export { readTree } from './read-tree.ts';
export {
  base64Octets,
  readCanonicalization,
  readDigest,
  readReferences,
  readSignatureElement,
  signatureNamespace,
  type XmlReference,
  type XmlSignature,
} from './signature-element.ts';
export {
  attributeOf,
  childElements,
  elementsWithin,
  isWithin,
  type TreeDocument,
  type TreeElement,
  textWithin,
} from './xml-tree.ts';
