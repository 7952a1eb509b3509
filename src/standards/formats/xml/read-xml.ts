import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FormatError } from '../../../base/index.ts';
import { isXmlText } from './characters.ts';

/** An element as it was read: names are local names with the namespace apart, text is what stands directly inside. */
export interface XmlNode {
  readonly namespace: string;
  readonly name: string;
  /** By local name for attributes without a prefix, by `{namespace}name` for others; namespace declarations left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const deepest = 64;
const largest = 64 << 20;
const mostMarks = 1_000_000;
const mostNamespaces = 100;

/** What the parser gives with `preserveOrder`: a list of nodes, each with one member, and its attributes under `:@`. */
type Ordered = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  maxNestedTags: deepest,
});

/**
 * The root element of an XML 1.0 document in UTF-8.
 * Refuses document type declarations (so no entities but the five of XML), more than 64 MB and more than 64 levels.
 * @throws FormatError
 */
export function readXml(bytes: Uint8Array): XmlNode {
  if (bytes.length > largest) throw malformed(`over ${largest} bytes`);
  const text = decodedText(bytes);
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw malformed('a document type declaration');
  if (marksIn(bytes) > mostMarks) throw malformed(`over ${mostMarks} tags and attributes`);
  const wellFormed = wellFormedness(text);
  if (wellFormed !== true) throw malformed(wellFormed.err.msg);
  const roots = elementsOf(parsed(text));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw malformed('not one root element');
  return readNode(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
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

function decodedText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!isXmlText(text)) throw malformed('a character that XML cannot hold');
    return text;
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('XML', 'not in UTF-8', { cause });
  }
}

function wellFormedness(text: string): ReturnType<typeof XMLValidator.validate> {
  try {
    return XMLValidator.validate(text);
  } catch (cause) {
    throw new FormatError('XML', 'not well-formed', { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw new FormatError('XML', 'not well-formed', { cause });
  }
}

function readNode(node: Ordered, outer: ReadonlyMap<string, string>): XmlNode {
  const name = elementName(node);
  const written = Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, unescaped(String(value))] as const);
  const scope = innerScope(written, outer);
  const own = written.filter(([key]) => declaredPrefix(key) === undefined);
  const content = node[name];
  return {
    ...qualified(name, scope, scope.get('') ?? ''),
    attributes: new Map(own.map(([key, value]) => [attributeKey(key, scope), value])),
    children: elementsOf(content).map((child) => readNode(child, scope)),
    text: textOf(content),
  };
}

/** The prefix that an attribute declares (Namespaces in XML 3), or undefined if it declares none. */
function declaredPrefix(key: string): string | undefined {
  if (key === 'xmlns') return '';
  return key.startsWith('xmlns:') ? key.slice(6) : undefined;
}

function innerScope(
  attributes: readonly (readonly [string, string])[],
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = attributes.flatMap(([key, uri]) => {
    const prefix = declaredPrefix(key);
    return prefix === undefined ? [] : [[prefix, uri] as const];
  });
  if (declared.length === 0) return outer;
  const scope = new Map([...outer, ...declared]);
  if (scope.size > mostNamespaces) throw malformed(`over ${mostNamespaces} namespaces`);
  return scope;
}

function qualified(
  name: string,
  scope: ReadonlyMap<string, string>,
  unprefixed: string,
): { namespace: string; name: string } {
  const colon = name.indexOf(':');
  if (colon === -1) return { namespace: unprefixed, name };
  const namespace = scope.get(name.slice(0, colon));
  if (namespace === undefined) throw malformed('a prefix without a namespace');
  return { namespace, name: name.slice(colon + 1) };
}

function attributeKey(key: string, scope: ReadonlyMap<string, string>): string {
  const { namespace, name } = qualified(key, scope, '');
  return namespace === '' ? name : `{${namespace}}${name}`;
}

function nodesOf(content: unknown): Ordered[] {
  return Array.isArray(content) ? content : [];
}

/** Elements, without texts (`#text`, `#cdata`) and processing instructions (`?target`). */
function elementsOf(content: unknown): Ordered[] {
  return nodesOf(content).filter((node) => !/^[#?]/.test(elementName(node)));
}

function textOf(content: unknown): string {
  return nodesOf(content)
    .map((node) => {
      if ('#text' in node) return unescaped(String(node['#text']));
      return '#cdata' in node
        ? nodesOf(node['#cdata'])
            .map((part) => String(part['#text']))
            .join('')
        : '';
    })
    .join('');
}

function elementName(node: Ordered): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const character = entities[name] ?? numbered(name);
    if (character === undefined || !whole.endsWith(';')) throw malformed('an unknown entity');
    return character;
  });
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (!digits) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return character !== '' && isXmlText(character) ? character : undefined;
}

function malformed(detail: string): FormatError {
  return new FormatError('XML', detail);
}
