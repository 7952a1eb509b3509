import { SaxesParser } from 'saxes';

/** An element as people read it: what it is called, what it says, what is in it. */
export interface XmlPart {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly parts: readonly XmlPart[];
}

interface OpenPart {
  name: string;
  attributes: [string, string][];
  text: string;
  parts: OpenPart[];
}

const mostParts = 1500;
const deepest = 40;

/**
 * Reads a document as a tree of names and texts. Entities that it defines are not expanded, nothing is fetched.
 * @returns undefined where it is not well-formed, or too deep to be read by people
 */
export function readableXml(text: string): { readonly root: XmlPart; readonly isCut: boolean } | undefined {
  const parser = new SaxesParser({ xmlns: false });
  const open: OpenPart[] = [];
  let root: OpenPart | undefined;
  let parts = 0;
  let isWrong = false;
  parser.on('error', () => {
    isWrong = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const shown = Object.entries(attributes).filter(([key]) => !/^xmlns(:|$)|^xsi:/.test(key));
    const part: OpenPart = { name: name.replace(/^.*:/, ''), attributes: shown, text: '', parts: [] };
    parts += 1;
    if (open.length >= deepest) isWrong = true;
    if (parts <= mostParts) open.at(-1)?.parts.push(part);
    root ??= part;
    open.push(part);
  });
  const add = (more: string) => {
    const part = open.at(-1);
    if (part) part.text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const part = open.pop();
    if (part) part.text = part.text.trim();
  });
  // in pieces: a document that is wrong early is not read to its end
  for (let at = 0; at < text.length && !isWrong; at += 16_384) parser.write(text.slice(at, at + 16_384));
  if (!isWrong) parser.close();
  return isWrong || !root ? undefined : { root, isCut: parts > mostParts };
}
