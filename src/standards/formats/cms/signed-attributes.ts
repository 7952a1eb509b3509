import { encodeElement, inSetOrder, octetsOf, timeOf } from '../asn1/index.ts';
import { type Attribute, cmsOids, type SignerInfo } from './signed-data.ts';

/**
 * What the signature value is over when there are signed attributes: their SET OF, not the `[0]` of the file
 * (RFC 5652 5.4). First as found, then in DER's order, for producers that signed the one and wrote the other.
 */
export function signedAttributeEncodings({ signedAttributes }: SignerInfo): Uint8Array[] {
  if (!signedAttributes) return [];
  const { attributes, element } = signedAttributes;
  const asFound = encodeElement(0x31, element.content);
  const sorted = encodeElement(0x31, ...inSetOrder(attributes.map(({ bytes }) => bytes)));
  return Buffer.compare(asFound, sorted) === 0 ? [asFound] : [asFound, sorted];
}

/** The signed attributes with this identifier. */
export function signedAttributesOf({ signedAttributes }: SignerInfo, oid: string): Attribute[] {
  return (signedAttributes?.attributes ?? []).filter((attribute) => attribute.oid === oid);
}

/** The one message-digest attribute; undefined when there is none, several, or several values (RFC 5652 11.2). */
export function messageDigestOf(signer: SignerInfo): Uint8Array | undefined {
  const [attribute, other] = signedAttributesOf(signer, cmsOids.messageDigest);
  const [value, another] = attribute?.values ?? [];
  return value && !other && !another ? octetsOf(value) : undefined;
}

/** The claimed signing time (RFC 5652 11.3). */
export function signingTimeOf(signer: SignerInfo): Date | undefined {
  const [attribute] = signedAttributesOf(signer, cmsOids.signingTime);
  const [value] = attribute?.values ?? [];
  return value && timeOf(value);
}
