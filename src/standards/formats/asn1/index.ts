export {
  type Asn1Element,
  type Asn1Limits,
  childAt,
  childrenOf,
  decodeAsn1,
  decodeWholeAsn1,
  malformed,
  skimChildren,
} from './element.ts';
export { encodeElement, encodeOid, inSetOrder, toDer } from './encode.ts';
export {
  bitOctetsOf,
  booleanOf,
  integerOf,
  integerOfContent,
  isContext,
  isUniversal,
  namedBitsOf,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  setOf,
  smallIntegerOf,
  textOf,
  timeOf,
  universal,
} from './values.ts';
