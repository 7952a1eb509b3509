import { FormatError } from '../../../base/index.ts';
import { type Asn1Element, childrenOf, encodeElement, inSetOrder, toDer, universal } from '../../formats/asn1/index.ts';
import type { Attribute, SignedData, SignerInfo } from '../../formats/cms/index.ts';
import type { Certificate, DigestName } from '../../formats/x509/index.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import { contentOfBytes, digestBytes, type SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts } from '../signed-document.ts';
import { coveredInCms } from './archive-coverage.ts';
import { cadesOids } from './attribute-oids.ts';
import { signatureId } from './cms-signature.ts';
import { type EvidencedObject, readEvidenceRecord } from './evidence-record.ts';

/** A CMS whose signers may hold evidence records. */
export interface EvidencedCms {
  readonly signedData: SignedData;
  /** What a signer signs where that is outside the CMS. */
  readonly contentOf: (signer: SignerInfo) => Promise<SignedContent | undefined>;
  readonly candidates: readonly Certificate[];
}

/** Each is over the whole CMS: what may be hashed for them is bounded. */
const mostHashed = 2 ** 28;
const mostRecords = 100;
const kinds: readonly string[] = [cadesOids.internalEvidenceRecord, cadesOids.externalEvidenceRecord];

/**
 * The evidence records among the unsigned attributes (RFC 4998 appendix A; TS 119 122-3): over the CMS as it was before
 * they came and, of the external kind, over the content outside it.
 */
export async function readCmsEvidence(
  examine: ExamineEvidenceRecord | undefined,
  { signedData, contentOf, candidates }: EvidencedCms,
): Promise<EvidenceRecordFacts[]> {
  const { contentInfo } = signedData.parts;
  const sealed = signedData.signers.map(signatureId);
  const holders = signedData.signers.flatMap((signer) =>
    signer.unsignedAttributes.filter(({ oid }) => kinds.includes(oid)).map((attribute) => ({ signer, attribute })),
  );
  const count = holders.reduce((sum, { attribute }) => sum + Math.max(1, attribute.values.length), 0);
  if (count > mostRecords || count * contentInfo.bytes.length > mostHashed)
    throw new FormatError('CMS', 'too many evidence records for its length');
  const records: EvidenceRecordFacts[] = [];
  for (const { signer, attribute } of holders) {
    const cms: EvidencedObject = {
      name: 'CMS',
      content: cmsBefore(signedData, signer, attribute),
      covers: [...sealed, ...coveredInCms(withoutLater(signedData, signer, attribute))],
    };
    const outside = attribute.oid === cadesOids.externalEvidenceRecord;
    const content = outside && signedData.content === undefined ? await contentOf(signer) : undefined;
    const objects = outside ? [cms, { name: content?.name ?? 'content', content, covers: [] }] : [cms];
    for (const { bytes: octets } of attribute.values) {
      const record = { source: { octets }, objects, over: 'each' as const, sealed, candidates };
      records.push(await readEvidenceRecord(examine, record));
    }
  }
  return records;
}

/** What of the CMS existed before an evidence record: that attribute, and those after it, came with it or later. */
function withoutLater(signedData: SignedData, signer: SignerInfo, attribute: Attribute): SignedData {
  const at = signer.unsignedAttributes.indexOf(attribute);
  const unsignedAttributes = signer.unsignedAttributes.slice(0, at).filter(({ oid }) => !kinds.includes(oid));
  return {
    ...signedData,
    signers: signedData.signers.map((one) => (one === signer ? { ...signer, unsignedAttributes } : one)),
  };
}

/**
 * The CMS as a record is over it. Attributes are a set in order of their encodings, so which stood there is tried: all but
 * the evidence records; all but this one; those before it. Likewise whether the encoding was kept or made DER.
 */
function cmsBefore(signedData: SignedData, signer: SignerInfo, attribute: Attribute): SignedContent {
  const attributes = signer.unsignedAttributes;
  const at = attributes.indexOf(attribute);
  const selections = [
    attributes.filter(({ oid }) => kinds.includes(oid)),
    [attribute],
    attributes.slice(at),
    attributes.slice(at).filter(({ oid }) => kinds.includes(oid)),
  ];
  const { contentInfo } = signedData.parts;
  const distinct = new Map(
    selections.map((left) => [left.map(({ oid, element }) => `${oid} ${element.bytes.byteOffset}`).join(), left]),
  );
  const [first, ...others] = [...distinct.values()].flatMap((left) =>
    [false, true].map((inDer) => {
      const removed = left.map(({ element }) => element);
      return hashedWhenAsked(() => withoutElements(contentInfo, removed, inDer), contentInfo.bytes.length);
    }),
  );
  return { ...(first ?? contentOfBytes(contentInfo.bytes)), alternatives: others };
}

/** Content that is made when its digest is asked for, and not kept: a CMS may be large, and has many forms. */
function hashedWhenAsked(make: () => Uint8Array, size: number): SignedContent {
  const known = new Map<DigestName, Uint8Array | undefined>();
  return {
    name: 'CMS',
    size,
    chunks: () => undefined,
    digest: async (algorithm) => {
      if (!known.has(algorithm)) known.set(algorithm, digestBytes(make(), algorithm));
      return known.get(algorithm);
    },
  };
}

/** An element without some of those inside it; what holds them is written anew, in the length form it had or in DER. */
function withoutElements(element: Asn1Element, removed: readonly Asn1Element[], inDer: boolean): Uint8Array {
  if (!removed.some((one) => isInside(one, element))) return inDer ? toDer(element) : element.bytes;
  const kept = childrenOf(element).filter((child) => !removed.some((one) => isInside(child, one)));
  const parts = kept.map((child) => withoutElements(child, removed, inDer)).filter(({ length }) => length > 0);
  if (parts.length === 0) return new Uint8Array(); // no attribute is left: neither is their set
  const identifier = element.bytes[0] ?? 0;
  if (element.bytes[1] === 0x80 && !inDer)
    return Buffer.concat([Uint8Array.of(identifier, 0x80), ...parts, Uint8Array.of(0, 0)]);
  const isSet = element.tagClass === 0 && element.tag === universal.set;
  return encodeElement(identifier, ...(isSet && inDer ? inSetOrder(parts) : parts));
}

/** Elements are views of one buffer: one is inside another by where it lies. */
function isInside({ bytes }: Asn1Element, { bytes: outer }: Asn1Element): boolean {
  const end = bytes.byteOffset + bytes.length;
  return (
    bytes.buffer === outer.buffer && bytes.byteOffset >= outer.byteOffset && end <= outer.byteOffset + outer.length
  );
}
