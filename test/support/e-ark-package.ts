import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EarkRules, SpecificationTable } from '../../src/standards/packages/index.ts';

const tables = join(import.meta.dirname, '../../profiles/e-ark');
const read = (name: string): unknown => JSON.parse(readFileSync(join(tables, name), 'utf8'));

const schemaFile = (name: string) => readFileSync(join(import.meta.dirname, '../../representation-information', name));

/** The rule tables that are shipped. */
export const earkRules: EarkRules = {
  specifications: ['2.0.4', '2.1.0', '2.2.0'].map((version) => read(`${version}.json`) as SpecificationTable),
  ...(read('rules.json') as Pick<EarkRules, 'rules' | 'references'>),
  vocabularies: read('vocabularies.json') as EarkRules['vocabularies'],
  metsSchema: {
    schema: schemaFile('mets.xsd'),
    imported: { 'http://www.loc.gov/standards/xlink/xlink.xsd': schemaFile('xlink.xsd') },
  },
};

const contents = {
  'metadata/descriptive/dc.xml': '<dc/>',
  'metadata/preservation/premis.xml': '<premis/>',
  'documentation/readme.txt': 'read me',
  'schemas/mets.xsd': '<schema/>',
  'representations/one/data/a.txt': 'content\nof two lines\n',
};

type ContentPath = keyof typeof contents;
const created = '2025-01-01T00:00:00Z';

function fixity(path: ContentPath): string {
  const bytes = Buffer.from(contents[path]);
  const checksum = createHash('sha256').update(bytes).digest('hex');
  return `MIMETYPE="text/plain" SIZE="${bytes.length}" CREATED="${created}" CHECKSUM="${checksum}" CHECKSUMTYPE="SHA-256"`;
}

function metadata(path: ContentPath, type: string): string {
  return `<mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="${path}" MDTYPE="${type}" MDTYPEVERSION="3.0" ${fixity(path)}/>`;
}

function fileGroup(id: string, use: string, path: ContentPath): string {
  const type = use.startsWith('Representations') ? ' csip:CONTENTINFORMATIONTYPE="MIXED"' : '';
  return `<fileGrp ID="${id}" USE="${use}"${type}><file ID="${id}-1" ${fixity(path)}>
    <FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="${path}"/></file></fileGrp>`;
}

function division(id: string, label: string, group: string): string {
  return `<div ID="${id}" LABEL="${label}"><fptr FILEID="${group}"/></div>`;
}

/** METS of a package that breaks nothing. */
export function earkMets(kind: 'SIP' | 'AIP' | 'DIP' = 'AIP'): string {
  const profile = earkRules.specifications.at(-1)?.profiles[kind][0];
  return `<mets xmlns="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
    xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="package" TYPE="Mixed" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile}">
  <metsHdr CREATEDATE="${created}" LASTMODDATE="${created}" csip:OAISPACKAGETYPE="${kind}">
    <agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>Maker</name><note csip:NOTETYPE="SOFTWARE VERSION">1</note></agent>
    <agent ROLE="CREATOR" TYPE="ORGANIZATION"><name>Sender</name><note csip:NOTETYPE="IDENTIFICATIONCODE">7</note></agent>
  </metsHdr>
  <dmdSec ID="dmd" CREATED="${created}" STATUS="CURRENT">${metadata('metadata/descriptive/dc.xml', 'DC')}</dmdSec>
  <amdSec><digiprovMD ID="amd" STATUS="CURRENT">${metadata('metadata/preservation/premis.xml', 'PREMIS')}</digiprovMD></amdSec>
  <fileSec ID="files">${fileGroup('doc', 'Documentation', 'documentation/readme.txt')}
    ${fileGroup('xsd', 'Schemas', 'schemas/mets.xsd')}
    ${fileGroup('rep', 'Representations/one/data', 'representations/one/data/a.txt')}</fileSec>
  <structMap ID="map" TYPE="PHYSICAL" LABEL="CSIP"><div ID="main" LABEL="package">
    <div ID="d1" LABEL="Metadata" ADMID="amd" DMDID="dmd"/>${division('d2', 'Documentation', 'doc')}
    ${division('d3', 'Schemas', 'xsd')}${division('d4', 'Representations', 'rep')}</div></structMap>
</mets>`;
}

/** The files of the package that `mets` describes. */
export function earkFiles(mets = earkMets()): Map<string, Uint8Array> {
  const files = Object.entries({ 'METS.xml': mets, ...contents });
  return new Map(files.map(([path, text]) => [path, Buffer.from(text)]));
}
