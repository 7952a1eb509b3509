import { type Asn1Element, childrenOf, malformed, walkChildren } from './element.ts';

/** Universal tag numbers (X.680 8.4). */
export const universal = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  objectIdentifier: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  utcTime: 23,
  generalizedTime: 24,
} as const;

/** Whether the element has this universal tag. */
export function isUniversal(element: Asn1Element | undefined, tag: number): element is Asn1Element {
  return element !== undefined && element.tagClass === 0 && element.tag === tag;
}

/** Whether the element has this context-specific tag. */
export function isContext(element: Asn1Element | undefined, tag: number): element is Asn1Element {
  return element !== undefined && element.tagClass === 2 && element.tag === tag;
}

/** The children of a SEQUENCE. */
export function sequenceOf(element: Asn1Element | undefined, what = 'a SEQUENCE'): Asn1Element[] {
  if (!isUniversal(element, universal.sequence)) throw malformed(`${what} was expected`);
  return childrenOf(element);
}

/** The children of a SET. */
export function setOf(element: Asn1Element | undefined, what = 'a SET'): Asn1Element[] {
  if (!isUniversal(element, universal.set)) throw malformed(`${what} was expected`);
  return childrenOf(element);
}

/** The element, or a FormatError when there is none. */
export function required(element: Asn1Element | undefined, what: string): Asn1Element {
  if (element === undefined) throw malformed(`${what} is missing`);
  return element;
}

const knownIdentifiers = new Map<string, string>();

/** Dotted form of an OBJECT IDENTIFIER (X.690 8.19). */
export function oidOf(element: Asn1Element | undefined): string {
  if (!isUniversal(element, universal.objectIdentifier)) throw malformed('an OBJECT IDENTIFIER was expected');
  return oidOfContent(element.content);
}

/** Dotted form from the contents octets alone. */
export function oidOfContent(content: Uint8Array): string {
  if (content.length === 0 || content.length > 128) throw malformed('not an OBJECT IDENTIFIER');
  const key = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  const known = knownIdentifiers.get(key);
  if (known !== undefined) return known;
  const dotted = dottedOf(content);
  if (knownIdentifiers.size < 10_000) knownIdentifiers.set(key, dotted);
  return dotted;
}

function dottedOf(content: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet & 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  if ((content.at(-1) ?? 0) & 0x80) throw malformed('an OBJECT IDENTIFIER ends inside an arc');
  const [joined = 0n, ...rest] = arcs;
  const first = joined < 80n ? joined / 40n : 2n;
  return [first, joined - first * 40n, ...rest].join('.');
}

/** An INTEGER of any length. */
export function integerOf(element: Asn1Element | undefined): bigint {
  if (!isUniversal(element, universal.integer) && !isUniversal(element, universal.enumerated))
    throw malformed('an INTEGER was expected');
  return integerOfContent(element.content);
}

/** An INTEGER from its contents octets. */
export function integerOfContent(content: Uint8Array): bigint {
  if (content.length === 0 || content.length > 4096) throw malformed('an INTEGER was expected');
  const value = BigInt(`0x${Buffer.from(content).toString('hex')}`);
  return (content[0] ?? 0) & 0x80 ? value - (1n << BigInt(8 * content.length)) : value;
}

/** An INTEGER small enough to count with. */
export function smallIntegerOf(element: Asn1Element | undefined): number {
  const value = integerOf(element);
  if (value > 0x7fffffffn || value < -0x7fffffffn) throw malformed('an INTEGER too large');
  return Number(value);
}

/** A BOOLEAN; any non-zero octet is TRUE in BER. */
export function booleanOf(element: Asn1Element): boolean {
  if (element.content.length !== 1) throw malformed('a BOOLEAN was expected');
  return element.content[0] !== 0;
}

/**
 * The octets of an OCTET STRING, primitive or constructed (X.690 8.7), also under an implicit tag: the chunks are
 * joined, tags and lengths left out.
 */
export function octetsOf(element: Asn1Element): Uint8Array {
  if (!element.constructed) return element.content;
  const chunks = [...walkChildren(element)].map((chunk) => {
    if (!isUniversal(chunk, universal.octetString)) throw malformed('an OCTET STRING made of something else');
    return octetsOf(chunk);
  });
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** The octets of a BIT STRING whose length is a whole number of octets (keys, signatures). */
export function bitOctetsOf(element: Asn1Element | undefined): Uint8Array {
  if (!isUniversal(element, universal.bitString) || element.constructed) throw malformed('a BIT STRING was expected');
  if (element.content.length === 0) throw malformed('a BIT STRING without its first octet');
  return element.content.subarray(1);
}

/** The named bits that are set, under any tag (X.680 22.2). */
export function namedBitsOf(content: Uint8Array): number[] {
  const bits: number[] = [];
  content.subarray(1, 9).forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit++) if (octet & (0x80 >> bit)) bits.push(index * 8 + bit);
  });
  return bits;
}

const timeForm =
  /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,](\d{1,9}))?(?:Z|([+-])(\d{2})(\d{2})?)?$/;

/** UTCTime or GeneralizedTime, to the millisecond. Years of UTCTime lie between 1950 and 2049 (RFC 5280 4.1.2.5.1). */
export function timeOf(element: Asn1Element | undefined): Date {
  if (!isUniversal(element, universal.utcTime) && !isUniversal(element, universal.generalizedTime))
    throw malformed('a time was expected');
  const text = Buffer.from(element.content.subarray(0, 40)).toString('latin1');
  const [, year = '', month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] =
    timeForm.exec(text) ?? [];
  if (year.length !== (element.tag === universal.utcTime ? 2 : 4)) throw malformed(`not a time: ${text}`);
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  const milliseconds = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  const local = new Date(0);
  local.setUTCFullYear(fullYear, Number(month) - 1, Number(day));
  local.setUTCHours(Number(hour), Number(minute ?? 0), Number(second ?? 0), milliseconds);
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  return new Date(local.getTime() - offset * 60_000);
}

/** The text of a character string of any of the types that names are made of; undefined for other types. */
export function textOf(element: Asn1Element): string | undefined {
  const bytes = Buffer.from(element.content.buffer, element.content.byteOffset, element.content.byteLength);
  if (element.tagClass !== 0 || element.constructed) return undefined;
  switch (element.tag) {
    case universal.utf8String:
      return bytes.toString('utf8');
    case 18: // NumericString
    case 19: // PrintableString
    case 20: // TeletexString: taken as Latin-1, as issuers do
    case 22: // IA5String
    case 26: // VisibleString
      return bytes.toString('latin1');
    case 28: // UniversalString
      return bytes.length % 4 === 0 ? utf32(bytes) : undefined;
    case 30: // BMPString
      return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : undefined;
    default:
      return undefined;
  }
}

function utf32(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bytes.readUInt32BE(at);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD';
  }
  return text;
}
