import { FormatError, readWhole } from '../../base/index.ts';
import { readXml } from '../formats/xml/index.ts';
import { metsNamespace } from './e-ark/element-path.ts';
import type { PackageKind } from './e-ark/rule-tables.ts';
import { declared } from './e-ark/which-specification.ts';
import { folderOf, type PackageReader } from './package-reader.ts';

/** A package that was recognised among files by its content. */
export interface RecognizedPackage {
  readonly kind: 'bag' | PackageKind;
  /** The folder of the tree that it lies in; '' when it is the tree itself. */
  readonly folder: string;
  readonly reader: PackageReader;
}

const largestMets = 64 << 20;

/**
 * Recognises a BagIt bag by `bagit.txt`, and an E-ARK package by a `METS.xml` that says it is one, in the root of a tree
 * or in its only folder beside which nothing lies but what systems leave behind. Whether it is valid is not asked here.
 * @returns undefined when it is neither
 * @throws FormatError when the tree cannot be listed
 */
export async function recognizePackage(tree: PackageReader): Promise<RecognizedPackage | undefined> {
  const top = new Set<string>();
  const markers = new Set<string>();
  for await (const { path } of await tree.list()) {
    if (isSystemFile(path)) continue;
    const [first = '', second, ...deeper] = path.split('/');
    top.add(first);
    const name = second ?? first;
    if (deeper.length === 0 && (name === 'bagit.txt' || name === 'METS.xml')) markers.add(path);
  }
  const [only = ''] = top;
  const kind = await kindAt(tree, '', markers);
  if (kind) return { kind, folder: '', reader: tree };
  if (top.size !== 1) return undefined;
  const reader = folderOf(tree, only);
  const below = await kindAt(reader, `${only}/`, markers);
  return below && { kind: below, folder: only, reader };
}

/** What systems leave behind without being asked: no part of any submission. */
export function isSystemFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    path.startsWith('__MACOSX/') || name.startsWith('._') || ['.DS_Store', 'Thumbs.db', 'desktop.ini'].includes(name)
  );
}

async function kindAt(
  reader: PackageReader,
  prefix: string,
  markers: ReadonlySet<string>,
): Promise<RecognizedPackage['kind'] | undefined> {
  if (markers.has(`${prefix}bagit.txt`)) return 'bag';
  if (!markers.has(`${prefix}METS.xml`)) return undefined;
  try {
    const root = readXml(await readWhole(await reader.open('METS.xml'), largestMets));
    const [kind] = root.name === 'mets' && root.namespace === metsNamespace ? declared(root) : [];
    return kind;
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return undefined;
    throw error;
  }
}
