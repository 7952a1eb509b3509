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

interface Header {
  readonly tagClass: number;
  readonly tag: number;
  readonly constructed: boolean;
  readonly contentStart: number;
  /** Undefined: indefinite form. */
  readonly length: number | undefined;
}

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
  const open: { readonly end: number | undefined }[] = [];
  let at = 0;
  for (let elements = 0; ; elements++) {
    if (elements > limits.elements) throw malformed('too many elements', at);
    if (at > limits.bytes) throw malformed('too many bytes', at);
    const inner = open.at(-1);
    const shortLength = primitiveLength(bytes, at);
    if (inner?.end !== undefined && shortLength !== undefined && at + 2 + shortLength <= inner.end) {
      at += 2 + shortLength;
    } else if (inner && inner.end === undefined && isEndOfContents(bytes, at)) {
      at += 2;
      open.pop();
    } else {
      const header = headerAt(bytes, at);
      const limit = enclosingEnd(open) ?? bytes.length;
      if (header.length !== undefined && header.contentStart + header.length > limit)
        throw malformed('a length beyond the enclosing element', at);
      if (header.length === undefined && !header.constructed) throw malformed('a primitive of indefinite length', at);
      at = header.contentStart;
      if (header.constructed) {
        if (open.length >= limits.depth) throw malformed('nested too deeply', at);
        open.push({ end: header.length === undefined ? undefined : at + header.length });
      } else at += header.length ?? 0;
    }
    while (open.length > 0 && open.at(-1)?.end === at) open.pop();
    if (open.length === 0) return at;
  }
}

/** The length of a primitive with a short tag and a short length: what most elements are, told without more ado. */
function primitiveLength(bytes: Uint8Array, at: number): number | undefined {
  const identifier = bytes[at] ?? 0x1f;
  const length = bytes[at + 1] ?? 0x80;
  return (identifier & 0x20) === 0 && (identifier & 0x1f) !== 0x1f && length < 0x80 ? length : undefined;
}

function enclosingEnd(open: readonly { readonly end: number | undefined }[]): number | undefined {
  for (let level = open.length - 1; level >= 0; level--) {
    const end = open[level]?.end;
    if (end !== undefined) return end;
  }
  return undefined;
}

function elementAt(bytes: Uint8Array, start: number, end: number): Asn1Element {
  const { tagClass, tag, constructed, contentStart, length } = headerAt(bytes, start);
  return {
    tagClass,
    tag,
    constructed,
    bytes: bytes.subarray(start, end),
    content: bytes.subarray(contentStart, length === undefined ? end - 2 : end),
  };
}

/** Where the element at `start` ends. Recurses only into indefinite lengths, whose depth was bounded by the scan. */
function endOf(bytes: Uint8Array, start: number, depth: number): number {
  const { contentStart, length } = headerAt(bytes, start);
  if (length !== undefined) {
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
  const shape = { tagClass: first >> 6, tag, constructed: (first & 0x20) !== 0 };
  if (initial === 0x80) return { ...shape, contentStart: at, length: undefined };
  if (initial < 0x80) return { ...shape, contentStart: at, length: initial };
  const octets = initial & 0x7f;
  if (octets > 6) throw malformed('an absurd length', start);
  let length = 0;
  for (let index = 0; index < octets; index++) length = length * 256 + octetAt(bytes, at++);
  return { ...shape, contentStart: at, length };
}

function octetAt(bytes: Uint8Array, at: number): number {
  const octet = bytes[at];
  if (octet === undefined) throw malformed('the bytes end inside an element', at);
  return octet;
}
