import { type Asn1Element, childrenOf, encodeElement, isContext } from '../formats/asn1/index.ts';
import { readSignedData } from '../formats/cms/index.ts';
import { retagged, setOf } from '../formats/der/index.ts';
import { attribute } from './signed-data.ts';

/** RFC 4998 appendix A: over the CMS alone, or over what is signed outside of it as well. */
const oids = { internal: '1.2.840.113549.1.9.16.2.49', external: '1.2.840.113549.1.9.16.2.50' } as const;

/**
 * Puts an evidence record among the unsigned attributes of a signer (RFC 4998 appendix A; TS 119 122-3): as internal where
 * the CMS encloses its content, else as external. Nothing else changes, so that what the record is over can be had again
 * by taking the attribute away.
 * @param cms ContentInfo with SignedData
 * @param record EvidenceRecord over `cms` as it is and, of a detached signature, its content, as one data-object group
 * @param position of the signer among the SignerInfos
 * @throws FormatError for what is no CMS; RangeError when there is no such signer
 */
export function embedInCades(cms: Uint8Array, record: Uint8Array, position = 0): Uint8Array {
  const { signers, content, parts } = readSignedData(cms);
  const signer = signers[position]?.element.bytes;
  if (!signer) throw new RangeError(`the CMS has no signer ${position}`);
  const evidence = attribute(content === undefined ? oids.external : oids.internal, record);
  return withAttribute(parts.contentInfo, signer, evidence);
}

/** The element with the attribute in the SignerInfo inside it; elements are views of one buffer. */
function withAttribute(element: Asn1Element, signer: Uint8Array, evidence: Uint8Array): Uint8Array {
  const { bytes } = element;
  if (bytes.byteOffset === signer.byteOffset && bytes.length === signer.length) return enlarged(element, evidence);
  const holdsIt = bytes.byteOffset <= signer.byteOffset && signer.byteOffset < bytes.byteOffset + bytes.length;
  return holdsIt
    ? rewritten(
        element,
        childrenOf(element).map((child) => withAttribute(child, signer, evidence)),
      )
    : bytes;
}

/** The new attribute comes last: unsigned attributes need not be DER, and those before may have been hashed as they stand. */
function enlarged(signer: Asn1Element, evidence: Uint8Array): Uint8Array {
  const members = childrenOf(signer);
  const last = members.at(-1);
  if (!isContext(last, 1)) return rewritten(signer, [...members.map(bytesOf), retagged(0xa1, setOf([evidence]))]);
  const unsigned = rewritten(last, [...childrenOf(last).map(bytesOf), evidence]);
  return rewritten(signer, [...members.slice(0, -1).map(bytesOf), unsigned]);
}

/** Other contents in the length form that the element had: an indefinite length says nothing of its contents. */
function rewritten({ bytes }: Asn1Element, contents: readonly Uint8Array[]): Uint8Array {
  const [identifier = 0, length] = bytes;
  if (length === 0x80) return Buffer.concat([Uint8Array.of(identifier, 0x80), ...contents, Uint8Array.of(0, 0)]);
  return encodeElement(identifier, ...contents);
}

const bytesOf = ({ bytes }: Asn1Element): Uint8Array => bytes;
