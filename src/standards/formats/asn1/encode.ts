import { type Asn1Element, walkChildren } from './element.ts';
import { octetsOf, universal } from './values.ts';

/** A DER element with a short tag number: identifier octet, definite length, contents. */
export function encodeElement(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(identifier), encodeLength(length), ...contents]);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** DER's order of a SET OF: by encoding, the shorter padded with zeros (X.690 11.6). */
export function inSetOrder(elements: readonly Uint8Array[]): Uint8Array[] {
  return [...elements].sort((one, other) => Buffer.compare(one, other));
}

/** The element in DER: definite lengths, OCTET STRINGs in one piece, SETs in order (X.690 10, 11). */
export function toDer(element: Asn1Element): Uint8Array {
  const { tagClass, tag, constructed, bytes } = element;
  const identifier = bytes[0] ?? 0;
  if (tagClass === 0 && tag === universal.octetString) return encodeElement(tag, octetsOf(element));
  if (!constructed || (identifier & 0x1f) === 0x1f) return bytes;
  const children = [...walkChildren(element)];
  const encoded = children.map(toDer);
  const ordered = tagClass === 0 && tag === universal.set ? inSetOrder(encoded) : encoded;
  const isSame = ordered.every((child, index) => child === children[index]?.bytes);
  return isSame && hasShortestLength(element) ? bytes : encodeElement(identifier, ...ordered);
}

/** Most of what is signed is DER already: then nothing is copied. */
function hasShortestLength({ bytes, content }: Asn1Element): boolean {
  return bytes.length === 1 + encodeLength(content.length).length + content.length && bytes[1] !== 0x80;
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function encodeOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(128 + (left % 128));
    return groups;
  });
  return encodeElement(universal.objectIdentifier, Uint8Array.from(octets));
}
