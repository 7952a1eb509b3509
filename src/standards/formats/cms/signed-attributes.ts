import { childrenOf, encodeElement, inSetOrder, octetsOf, timeOf, toDer } from '../asn1/index.ts';
import { type Attribute, cmsOids, type SignerInfo } from './signed-data.ts';

/**
 * What the signature value is over when there are signed attributes: their SET OF in DER, however the file writes it
 * (RFC 5652 5.4; trap 1).
 */
export function signedAttributesEncoding({ signedAttributes }: SignerInfo): Uint8Array | undefined {
  if (!signedAttributes) return undefined;
  return encodeElement(0x31, ...inSetOrder(childrenOf(signedAttributes.element).map(toDer)));
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
