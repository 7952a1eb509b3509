import { utcSeconds } from '../../../base/index.ts';
import { element, textElement, writeXml, type XmlElement } from '../xml/index.ts';
import type { FileGroup, MetadataReference, MetsAgent, MetsDocument, MetsReference } from './mets-document.ts';

const namespaces = {
  xmlns: 'http://www.loc.gov/METS/',
  'xmlns:csip': 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
};

/** The METS document as bytes: valid against mets.xsd 1.12 and CSIP 2.2.0; the same document gives the same bytes. */
export function writeMets(document: MetsDocument): Uint8Array {
  return writeXml(
    element(
      'mets',
      {
        ...namespaces,
        OBJID: document.objectId,
        LABEL: document.label,
        TYPE: 'Mixed',
        'csip:CONTENTINFORMATIONTYPE': 'MIXED',
        PROFILE: document.profile,
      },
      header(document),
      ...document.descriptive.map((reference) => metadataSection('dmdSec', reference)),
      document.provenance.length === 0
        ? undefined
        : element('amdSec', {}, ...document.provenance.map((reference) => metadataSection('digiprovMD', reference))),
      element('fileSec', { ID: 'files' }, ...document.fileGroups.map(fileGroup)),
      structuralMap(document),
    ),
  );
}

/** A path as a URL reference: percent-encoded, so that a `#`, `%`, `+` or space in a name survives (RFC 3986). */
export function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function header(document: MetsDocument): XmlElement {
  return element(
    'metsHdr',
    {
      CREATEDATE: utcSeconds(document.createdAt),
      LASTMODDATE: utcSeconds(document.modifiedAt ?? document.createdAt),
      RECORDSTATUS: document.recordStatus,
      'csip:OAISPACKAGETYPE': document.packageType,
    },
    ...document.agents.map(agent),
    ...(document.alternativeIds ?? []).map(({ type, value }) => element('altRecordID', { TYPE: type }, value)),
  );
}

function agent(agent: MetsAgent): XmlElement {
  return element(
    'agent',
    { ROLE: agent.role, TYPE: agent.type, OTHERTYPE: agent.otherType },
    textElement('name', agent.name),
    agent.note && element('note', { 'csip:NOTETYPE': agent.note.type }, agent.note.text),
  );
}

/** CSIP17 to CSIP44: the metadata lies in a file of its own, referred to with its digest. */
function metadataSection(name: 'dmdSec' | 'digiprovMD', reference: MetadataReference): XmlElement {
  const created = name === 'dmdSec' ? utcSeconds(reference.createdAt) : undefined;
  return element(
    name,
    { ID: reference.id, CREATED: created, STATUS: reference.status },
    element('mdRef', {
      ...location(reference),
      MDTYPE: reference.mdType,
      OTHERMDTYPE: reference.otherMdType,
      MDTYPEVERSION: reference.mdTypeVersion,
      ...fileAttributes(reference),
    }),
  );
}

function location(reference: MetsReference): XmlElement['attributes'] {
  return { LOCTYPE: 'URL', 'xlink:type': 'simple', 'xlink:href': hrefOf(reference.path) };
}

function fileAttributes(reference: MetsReference): XmlElement['attributes'] {
  return {
    MIMETYPE: reference.mimeType,
    SIZE: reference.size,
    CREATED: utcSeconds(reference.createdAt),
    CHECKSUM: reference.sha512,
    CHECKSUMTYPE: 'SHA-512',
  };
}

function fileGroup(group: FileGroup): XmlElement {
  return element(
    'fileGrp',
    {
      ID: group.id,
      USE: group.use,
      'csip:CONTENTINFORMATIONTYPE': isRepresentation(group) ? 'MIXED' : undefined,
    },
    ...group.files.map((file) =>
      element('file', { ID: file.id, ...fileAttributes(file) }, element('FLocat', location(file))),
    ),
  );
}

/** CSIP80 to CSIP112: a division for the metadata and one for every file group. */
function structuralMap(document: MetsDocument): XmlElement {
  const metadata = element('div', {
    ID: 'div-metadata',
    LABEL: 'Metadata',
    ADMID: idList(document.provenance),
    DMDID: idList(document.descriptive),
  });
  const hasMetadata = document.descriptive.length + document.provenance.length > 0;
  return element(
    'structMap',
    { ID: 'structure', TYPE: 'PHYSICAL', LABEL: 'CSIP' },
    element(
      'div',
      { ID: 'div-package', LABEL: document.objectId },
      hasMetadata ? metadata : undefined,
      ...document.fileGroups.map(division),
    ),
  );
}

function idList(references: readonly MetadataReference[]): string | undefined {
  return references.length === 0 ? undefined : references.map((reference) => reference.id).join(' ');
}

function isRepresentation({ use }: FileGroup): boolean {
  return use.startsWith('Representations/');
}

/** CSIP105 to CSIP109 and AIP3: a representation's METS document is named by its address and by its entry in `fileSec`. */
function division(group: FileGroup): XmlElement {
  const representationMets = isRepresentation(group) ? group.files[0] : undefined;
  const pointers = representationMets
    ? [
        element('mptr', { ...location(representationMets), 'xlink:title': group.id }),
        element('fptr', { FILEID: representationMets.id }),
      ]
    : [element('fptr', { FILEID: group.id })];
  return element('div', { ID: `div-${group.id}`, LABEL: group.label ?? group.use }, ...pointers);
}
