import {
  BitString,
  Boolean as BooleanBlock,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  UTCTime,
  Utf8String,
} from 'asn1js';
import { encodeElement, inSetOrder } from '../asn1/index.ts';

/**
 * Writing DER (X.690 clause 10). Every function gives an encoded element, so that what exists already (a certificate, a
 * name, a token) goes in byte for byte.
 */
export type Der = Uint8Array;

export const sequence = (...elements: readonly (Der | undefined)[]): Der => constructed(0x30, elements);

/** SET OF: the elements in ascending order of their encodings (X.690 11.6). */
export function setOf(elements: readonly Der[]): Der {
  return constructed(0x31, inSetOrder(elements));
}

/** `[tag] EXPLICIT`, or the members of an implicitly tagged SEQUENCE or SET: constructed, context class. */
export const tagged = (tag: number, ...elements: readonly (Der | undefined)[]): Der =>
  constructed(0xa0 | tag, elements);

/** `[tag] IMPLICIT` of something primitive. */
export const taggedPrimitive = (tag: number, value: Uint8Array): Der => encodeElement(0x80 | tag, value);

/** An encoded element under another identifier octet: `[0] IMPLICIT SET OF` for a SET, and back. */
export function retagged(identifier: number, element: Der): Der {
  const copy = Uint8Array.from(element);
  copy[0] = identifier;
  return copy;
}

export const oid = (value: string): Der => encoded(new ObjectIdentifier({ value }));
export const integer = (value: number | bigint): Der => encoded(Integer.fromBigInt(BigInt(value)));
export const enumerated = (value: number): Der => encodeElement(0x0a, Uint8Array.of(value));
export const boolean = (value: boolean): Der => encoded(new BooleanBlock({ value }));
export const nullElement = (): Der => encoded(new Null());
export const octetString = (value: Uint8Array): Der => encoded(new OctetString({ valueHex: value }));
export const utf8String = (value: string): Der => encoded(new Utf8String({ value }));
export const printableString = (value: string): Der => encoded(new PrintableString({ value }));
export const bitString = (value: Uint8Array, unusedBits = 0): Der =>
  encoded(new BitString({ valueHex: value, unusedBits }));

/** A BIT STRING of named bits: trailing zero bits are left out (X.690 11.2.2). */
export function namedBits(bits: readonly number[]): Der {
  if (bits.length === 0) return bitString(new Uint8Array(0));
  const last = Math.max(...bits);
  const octets = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(octets, 7 - (last & 7));
}

/** Time as certificates, CRLs and signing-time want it: UTCTime through 2049, then GeneralizedTime (RFC 5280 4.1.2.5). */
export function time(moment: Date): Der {
  const year = moment.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? encoded(new UTCTime({ valueDate: toSecond(moment) }))
    : generalizedTime(toSecond(moment));
}

/** GeneralizedTime; a fraction is written without trailing zeros, and not at all when it is zero (X.690 11.7). */
export function generalizedTime(moment: Date): Der {
  const [whole = '', fraction = ''] = moment.toISOString().slice(0, -1).split('.');
  const digits = fraction.replace(/0{1,3}$/, '');
  if (digits === '') return encoded(new GeneralizedTime({ valueDate: moment }));
  return encodeElement(0x18, Buffer.from(`${whole.replace(/[-:T]/g, '')}.${digits}Z`, 'latin1'));
}

const toSecond = (moment: Date) => new Date(Math.floor(moment.getTime() / 1000) * 1000);

function encoded(block: { toBER(): ArrayBuffer }): Der {
  return new Uint8Array(block.toBER());
}

function constructed(identifier: number, elements: readonly (Der | undefined)[]): Der {
  return encodeElement(identifier, ...elements.filter((element) => element !== undefined));
}
