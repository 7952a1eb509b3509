import {
  type Asn1Limits,
  decodeWholeAsn1,
  encodeElement,
  encodeOid,
  isUniversal,
  namedBitsOf,
  sequenceOf,
  smallIntegerOf,
  textOf,
  universal,
} from '../asn1/index.ts';
import { type DigestName, digestOid } from '../x509/index.ts';

const sequence = 0x30;

/** What a TimeStampReq asks for. */
export interface TimestampWish {
  readonly algorithm: DigestName;
  readonly imprint: Uint8Array;
  /** Comes back in the token, so that nobody answers with an old one. At most 16 octets. */
  readonly nonce: Uint8Array;
  /** OBJECT IDENTIFIER of the policy that the authority is to keep to; its own choice when left out. */
  readonly policy?: string;
}

/** A TimeStampReq that wants the authority's certificate in the token (RFC 3161 2.4.1), DER. */
export function encodeTimestampRequest({ algorithm, imprint, nonce, policy }: TimestampWish): Uint8Array {
  const oid = digestOid(algorithm);
  if (!oid) throw new Error(`no identifier for ${algorithm}`);
  const named = encodeElement(sequence, encodeOid(oid), encodeElement(universal.null));
  return encodeElement(
    sequence,
    encodeElement(universal.integer, Uint8Array.of(1)),
    encodeElement(sequence, named, encodeElement(universal.octetString, imprint)),
    ...(policy === undefined ? [] : [encodeOid(policy)]),
    encodeElement(universal.integer, positive(nonce)),
    encodeElement(universal.boolean, Uint8Array.of(0xff)),
  );
}

/** The shortest INTEGER of these octets that is not negative (X.690 8.3). */
function positive(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  const shortest = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  return (shortest[0] ?? 0) < 0x80 ? shortest : Uint8Array.of(0, ...shortest);
}

/** What an authority answered: a token, or why there is none. */
export type TimestampAnswer =
  | { readonly token: Uint8Array }
  | { readonly status: number; readonly failures: readonly string[]; readonly text: string };

const responseLimits: Asn1Limits = { bytes: 1 << 20, depth: 64, elements: 100_000 };

/**
 * Reads a TimeStampResp (RFC 3161 2.4.2). The token is not looked into.
 * @throws FormatError
 */
export function readTimestampResponse(bytes: Uint8Array): TimestampAnswer {
  const [statusInfo, token] = sequenceOf(decodeWholeAsn1(bytes, responseLimits), 'a TimeStampResp');
  const [first, ...rest] = sequenceOf(statusInfo, 'a PKIStatusInfo');
  const status = smallIntegerOf(first);
  if (status <= 1 && token) return { token: token.bytes };
  const [text] = rest.filter((member) => isUniversal(member, universal.sequence)).flatMap((one) => sequenceOf(one));
  const bits = rest.find((member) => isUniversal(member, universal.bitString));
  return { status, failures: bits ? failuresIn(bits.content) : [], text: text ? (textOf(text) ?? '') : '' };
}

/** PKIFailureInfo (RFC 3161 2.4.2). */
const failureBits: Readonly<Record<number, string>> = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
};

function failuresIn(content: Uint8Array): string[] {
  return namedBitsOf(content).map((bit) => failureBits[bit] ?? `bit ${bit}`);
}
