import {
  type Asn1Element,
  childrenOf,
  decodeWholeAsn1,
  encodeElement,
  inSetOrder,
  isUniversal,
  required,
  sequenceOf,
  universal,
} from '../../formats/asn1/index.ts';
import { cmsOids, readSignedData } from '../../formats/cms/index.ts';
import { enumerated, integer, octetString, oid, sequence, tagged } from '../../formats/der/index.ts';
import type { CryptographicMaterial } from '../evidence-record.ts';

/**
 * Puts validation material into a time-stamp token: certificates, CRLs, and OCSP responses as RFC 5940 has them. What the
 * token is signed over stays octet for octet: only the sets `certificates` and `crls` and the version of SignedData
 * (RFC 5652 5.1) are written anew. Only what lies in a token is under the time-stamp that renews it.
 * @param token TimeStampToken, not a response
 * @param material DER; what is there already is not put in twice
 * @throws FormatError
 */
export function enrichTimestampToken(token: Uint8Array, material: CryptographicMaterial): Uint8Array {
  const { parts } = readSignedData(token);
  const certificates = together(parts.certificates, material.certificates);
  return rewritten(
    token,
    certificates,
    together(parts.crls, [...material.crls, ...material.ocspResponses.map(otherRevocationInfo)]),
  );
}

/**
 * The token without CRLs and OCSP responses, for asking what is known of its authority now: what it carries would settle it.
 * @throws FormatError
 */
export function withoutRevocationData(token: Uint8Array): Uint8Array {
  return rewritten(token, together(readSignedData(token).parts.certificates, []), []);
}

function rewritten(token: Uint8Array, certificates: readonly Uint8Array[], crls: readonly Uint8Array[]): Uint8Array {
  const [contentType, holder] = sequenceOf(decodeWholeAsn1(token), 'a ContentInfo');
  const [, digestAlgorithms, encapsulated, ...rest] = sequenceOf(childrenOf(required(holder, 'the content'))[0]);
  const signerInfos = rest.find((part) => isUniversal(part, universal.set));
  const signedData = sequence(
    integer(versionFor(certificates, crls)),
    digestAlgorithms?.bytes,
    encapsulated?.bytes,
    certificates.length > 0 ? encodeElement(0xa0, ...certificates) : undefined,
    crls.length > 0 ? encodeElement(0xa1, ...crls) : undefined,
    signerInfos?.bytes,
  );
  return sequence(contentType?.bytes, tagged(0, signedData));
}

/** What is in a set and what comes to it, each once, in the order of DER. */
function together(set: Asn1Element | undefined, more: readonly Uint8Array[]): Uint8Array[] {
  const all = [...(set ? childrenOf(set).map(({ bytes }) => bytes) : []), ...more];
  return inSetOrder([...new Map(all.map((one) => [Buffer.from(one).toString('latin1'), one])).values()]);
}

/** OtherRevocationInfoFormat with an OCSPResponse (RFC 5940 2.1); a bare BasicOCSPResponse gets its envelope back. */
function otherRevocationInfo(response: Uint8Array): Uint8Array {
  const [first] = sequenceOf(decodeWholeAsn1(response), 'an OCSP response');
  const isWhole = isUniversal(first, universal.enumerated);
  const basic = () => sequence(oid(cmsOids.basicOcspResponse), octetString(response));
  return tagged(1, oid(cmsOids.ocspResponse), isWhole ? response : sequence(enumerated(0), tagged(0, basic())));
}

/** CMSVersion of a SignedData whose content is not id-data (RFC 5652 5.1). */
function versionFor(certificates: readonly Uint8Array[], crls: readonly Uint8Array[]): number {
  const has = (set: readonly Uint8Array[], identifier: number) => set.some(([first]) => first === identifier);
  if (has(certificates, 0xa3) || has(crls, 0xa1)) return 5; // other certificates, other revocation information
  return has(certificates, 0xa2) ? 4 : 3; // attribute certificates of version 2
}
