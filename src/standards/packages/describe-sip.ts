import { childrenNamed, readXml, type XmlNode } from '../formats/xml/index.ts';
import { attributeOf } from './e-ark/element-path.ts';
import { pathOf } from './e-ark/reference-rules.ts';
import { type ProducerDescription, type ProducerStatement, soundStatements } from './producer-statements.ts';

/** What the METS document of a SIP says of the whole. */
export interface SipStatements extends ProducerDescription {
  /** Paths of descriptive metadata that are in force. */
  readonly descriptive: readonly string[];
}

const mostIdentifiers = 100;

/**
 * Reads what the root METS document of a SIP says of its content: its label, its identifiers (SIP5 to SIP8), who created
 * it (SIP9), and where its descriptive metadata lies.
 * @throws FormatError when it is no XML
 */
export function describeSip(bytes: Uint8Array): SipStatements {
  const root = readXml(bytes);
  const headers = childrenNamed(root, 'metsHdr');
  const references = childrenNamed(root, 'dmdSec').filter(
    (section) => (section.attributes.get('STATUS') ?? 'CURRENT').toUpperCase() === 'CURRENT',
  );
  const identifiers = headers
    .flatMap((header) => childrenNamed(header, 'altRecordID'))
    .map((node) => ({ type: node.attributes.get('TYPE') ?? 'altRecordID', value: node.text.trim() }));
  return {
    statements: soundStatements([
      { element: 'title', value: root.attributes.get('LABEL') ?? '', from: 'METS.xml#LABEL' },
      ...headers.flatMap(creators),
    ]),
    identifiers: [{ type: 'OBJID', value: root.attributes.get('OBJID')?.trim() ?? '' }, ...identifiers]
      .filter(({ type, value }) => value !== '' && value.length <= 1000 && type.length <= 200)
      .slice(0, mostIdentifiers),
    descriptive: references.flatMap((section) => childrenNamed(section, 'mdRef')).flatMap(referredPath),
  };
}

/** The archival creator (ROLE=ARCHIVIST in SIP 2.2), the submitter beside it. */
function creators(header: XmlNode): ProducerStatement[] {
  return childrenNamed(header, 'agent').flatMap((agent): ProducerStatement[] => {
    const role = agent.attributes.get('ROLE');
    const isPerson = ['ORGANIZATION', 'INDIVIDUAL'].includes(agent.attributes.get('TYPE') ?? '');
    const value = childrenNamed(agent, 'name')[0]?.text ?? '';
    if (!isPerson || (role !== 'ARCHIVIST' && role !== 'CREATOR')) return [];
    return [{ element: role === 'ARCHIVIST' ? 'creator' : 'contributor', value, from: 'METS.xml#metsHdr/agent' }];
  });
}

function referredPath(reference: XmlNode): string[] {
  const href = attributeOf(reference, 'xlink:href')?.trim() ?? '';
  const path = /^(?!file:)[A-Za-z][A-Za-z0-9+.-]*:/.test(href) ? undefined : pathOf(href, '');
  return path ? [path] : [];
}

/**
 * The checksums that a METS document states: how many, and of which algorithms.
 * @throws FormatError when it is no XML
 */
export function statedChecksums(bytes: Uint8Array): { readonly count: number; readonly algorithms: readonly string[] } {
  const algorithms = new Set<string>();
  let count = 0;
  const walk = (node: XmlNode) => {
    if (node.attributes.get('CHECKSUM')) {
      count += 1;
      algorithms.add((node.attributes.get('CHECKSUMTYPE') ?? '').toLowerCase().replace('-', ''));
    }
    node.children.forEach(walk);
  };
  walk(readXml(bytes));
  return { count, algorithms: [...algorithms] };
}
