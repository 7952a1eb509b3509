import { createHash } from 'node:crypto';

const created = '2025-01-01T00:00:00Z';
const namespaces =
  'xmlns="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" xmlns:xlink="http://www.w3.org/1999/xlink"';
const profile = 'https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml';

export const sampleDublinCore = `<?xml version="1.0" encoding="UTF-8"?>
<simpledc xmlns="http://purl.org/dc/elements/1.1/"><title>Предмет о закупу</title><creator>Општина Пример</creator>
<date>2024-05-06</date><identifier>P-7/2024</identifier><language>sr</language></simpledc>
`;

/** An E-ARK SIP 2.2.0 that breaks no MUST. @param representations files by path below `data/`, by representation */
export function sipFiles(
  representations: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>,
  { folder = 'sip-1', dublinCore = sampleDublinCore, representationMets = '' } = {},
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const put = (path: string, content: string | Uint8Array) => files.set(path, Buffer.from(content as string));
  put('metadata/descriptive/dc.xml', dublinCore);
  put('documentation/uputstvo.txt', 'како се чита');
  put('schemas/mets.xsd', '<schema/>');
  for (const [name, contents] of Object.entries(representations)) {
    for (const [path, content] of Object.entries(contents)) put(`representations/${name}/data/${path}`, content);
    put(`representations/${name}/METS.xml`, representationMets || metsOfRepresentation(name, files));
  }
  put('METS.xml', packageMets(folder, Object.keys(representations), files));
  return files;
}

function packageMets(folder: string, names: readonly string[], files: ReadonlyMap<string, Buffer>): string {
  const file = (path: string, id: string) => fileElement(path, path, id, files);
  const dc = 'metadata/descriptive/dc.xml';
  const groups = names.map((name, index) =>
    group(`rep${index}`, `Representations/${name}`, file(`representations/${name}/METS.xml`, `rep${index}-1`)),
  );
  const pointers = names.map(
    (name, index) => `<div ID="d-rep${index}" LABEL="Representations/${name}">
      <mptr LOCTYPE="URL" xlink:type="simple" xlink:title="rep${index}" xlink:href="representations/${encodeURI(name)}/METS.xml"/></div>`,
  );
  return `<mets ${namespaces} OBJID="${folder}" LABEL="SIP" TYPE="Mixed" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile}">
  <metsHdr CREATEDATE="${created}" csip:OAISPACKAGETYPE="SIP">${softwareAgent}
    <agent ROLE="CREATOR" TYPE="ORGANIZATION"><name>Општина Пример</name><note csip:NOTETYPE="IDENTIFICATIONCODE">7</note></agent>
    <altRecordID TYPE="SUBMISSIONAGREEMENT">SP-3/2024</altRecordID></metsHdr>
  <dmdSec ID="dmd" CREATED="${created}" STATUS="CURRENT"><mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="${dc}" MDTYPE="DC" ${fixity(dc, files)}/></dmdSec>
  <fileSec ID="files">${group('doc', 'Documentation', file('documentation/uputstvo.txt', 'doc-1'))}
    ${group('xsd', 'Schemas', file('schemas/mets.xsd', 'xsd-1'))}${groups.join('')}</fileSec>
  <structMap ID="map" TYPE="PHYSICAL" LABEL="CSIP"><div ID="main" LABEL="${folder}"><div ID="d1" LABEL="Metadata" DMDID="dmd"/>
    <div ID="d2" LABEL="Documentation"><fptr FILEID="doc"/></div><div ID="d3" LABEL="Schemas"><fptr FILEID="xsd"/></div>
    ${pointers.join('')}</div></structMap></mets>`;
}

const softwareAgent =
  '<agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>Maker</name><note csip:NOTETYPE="SOFTWARE VERSION">1</note></agent>';

function metsOfRepresentation(name: string, files: ReadonlyMap<string, Buffer>): string {
  const prefix = `representations/${name}/`;
  const own = [...files.keys()].filter((path) => path.startsWith(`${prefix}data/`));
  const elements = own.map((path, index) => fileElement(path, path.slice(prefix.length), `f${index}`, files));
  return `<mets ${namespaces} OBJID="${name}" TYPE="Mixed" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile}">
  <metsHdr CREATEDATE="${created}" csip:OAISPACKAGETYPE="SIP">${softwareAgent}</metsHdr>
  <fileSec ID="files">${group('data', 'Data', elements.join(''))}</fileSec>
  <structMap ID="map" TYPE="PHYSICAL" LABEL="CSIP"><div ID="main" LABEL="${name}"><div ID="d" LABEL="Data"><fptr FILEID="data"/></div></div></structMap></mets>`;
}

function group(id: string, use: string, content: string): string {
  const type = use.startsWith('Representations') ? ' csip:CONTENTINFORMATIONTYPE="MIXED"' : '';
  return `<fileGrp ID="${id}" USE="${use}"${type}>${content}</fileGrp>`;
}

function fileElement(path: string, href: string, id: string, files: ReadonlyMap<string, Buffer>): string {
  return `<file ID="${id}" ${fixity(path, files)}><FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="${encodeURI(href)}"/></file>`;
}

function fixity(path: string, files: ReadonlyMap<string, Buffer>): string {
  const bytes = files.get(path) ?? Buffer.alloc(0);
  const checksum = createHash('sha256').update(bytes).digest('hex');
  return `MIMETYPE="application/octet-stream" SIZE="${bytes.length}" CREATED="${created}" CHECKSUM="${checksum}" CHECKSUMTYPE="SHA-256"`;
}
