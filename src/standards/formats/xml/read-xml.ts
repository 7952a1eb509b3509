import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FormatError } from '../../../base/index.ts';

/** The attributes of an element, in their order. */
export interface XmlAttributes extends Iterable<readonly [string, string]> {
  get(name: string): string | undefined;
}

/** An element as it was read: names are local names with the namespace apart, text is what stands directly inside. */
export interface XmlNode {
  readonly namespace: string;
  readonly name: string;
  /** By local name for attributes without a prefix, by `{namespace}name` for others; namespace declarations left out. */
  readonly attributes: XmlAttributes;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const deepest = 64;
const largest = 64 << 20;
const mostMarks = 1_000_000;
const mostNamespaces = 100;
/** Bytes that are decoded and parsed at a time. */
const stretch = 1 << 18;

/**
 * The root element of an XML 1.0 document in UTF-8.
 * Refuses document type declarations (so no entities but the five of XML), more than 64 MB, a million tags and attributes,
 * a thousand attributes of an element, a million characters of an attribute, and 64 levels.
 * @throws FormatError
 */
export function readXml(bytes: Uint8Array): XmlNode {
  if (bytes.length > largest) throw malformed(`over ${largest} bytes`);
  if (marksIn(bytes) > mostMarks) throw malformed(`over ${mostMarks} tags and attributes`);
  const tree = treeBuilder();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += stretch)
      tree.parser.write(decoder.decode(bytes.subarray(at, at + stretch), { stream: true }));
    tree.parser.write(decoder.decode()).close();
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('XML', cause instanceof TypeError ? 'not in UTF-8' : 'not well-formed', { cause });
  }
  return tree.root();
}

/** All elements of this name below `node`, in document order. */
export function descendants(node: XmlNode, namespace: string, name: string): XmlNode[] {
  return node.children.flatMap((child) => [
    ...(child.namespace === namespace && child.name === name ? [child] : []),
    ...descendants(child, namespace, name),
  ]);
}

/** The child elements of this name in the namespace of `node`. */
export function childrenNamed(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name && child.namespace === node.namespace);
}

/** Signs that begin a tag or an attribute's value: what the tree, far larger than the text, grows with. */
function marksIn(bytes: Uint8Array): number {
  let marks = 0;
  for (const byte of bytes) if (byte === 0x3c || byte === 0x3d) marks++;
  return marks;
}

/** Prefixes in scope and what they stand for. */
type Scope = ReadonlyMap<string, string>;

interface OpenNode extends XmlNode {
  children: XmlNode[];
  text: string;
}

/** Leaves have one list of children between them: most elements of a large document are leaves. */
const none: XmlNode[] = [];

function treeBuilder() {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  const nameOnce = interned();
  const open: { readonly node: OpenNode; readonly scope: Scope }[] = [];
  let root: XmlNode | undefined;
  const addText = (text: string) => {
    const inner = open.at(-1);
    if (inner) inner.node.text += text;
  };
  parser.on('error', (cause) => {
    throw new FormatError('XML', 'not well-formed', { cause });
  });
  parser.on('doctype', () => {
    throw malformed('a document type declaration');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= deepest) throw malformed(`over ${deepest} levels`);
    const outer = open.at(-1);
    const scope = innerScope(tag, outer?.scope ?? xmlOnly);
    const { namespace, name } = qualified(tag.name, scope, scope.get('') ?? '');
    const attributes = attributesOf(tag, scope, nameOnce);
    const node: OpenNode = { namespace, name: nameOnce(name), attributes, children: none, text: '' };
    if (!outer) root = node;
    else if (outer.node.children === none) outer.node.children = [node];
    else outer.node.children.push(node);
    open.push({ node, scope });
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', addText);
  parser.on('cdata', addText);
  return {
    parser,
    root: () => {
      if (!root) throw malformed('no root element');
      return root;
    },
  };
}

const xmlOnly: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
const mostNames = 10_000;

/** A document has few names and writes them often: each is held once. */
function interned(): (name: string) => string {
  const names = new Map<string, string>();
  return (name) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (names.size < mostNames) names.set(name, name);
    return name;
  };
}

/** Names and values in turn: a fifth of what a map takes, and elements have few attributes. */
class AttributeList implements XmlAttributes {
  readonly #pairs: readonly string[];

  constructor(pairs: readonly string[]) {
    this.#pairs = pairs;
  }

  get(name: string): string | undefined {
    for (let at = 0; at < this.#pairs.length; at += 2) if (this.#pairs[at] === name) return this.#pairs[at + 1];
    return undefined;
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (let at = 0; at < this.#pairs.length; at += 2) yield [this.#pairs[at] ?? '', this.#pairs[at + 1] ?? ''];
  }
}

const noAttributes: XmlAttributes = new AttributeList([]);
const mostAttributes = 1000;
const longestValue = 1 << 20;

function attributesOf({ attributes }: SaxesTagPlain, scope: Scope, nameOnce: (name: string) => string): XmlAttributes {
  const pairs: string[] = [];
  for (const key in attributes) {
    if (declaredPrefix(key) !== undefined) continue;
    const name = attributeKey(key, scope);
    for (let at = 0; at < pairs.length; at += 2)
      if (pairs[at] === name) throw malformed('an attribute that stands twice');
    if (pairs.length >= 2 * mostAttributes) throw malformed(`over ${mostAttributes} attributes of an element`);
    const value = attributes[key] ?? '';
    if (value.length > longestValue) throw malformed(`an attribute of over ${longestValue} characters`);
    pairs.push(nameOnce(name), value);
  }
  return pairs.length === 0 ? noAttributes : new AttributeList(pairs.slice());
}

/** The prefix that an attribute declares (Namespaces in XML 3), or undefined if it declares none. */
function declaredPrefix(key: string): string | undefined {
  if (!key.startsWith('xmlns')) return undefined;
  if (key === 'xmlns') return '';
  return key.startsWith('xmlns:') ? key.slice(6) : undefined;
}

function innerScope({ attributes }: SaxesTagPlain, outer: Scope): Scope {
  let scope: Map<string, string> | undefined;
  for (const key in attributes) {
    const prefix = declaredPrefix(key);
    if (prefix === undefined) continue;
    scope ??= new Map(outer);
    scope.set(prefix, attributes[key] ?? '');
  }
  if (scope && scope.size > mostNamespaces) throw malformed(`over ${mostNamespaces} namespaces`);
  return scope ?? outer;
}

function qualified(name: string, scope: Scope, unprefixed: string): { namespace: string; name: string } {
  const colon = name.indexOf(':');
  if (colon === -1) return { namespace: unprefixed, name };
  const namespace = scope.get(name.slice(0, colon));
  if (namespace === undefined) throw malformed('a prefix without a namespace');
  return { namespace, name: name.slice(colon + 1) };
}

function attributeKey(key: string, scope: Scope): string {
  if (!key.includes(':')) return key;
  const { namespace, name } = qualified(key, scope, '');
  return namespace === '' ? name : `{${namespace}}${name}`;
}

function malformed(detail: string): FormatError {
  return new FormatError('XML', detail);
}
