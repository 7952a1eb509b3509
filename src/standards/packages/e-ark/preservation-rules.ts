import { FormatError, folderName, readWhole } from '../../../base/index.ts';
import { childrenNamed, readXml, type XmlNode } from '../../formats/xml/index.ts';
import type { PackageReader } from '../package-reader.ts';
import { attributeOf, childrenAt, elementsAt } from './element-path.ts';
import type { Judgement, MetsSource } from './mets-source.ts';
import { pathOf } from './reference-rules.ts';

const largestPremis = 64 << 20;

/** What the prose of the AIP specification asks beyond its METS profile, as far as one package shows it. */
export async function checkPreservation(
  documents: readonly MetsSource[],
  judgement: Judgement,
  reader: PackageReader,
): Promise<void> {
  const main = documents.find(({ isPackage }) => isPackage);
  if (main) {
    checkContainerName(main, reader.folder, judgement);
    const below = documents.filter(({ isPackage }) => !isPackage).map(({ path }) => path);
    checkPointers(main, below, judgement);
  }
  await checkEvents(documents, judgement, reader);
}

/** AIP20: the name of the container begins with the identifier; AIP21 leaves the mapping to a policy, ours is `:` to `+`. */
function checkContainerName({ root }: MetsSource, folder: string | undefined, { report }: Judgement): void {
  const id = root.attributes.get('OBJID') ?? '';
  if (folder === undefined || id === '') return;
  const plain = (name: string) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  if (!folder.startsWith(folderName(id)) && !plain(folder).startsWith(plain(id)))
    report('AIP20', '', `The name of the container, “${folder}”, does not begin with the identifier “${id}”.`);
}

/** AIP3: the structural map names the METS document of a representation by `mptr` and its entry in `fileSec` by `fptr`. */
function checkPointers(main: MetsSource, paths: readonly string[], { report }: Judgement): void {
  const entries = new Set(
    ['mets/fileSec//fileGrp', 'mets/fileSec//file'].flatMap((at) =>
      elementsAt(main.root, at).map(({ node }) => node.attributes.get('ID')),
    ),
  );
  const pointed = new Map<string | undefined, boolean>();
  for (const division of elementsAt(main.root, 'mets/structMap//div')) {
    const isListed = childrenAt(division, 'fptr').some(({ node }) => entries.has(node.attributes.get('FILEID') ?? ''));
    for (const { node } of childrenAt(division, 'mptr')) {
      const path = pathOf(attributeOf(node, 'xlink:href') ?? '', main.folder);
      pointed.set(path, isListed || pointed.get(path) === true);
    }
  }
  const place = `${main.path}#/mets/structMap`;
  for (const path of paths)
    if (!pointed.has(path)) report('AIP3', place, `No division has an mptr to “${path}”.`);
    else if (!pointed.get(path)) report('AIP3', place, `The division of “${path}” has no fptr into the file section.`);
}

/** AIP16, AIP18: every PREMIS event names the agent that caused it, and every agent that is named is described. */
async function checkEvents(
  documents: readonly MetsSource[],
  { files, report }: Judgement,
  reader: PackageReader,
): Promise<void> {
  const described = new Set<string>();
  const named: { id: string; place: string }[] = [];
  for (const path of premisFiles(documents)) {
    const file = files.find(path);
    const premis = file === undefined ? undefined : await readPremis(reader, file);
    if (!premis) continue; // that it is missing, or not XML, other requirements tell
    for (const agent of childrenNamed(premis, 'agent'))
      for (const identifier of childrenNamed(agent, 'agentIdentifier'))
        described.add(idOf(identifier, 'agentIdentifier'));
    for (const [index, event] of childrenNamed(premis, 'event').entries()) {
      const place = `${path}#/premis/event[${index + 1}]`;
      const agents = childrenNamed(event, 'linkingAgentIdentifier');
      if (agents.length === 0) report('AIP16', place, 'The event does not name the agent that caused it.');
      for (const agent of agents) named.push({ id: idOf(agent, 'linkingAgentIdentifier'), place });
    }
  }
  for (const { id, place } of named)
    if (!described.has(id)) report('AIP18', place, `The agent “${id.replace('\n', ' ')}” is not described.`);
}

/** The PREMIS files that the METS documents refer to, each once. */
function premisFiles(documents: readonly MetsSource[]): Set<string> {
  const paths = new Set<string>();
  for (const { root, folder } of documents)
    for (const { node } of elementsAt(root, 'mets/amdSec/digiprovMD/mdRef[MDTYPE=PREMIS]')) {
      const path = pathOf(attributeOf(node, 'xlink:href') ?? '', folder);
      if (path !== undefined && path !== '') paths.add(path);
    }
  return paths;
}

async function readPremis(reader: PackageReader, path: string): Promise<XmlNode | undefined> {
  try {
    const root = readXml(await readWhole(await reader.open(path), largestPremis));
    return root.name === 'premis' ? root : undefined;
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Type and value of an identifier: one is nothing without the other. */
function idOf(identifier: XmlNode, name: string): string {
  const text = (part: string) => childrenNamed(identifier, `${name}${part}`)[0]?.text.trim() ?? '';
  return `${text('Type')}\n${text('Value')}`;
}
