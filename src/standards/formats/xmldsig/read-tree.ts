import { ParseOption, XmlDocument, XmlError, XmlLibError } from 'libxml2-wasm';
import { FormatError } from '../../../base/index.ts';
import type { TreeAttribute, TreeDocument, TreeElement, TreeNode } from './xml-tree.ts';

const largest = 32 << 20;
const mostMarks = 1_000_000;
const mostAttributes = 1000;
const deepest = 200;
const mostNamespaces = 200;

/**
 * Reads an XML document for signature processing. libxml2 parses it and writes its canonical form (Canonical XML 1.0 with
 * comments), in which line ends, attribute values, character references, CDATA and encodings are settled; the tree is read
 * from that, and the parser's memory is given back at once.
 * Refuses document type declarations (so no entities but the five of XML), more than 32 MB, a million tags and attributes,
 * a thousand attributes of one element, 200 namespaces in scope, and 200 levels.
 * @throws FormatError
 */
export function readTree(bytes: Uint8Array): TreeDocument {
  if (bytes.length > largest) throw new FormatError('XML', `over ${largest} bytes`);
  refuseMarks(bytes);
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('<!DOCTYPE'))
    throw new FormatError('XML', 'a document type declaration');
  return new CanonicalReader(canonicalText(bytes)).document();
}

/**
 * Counts the signs that begin a tag or an attribute's value: what the tree grows with. libxml2 sorts the attributes of an
 * element in the square of their number, so those are few.
 */
function refuseMarks(bytes: Uint8Array): void {
  let marks = 0;
  let attributes = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x3c && byte !== 0x3d) continue;
    marks += 1;
    attributes = byte === 0x3c ? 0 : attributes + (isQuoteAfter(bytes, at) ? 1 : 0);
    if (attributes > mostAttributes) throw new FormatError('XML', `over ${mostAttributes} attributes of an element`);
  }
  if (marks > mostMarks) throw new FormatError('XML', `over ${mostMarks} tags and attributes`);
}

/** Whether a quote follows, after white space or the empty halves of UTF-16. */
function isQuoteAfter(bytes: Uint8Array, at: number): boolean {
  let next = at + 1;
  while (next < bytes.length && (bytes[next] ?? 0) <= 0x20) next++;
  return bytes[next] === 0x22 || bytes[next] === 0x27;
}

/** Nothing is loaded, and Ids are ours to look at. */
const option: ParseOption = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_SKIP_IDS;

function canonicalText(bytes: Uint8Array): string {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(bytes, { option });
    if (document.dtd) throw new FormatError('XML', 'a document type declaration');
    return document.canonicalizeToString({ withComments: true });
  } catch (cause) {
    if (cause instanceof XmlLibError || cause instanceof XmlError)
      throw new FormatError('XML', 'not well-formed', { cause });
    throw cause;
  } finally {
    document?.dispose();
  }
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const escapes: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x9;': '\t',
  '&#xA;': '\n',
  '&#xD;': '\r',
};

function unescaped(text: string): string {
  return text.includes('&') ? text.replace(/&[^;]{1,5};/g, (written) => escapes[written] ?? written) : text;
}

interface OpenElement extends TreeElement {
  readonly children: TreeNode[];
  /** Where it begins, until it ends. */
  size: number;
}

/** Reads canonical XML, whose grammar is small: no empty-element tags, no CDATA, attributes in double quotes. */
class CanonicalReader {
  readonly #text: string;
  #at = 0;
  readonly #top: TreeNode[] = [];
  readonly #open: OpenElement[] = [];
  readonly #byId = new Map<string, TreeElement[]>();

  constructor(text: string) {
    this.#text = text;
  }

  document(): TreeDocument {
    while (this.#at < this.#text.length) this.#node();
    const root = this.#top.find((node) => node.kind === 'element');
    if (!root || this.#open.length > 0) throw new FormatError('XML', 'no root element');
    return { kind: 'document', children: this.#top.filter(({ kind }) => kind !== 'text'), root, byId: this.#byId };
  }

  #node(): void {
    const text = this.#text;
    if (text[this.#at] !== '<') this.#append({ kind: 'text', text: unescaped(this.#until('<')) });
    else if (text.startsWith('<!--', this.#at)) this.#append({ kind: 'comment', text: this.#between('<!--', '-->') });
    else if (text.startsWith('<?', this.#at)) this.#append({ kind: 'instruction', text: this.#between('<?', '?>') });
    else if (text.startsWith('</', this.#at)) {
      this.#between('</', '>');
      const closed = this.#open.pop();
      if (closed) closed.size = this.#at - closed.size;
    } else this.#startTag();
  }

  #append(node: TreeNode): void {
    (this.#open.at(-1)?.children ?? this.#top).push(node);
  }

  #until(mark: string): string {
    const end = this.#text.indexOf(mark, this.#at);
    const text = this.#text.slice(this.#at, end < 0 ? this.#text.length : end);
    this.#at += text.length;
    return text;
  }

  #between(start: string, end: string): string {
    this.#at += start.length;
    const text = this.#until(end);
    this.#at += end.length;
    return text;
  }

  #startTag(): void {
    const start = this.#at;
    this.#at += 1;
    const text = this.#text;
    const from = this.#at;
    while (text[this.#at] !== ' ' && text[this.#at] !== '>') this.#at++;
    const qualified = text.slice(from, this.#at);
    const written: [string, string][] = [];
    while (text[this.#at] === ' ') {
      this.#at += 1;
      const name = this.#until('=');
      written.push([name, unescaped(this.#between('="', '"'))]);
    }
    this.#at += 1;
    this.#openElement(qualified, written, start);
  }

  #openElement(qualified: string, written: readonly (readonly [string, string])[], start: number): void {
    if (this.#open.length >= deepest) throw new FormatError('XML', `over ${deepest} levels`);
    const parent = this.#open.at(-1);
    const scope = scopeOf(written, parent?.scope ?? new Map());
    const [prefix, name] = split(qualified);
    const element: OpenElement = {
      kind: 'element',
      parent,
      prefix,
      name,
      namespace: namespaceOf(prefix, scope),
      scope,
      attributes: written.filter(([key]) => !isDeclaration(key)).map(([key, value]) => attribute(key, value, scope)),
      children: [],
      size: start,
    };
    this.#append(element);
    this.#open.push(element);
    for (const { name: key, value } of element.attributes)
      if (key.toLowerCase() === 'id') this.#byId.set(value, [...(this.#byId.get(value) ?? []), element]);
  }
}

function isDeclaration(key: string): boolean {
  return key === 'xmlns' || key.startsWith('xmlns:');
}

function scopeOf(
  written: readonly (readonly [string, string])[],
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = written.filter(([key]) => isDeclaration(key));
  if (declared.length === 0) return outer;
  const scope = new Map(outer);
  for (const [key, uri] of declared) {
    if (uri === '') scope.delete('');
    else scope.set(key === 'xmlns' ? '' : key.slice(6), uri);
  }
  if (scope.size > mostNamespaces) throw new FormatError('XML', `over ${mostNamespaces} namespaces`);
  return scope;
}

function split(qualified: string): [prefix: string, name: string] {
  const colon = qualified.indexOf(':');
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
}

function namespaceOf(prefix: string, scope: ReadonlyMap<string, string>): string {
  return prefix === 'xml' ? xmlNamespace : (scope.get(prefix) ?? '');
}

function attribute(key: string, value: string, scope: ReadonlyMap<string, string>): TreeAttribute {
  const [prefix, name] = split(key);
  return { prefix, name, namespace: prefix === '' ? '' : namespaceOf(prefix, scope), value };
}
