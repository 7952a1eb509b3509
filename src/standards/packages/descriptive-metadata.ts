import { FormatError } from '../../base/index.ts';
import { descendants, readXml, type XmlNode } from '../formats/xml/index.ts';
import type { ProducerStatement } from './producer-statements.ts';
import { type DublinCoreElement, dublinCoreElements } from './record-description.ts';

const dcNamespaces = ['http://purl.org/dc/elements/1.1/', 'http://purl.org/dc/terms/'];
/** Terms that refine an element (DCMI Metadata Terms). */
const refinements: Readonly<Record<string, DublinCoreElement>> = {
  created: 'date',
  issued: 'date',
  abstract: 'description',
  alternative: 'title',
  isPartOf: 'relation',
  spatial: 'coverage',
  temporal: 'coverage',
};

/** Paths of element names, whatever their namespace's version, and what they mean in Dublin Core. */
const paths: Readonly<Record<'mods' | 'ead', readonly (readonly [path: string, element: DublinCoreElement])[]>> = {
  mods: [
    ['titleInfo/title', 'title'],
    ['name/namePart', 'creator'],
    ['abstract', 'description'],
    ['originInfo/dateCreated', 'date'],
    ['originInfo/dateIssued', 'date'],
    ['originInfo/publisher', 'publisher'],
    ['language/languageTerm', 'language'],
    ['identifier', 'identifier'],
    ['genre', 'type'],
    ['subject/topic', 'subject'],
  ],
  ead: [
    ['archdesc/did/unittitle', 'title'],
    ['archdesc/did/origination', 'creator'],
    ['archdesc/did/abstract', 'description'],
    ['archdesc/did/unitdate', 'date'],
    ['archdesc/did/unitid', 'identifier'],
    ['archdesc/did/langmaterial/language', 'language'],
    ['archdesc/did/repository', 'publisher'],
  ],
};

/**
 * What a file of descriptive metadata says, as far as it is Dublin Core, MODS 3 or EAD 2002 and 3; of EAD only what is
 * said of the whole. Nothing of a file that is something else, or that cannot be read: it is kept as it is all the same.
 */
export function descriptiveStatements(bytes: Uint8Array, place: string): ProducerStatement[] {
  try {
    const root = readXml(bytes);
    if (root.name === 'ead') return statementsAt(root, 'ead', place);
    if (root.name === 'mods') return statementsAt(root, 'mods', place);
    if (root.name === 'modsCollection')
      return root.children.slice(0, 1).flatMap((one) => statementsAt(one, 'mods', place));
    return dcNamespaces.flatMap((namespace) => dublinCoreIn(root, namespace, place));
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function dublinCoreIn(root: XmlNode, namespace: string, place: string): ProducerStatement[] {
  const names = [...dublinCoreElements, ...Object.keys(refinements)];
  return names.flatMap((name) =>
    descendants(root, namespace, name).map((node) => ({
      element: refinements[name] ?? (name as DublinCoreElement),
      value: textOf(node),
      ...languageOf(node),
      from: `${place}#${name}`,
    })),
  );
}

function statementsAt(root: XmlNode, kind: keyof typeof paths, place: string): ProducerStatement[] {
  return paths[kind].flatMap(([path, element]) =>
    nodesAt(root, path.split('/')).map((node) => ({
      element,
      value: codeOf(node) ?? textOf(node),
      ...languageOf(node),
      from: `${place}#${path}`,
    })),
  );
}

function nodesAt(node: XmlNode, [name, ...rest]: readonly string[]): XmlNode[] {
  if (name === undefined) return [node];
  return node.children.filter((child) => child.name === name).flatMap((child) => nodesAt(child, rest));
}

/** EAD says a language by its code and in words, a date in words and normalized. */
function codeOf(node: XmlNode): string | undefined {
  if (node.name === 'language') return node.attributes.get('langcode');
  return node.name === 'unitdate' ? node.attributes.get('normal') : undefined;
}

function textOf(node: XmlNode): string {
  return [node.text, ...node.children.map(textOf)].join(' ');
}

function languageOf(node: XmlNode): { language?: string } {
  const language = node.attributes.get('{http://www.w3.org/XML/1998/namespace}lang') ?? '';
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$/.test(language) ? { language } : {};
}
