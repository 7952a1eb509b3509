import { xmlText } from '../../formats/xml/index.ts';

/**
 * Writing XML that is its own exclusive canonical form (Exclusive XML Canonicalization 1.0), so that what is digested
 * and what stands in the document are the same octets, and no canonicaliser is needed for what we write ourselves.
 * Each element declares the namespace of its prefix where its output parent does not.
 */
export interface CanonicalElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** A text, elements, or canonical XML that was made before. */
  readonly content: string | readonly CanonicalElement[] | { readonly canonical: readonly string[] };
}

export const namespaces = {
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
  xades141: 'http://uri.etsi.org/01903/v1.4.1#',
  asic: 'http://uri.etsi.org/02918/v1.2.1#',
  xadesen: 'http://uri.etsi.org/19132/v1.1.1#',
  manifest: 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0',
} as const;

/** An element; `name` has one of the prefixes of {@link namespaces}, attributes have none, or the element's own. */
export function element(
  name: string,
  attributes: CanonicalElement['attributes'] = {},
  content: CanonicalElement['content'] = [],
): CanonicalElement {
  return { name, attributes, content };
}

/** The canonical text of an element. */
export function canonical(node: CanonicalElement, declared: ReadonlySet<string> = new Set()): string {
  const prefix = node.name.slice(0, node.name.indexOf(':')) as keyof typeof namespaces;
  const declaration = declared.has(prefix) ? '' : ` xmlns:${prefix}="${namespaces[prefix]}"`;
  const attributes = Object.keys(node.attributes)
    .sort()
    .map((name) => ` ${name}="${attributeText(node.attributes[name] ?? '')}"`)
    .join('');
  const inside = contentText(node.content, new Set([...declared, prefix]));
  return `<${node.name}${declaration}${attributes}>${inside}</${node.name}>`;
}

function contentText(content: CanonicalElement['content'], declared: ReadonlySet<string>): string {
  if (typeof content === 'string') return plainText(content);
  if ('canonical' in content) return content.canonical.join('');
  return content.map((child) => canonical(child, declared)).join('');
}

function plainText(text: string): string {
  return xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

function attributeText(text: string): string {
  return xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
