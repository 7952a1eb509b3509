import { FormatError } from '../../../base/index.ts';

/** One BER element, looked at in place: nothing is copied, children are walked when asked for. */
export interface Asn1Element {
  /** 0 universal, 1 application, 2 context-specific, 3 private (X.690 8.1.2.2). */
  readonly tagClass: number;
  readonly tag: number;
  readonly constructed: boolean;
  /** The whole element as found: identifier, length, contents, end-of-contents. */
  readonly bytes: Uint8Array;
  /** The contents octets alone. */
  readonly content: Uint8Array;
}

/** How much a stranger's bytes may ask of us. */
export interface Asn1Limits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
}

/** Wide enough for a CRL of a million entries; deeper than any standard structure. */
export const defaultAsn1Limits: Asn1Limits = { bytes: 64 << 20, depth: 48, elements: 6_000_000 };

/** One object serves a whole scan: lists of revoked certificates have millions of headers. */
interface Header {
  tagClass: number;
  tag: number;
  constructed: boolean;
  contentStart: number;
  /** {@link indefinite}: until the end-of-contents. */
  length: number;
}

const indefinite = -1;

/**
 * Decodes the element that starts `bytes`; the whole tree is scanned once, in linear time, so that later walks stay
 * inside it. Bytes after the element are left alone (PDF pads its signatures with zeros).
 * @param bytes BER or DER
 * @throws FormatError when a length, the depth or the number of elements is not acceptable
 */
export function decodeAsn1(bytes: Uint8Array, limits: Asn1Limits = defaultAsn1Limits): Asn1Element {
  if (bytes.length === 0) throw malformed('no bytes', 0);
  const end = scan(bytes, limits);
  return elementAt(bytes, 0, end);
}

/** As {@link decodeAsn1}, and nothing may follow the element. */
export function decodeWholeAsn1(bytes: Uint8Array, limits: Asn1Limits = defaultAsn1Limits): Asn1Element {
  const element = decodeAsn1(bytes, limits);
  if (element.bytes.length !== bytes.length) throw malformed('bytes after the element', element.bytes.length);
  return element;
}

/** The elements inside a constructed element, in order. Walks one level; decoded elements were scanned before. */
export function* walkChildren(parent: Asn1Element): Generator<Asn1Element> {
  if (!parent.constructed) throw malformed('a constructed element was expected', 0);
  const { content } = parent;
  for (let at = 0; at < content.length; ) {
    const child = elementAt(content, at, endOf(content, at, 0));
    yield child;
    at += child.bytes.length;
  }
}

/** The elements inside a constructed element, as a list. */
export function childrenOf(parent: Asn1Element): Asn1Element[] {
  return [...walkChildren(parent)];
}

/** The error of this format. */
export function malformed(detail: string, offset?: number): FormatError {
  return new FormatError('ASN.1', detail, offset === undefined ? {} : { offset });
}

/** Checks every header below the first element and gives where it ends. One pass with a stack of open elements. */
function scan(bytes: Uint8Array, limits: Asn1Limits): number {
  const header = emptyHeader();
  /** Where each open element ends, and beyond which nothing inside it may reach. */
  const ends: number[] = [];
  const bounds: number[] = [];
  let at = 0;
  for (let elements = 0; ; elements++) {
    if (elements > limits.elements) throw malformed('too many elements', at);
    if (at > limits.bytes) throw malformed('too many bytes', at);
    if (ends.at(-1) === indefinite && isEndOfContents(bytes, at)) {
      at += 2;
      ends.pop();
      bounds.pop();
    } else {
      readHeader(bytes, at, header);
      const bound = bounds.at(-1) ?? bytes.length;
      const end = header.length === indefinite ? indefinite : header.contentStart + header.length;
      if (end > bound) throw malformed('a length beyond the enclosing element', at);
      if (end === indefinite && !header.constructed) throw malformed('a primitive of indefinite length', at);
      at = header.constructed ? header.contentStart : end;
      if (header.constructed) {
        if (ends.length >= limits.depth) throw malformed('nested too deeply', at);
        ends.push(end);
        bounds.push(end === indefinite ? bound : end);
      }
    }
    while (ends.length > 0 && ends.at(-1) === at) {
      ends.pop();
      bounds.pop();
    }
    if (ends.length === 0) return at;
  }
}

function emptyHeader(): Header {
  return { tagClass: 0, tag: 0, constructed: false, contentStart: 0, length: 0 };
}

/**
 * Looks at the elements inside a constructed element without making anything of them, until `visit` says that it has
 * seen enough. For long lists of which a few elements matter.
 * @param visit given where the element and its contents start, and where it ends, in the bytes of `parent.content`
 */
export function skimChildren(
  { content }: Asn1Element,
  visit: (start: number, contentStart: number, end: number) => boolean,
): void {
  const header = emptyHeader();
  for (let at = 0; at < content.length; ) {
    readHeader(content, at, header);
    const { contentStart, length } = header;
    const end = length === indefinite ? endOf(content, at, 0) : contentStart + length;
    if (end > content.length) throw malformed('a length beyond the enclosing element', at);
    if (visit(at, contentStart, end)) return;
    at = end;
  }
}

/** The element that starts at `start` of the contents, found by {@link skimChildren}. */
export function childAt({ content }: Asn1Element, start: number, end: number): Asn1Element {
  return elementAt(content, start, end);
}

function elementAt(bytes: Uint8Array, start: number, end: number): Asn1Element {
  const { tagClass, tag, constructed, contentStart, length } = headerAt(bytes, start);
  return {
    tagClass,
    tag,
    constructed,
    bytes: bytes.subarray(start, end),
    content: bytes.subarray(contentStart, length === indefinite ? end - 2 : end),
  };
}

/** Where the element at `start` ends. Recurses only into indefinite lengths, whose depth was bounded by the scan. */
function endOf(bytes: Uint8Array, start: number, depth: number): number {
  const { contentStart, length } = headerAt(bytes, start);
  if (length !== indefinite) {
    if (contentStart + length > bytes.length) throw malformed('a length beyond the enclosing element', start);
    return contentStart + length;
  }
  if (depth > defaultAsn1Limits.depth) throw malformed('nested too deeply', start);
  let at = contentStart;
  while (!isEndOfContents(bytes, at)) at = endOf(bytes, at, depth + 1);
  return at + 2;
}

function isEndOfContents(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0 && bytes[at + 1] === 0;
}

function headerAt(bytes: Uint8Array, start: number): Header {
  const header = emptyHeader();
  readHeader(bytes, start, header);
  return header;
}

/** Identifier and length octets (X.690 8.1.2, 8.1.3). */
function readHeader(bytes: Uint8Array, start: number, header: Header): void {
  const first = octetAt(bytes, start);
  let at = start + 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let more = true; more; at++) {
      const octet = octetAt(bytes, at);
      if (tag > 0xffffff) throw malformed('a tag number too large', start);
      tag = tag * 128 + (octet & 0x7f);
      more = (octet & 0x80) !== 0;
    }
  }
  const initial = octetAt(bytes, at++);
  const octets = initial & 0x7f;
  let length = initial === 0x80 ? indefinite : initial;
  if (initial > 0x80) {
    if (octets > 6) throw malformed('an absurd length', start);
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + octetAt(bytes, at++);
  }
  header.tagClass = first >> 6;
  header.tag = tag;
  header.constructed = (first & 0x20) !== 0;
  header.contentStart = at;
  header.length = length;
}

function octetAt(bytes: Uint8Array, at: number): number {
  const octet = bytes[at];
  if (octet === undefined) throw malformed('the bytes end inside an element', at);
  return octet;
}
