import { xmlText } from './characters.ts';

/** An element to be written. Names and namespace declarations are the caller's; texts and values may be a stranger's. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

/** An element; children that are `undefined` are left out, so that optional ones can stand in line. */
export function element(
  name: string,
  attributes: XmlElement['attributes'],
  ...children: readonly (XmlElement | string | undefined)[]
): XmlElement {
  return { name, attributes, children: children.filter((child) => child !== undefined) };
}

/** An element that holds text alone. */
export function textElement(name: string, text: string | number): XmlElement {
  return { name, attributes: {}, children: [String(text)] };
}

/**
 * The document with `root`, UTF-8 with a declaration: deterministic, a line for every element of the first two levels
 * below the root and nothing else between elements, since small records are many.
 */
export function writeXml(root: XmlElement): Uint8Array {
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${serialised(root, 0)}\n`);
}

const linesDownTo = 2;

function serialised(node: XmlElement | string, depth: number): string {
  if (typeof node === 'string') return escapedText(node);
  const attributes = Object.entries(node.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapedAttribute(String(value))}"`)
    .join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  const inLines = depth < linesDownTo && node.children.every((child) => typeof child !== 'string');
  const line = inLines ? '\n' : '';
  const content = node.children.map((child) => line + serialised(child, depth + 1)).join('');
  return `<${node.name}${attributes}>${content}${line}</${node.name}>`;
}

function escapedText(text: string): string {
  return xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function escapedAttribute(text: string): string {
  return escapedText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
