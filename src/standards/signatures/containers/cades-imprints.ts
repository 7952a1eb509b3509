import { createHash } from 'node:crypto';
import { type Asn1Element, childrenOf, encodeElement, octetsOf, sequenceOf, toDer } from '../../formats/asn1/index.ts';
import type { Attribute, SignedData, SignerInfo } from '../../formats/cms/index.ts';
import { digestOfEncoding } from '../../formats/revocation/index.ts';
import type { TimestampToken } from '../../formats/tsp/index.ts';
import { type DigestName, digestNameOf, nodeDigest, readAlgorithm } from '../../formats/x509/index.ts';
import { digestBytes, type SignedContent } from '../signed-content.ts';
import { cadesOids } from './attribute-oids.ts';
import { tokenOf } from './token-of.ts';

/** What the archive time-stamps of a signer are over. */
export interface ArchivedSigner {
  readonly signedData: SignedData;
  readonly signer: SignerInfo;
  readonly content: SignedContent | undefined;
}

/** Signature value, signature time-stamps, references (EN 319 122-1 A.1.5.1); references alone (A.1.5.2). */
export function referencesImprint(
  { signer }: ArchivedSigner,
  algorithm: DigestName,
  withSignature: boolean,
): Uint8Array | undefined {
  const of = (oid: string) =>
    signer.unsignedAttributes.filter((attribute) => attribute.oid === oid).flatMap(typeAndValues);
  const parts = [
    ...(withSignature ? [signer.signature, ...of(cadesOids.signatureTimestamp)] : []),
    ...of(cadesOids.certificateReferences),
    ...of(cadesOids.revocationReferences),
  ];
  return digestBytes(Buffer.concat(parts), algorithm);
}

function typeAndValues({ element }: Attribute): Uint8Array[] {
  return childrenOf(element).map(toDer);
}

/** What an archive time-stamp of the third form says that it covers (EN 319 122-1 5.5.2). */
export interface HashIndex {
  readonly algorithm: DigestName;
  readonly certificates: ReadonlySet<string>;
  readonly revocation: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  readonly version: 1 | 2 | 3;
  readonly der: Uint8Array;
}

const indexVersions: Readonly<Record<string, 1 | 2 | 3>> = {
  [cadesOids.hashIndexV1]: 1,
  [cadesOids.hashIndexV2]: 2,
  [cadesOids.hashIndexV3]: 3,
};

/** The hash index among the unsigned attributes of an archive time-stamp's own signer. */
export function hashIndexOf(token: TimestampToken): HashIndex | undefined {
  const attribute = token.signedData.signers[0]?.unsignedAttributes.find(({ oid }) => indexVersions[oid] !== undefined);
  const [value] = attribute?.values ?? [];
  const version = attribute && indexVersions[attribute.oid];
  if (!value || !version) return undefined;
  const parts = sequenceOf(value, 'an ATSHashIndex');
  const named = parts.length > 3 ? readAlgorithm(parts.shift()).oid : undefined;
  const algorithm = named === undefined ? 'SHA256' : digestNameOf(named);
  const [certificates, revocation, attributes] = parts.map(
    (list) => new Set(childrenOf(list).map((hash) => hexOf(octetsOf(hash)))),
  );
  if (!algorithm || !certificates || !revocation || !attributes) return undefined;
  return { algorithm, certificates, revocation, attributes, version, der: toDer(value) };
}

/** The imprint of the third form (EN 319 122-1 5.5.3): type, digest of the content, fields of the signer, the index. */
export async function archiveImprintV3(
  { signedData, signer, content }: ArchivedSigner,
  algorithm: DigestName,
  index: HashIndex,
): Promise<Uint8Array | undefined> {
  const digest = await content?.digest(algorithm);
  const [type] = childrenOf(signedData.parts.encapsulated);
  if (!digest || !type) return undefined;
  const fields = childrenOf(signer.element).filter((part) => !isUnsigned(part));
  return digestBytes(Buffer.concat([type.bytes, digest, ...fields.map(toDer), index.der]), algorithm);
}

/** Hashes that the index may name an attribute by: each value with its type, or (older) the attribute whole. */
export function attributeHashes({ element, values }: Attribute, { algorithm, version }: HashIndex): string[] {
  const [type] = childrenOf(element);
  if (version < 3 || !type) return [hashHex(element.bytes, algorithm), hashHex(toDer(element), algorithm)];
  return values.map((value) => hashHex(Buffer.concat([type.bytes, value.bytes]), algorithm));
}

/** Whether every entry of the index is found in the CMS (trap 10): one that is not protects nothing. */
export function isIndexFound({ signedData, signer }: ArchivedSigner, index: HashIndex): boolean {
  const { certificates, crls } = signedData.parts;
  const hashes = (holder: Asn1Element | undefined) =>
    new Set((holder ? childrenOf(holder) : []).map(({ bytes }) => hashHex(bytes, index.algorithm)));
  const attributes = new Set(signer.unsignedAttributes.flatMap((attribute) => attributeHashes(attribute, index)));
  return (
    isWithin(index.certificates, hashes(certificates)) &&
    isWithin(index.revocation, hashes(crls)) &&
    isWithin(index.attributes, attributes)
  );
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((one) => all.has(one));
}

function isUnsigned({ tagClass, tag }: Asn1Element): boolean {
  return tagClass === 2 && tag === 1;
}

/**
 * The imprint of the second form (TS 101 733 6.4.1; trap 9): producers differ in whether BER stays as it was and whether
 * the tag of the unsigned attributes counts, so each way is tried until one gives `expected`.
 * @returns the one that fits, else the first; undefined when the content is not at hand
 */
export async function archiveImprintV2(
  archived: ArchivedSigner,
  algorithm: DigestName,
  { imprint: expected, productionTime }: TimestampToken,
): Promise<Uint8Array | undefined> {
  let first: Uint8Array | undefined;
  for (const encode of [asFound, toDer])
    for (const imprint of await imprintsV2(archived, algorithm, productionTime, encode)) {
      if (Buffer.compare(imprint, expected) === 0) return imprint;
      first ??= imprint;
    }
  return first;
}

function asFound({ bytes }: Asn1Element): Uint8Array {
  return bytes;
}

/** The imprint with the tag of the unsigned attributes, and without. */
async function imprintsV2(
  { signedData, signer, content }: ArchivedSigner,
  algorithm: DigestName,
  productionTime: Date,
  encode: (element: Asn1Element) => Uint8Array,
): Promise<Uint8Array[]> {
  const named = nodeDigest(algorithm);
  if (!named) return [];
  const hash = createHash(named);
  const { encapsulated, certificates, crls } = signedData.parts;
  hash.update(encode(encapsulated));
  if (signedData.content === undefined) {
    const chunks = content?.chunks();
    if (!chunks) return [];
    for await (const chunk of chunks) hash.update(chunk);
  }
  for (const part of [certificates, crls]) if (part) hash.update(encode(part));
  for (const part of childrenOf(signer.element)) if (!isUnsigned(part)) hash.update(encode(part));
  const earlier = signer.unsignedAttributes
    .filter((attribute) => isEarlier(attribute, productionTime))
    .map(({ element }) => encode(element));
  const tagged = hash.copy().update(encodeElement(0xa1, ...earlier));
  for (const attribute of earlier) hash.update(attribute);
  return [tagged.digest(), hash.digest()];
}

/** An archive time-stamp covers those before it, not itself nor later ones. */
export function isEarlier({ oid, values }: Attribute, productionTime: Date): boolean {
  if (oid !== cadesOids.archiveTimestampV2 && oid !== cadesOids.archiveTimestampV3) return true;
  const token = values[0] && tokenOf(values[0].bytes);
  return token !== undefined && token.productionTime < productionTime;
}

function hashHex(bytes: Uint8Array, algorithm: DigestName): string {
  const digest = digestOfEncoding(bytes, algorithm);
  return digest ? hexOf(digest) : '';
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
