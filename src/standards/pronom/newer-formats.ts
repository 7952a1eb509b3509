import type { RegistryFormat } from './signature-data.ts';

const plainPdf = ['fmt/14', 'fmt/15', 'fmt/16', 'fmt/17', 'fmt/18', 'fmt/19', 'fmt/20', 'fmt/276', 'fmt/1129'];
const zip = ['x-fmt/263', 'fmt/189'];
const odf = (version: string, name: string, kind: string, extension: string, puid: string): RegistryFormat => ({
  puid,
  name,
  version,
  mimeType: `application/vnd.oasis.opendocument.${kind}`,
  extensions: [extension],
  over: zip,
});

/**
 * Formats that the registry has numbered, but for which a release of its signatures may know nothing yet. Each speaks
 * only while the signatures in use have none for it, and only over the formats named here, of which it is a special one.
 */
const rows: readonly RegistryFormat[] = [
  {
    puid: 'fmt/1910',
    name: 'Acrobat PDF/A - Portable Document Format',
    version: '4',
    mimeType: 'application/pdf',
    over: plainPdf,
  },
  {
    puid: 'fmt/1911',
    name: 'Acrobat PDF/A - Portable Document Format',
    version: '4e',
    mimeType: 'application/pdf',
    over: plainPdf,
  },
  {
    puid: 'fmt/1912',
    name: 'Acrobat PDF/A - Portable Document Format',
    version: '4f',
    mimeType: 'application/pdf',
    over: plainPdf,
  },
  { puid: 'fmt/1827', name: 'DOCX Strict OOXML Document', version: '2007 onwards', over: [...zip, 'fmt/412'] },
  { puid: 'fmt/1828', name: 'XLSX Strict OOXML Spreadsheet', version: '2007 onwards', over: [...zip, 'fmt/214'] },
  { puid: 'fmt/1829', name: 'PPTX Strict OOXML Presentation', version: '2007 onwards', over: [...zip, 'fmt/215'] },
  odf('1.3', 'OpenDocument Text', 'text', 'odt', 'fmt/1756'),
  odf('1.3', 'OpenDocument Spreadsheet', 'spreadsheet', 'ods', 'fmt/1755'),
  odf('1.3', 'OpenDocument Presentation', 'presentation', 'odp', 'fmt/1754'),
  odf('1.3', 'OpenDocument Graphics', 'graphics', 'odg', 'fmt/1753'),
  { puid: 'fmt/1340', name: 'BDOC', version: '1', mimeType: 'application/vnd.bdoc-1.0', over: zip },
  {
    puid: 'fmt/1341',
    name: 'Associated Signature Container Simple (ASiC-S)',
    mimeType: 'application/vnd.etsi.asic-s+zip',
    over: zip,
  },
  { puid: 'fmt/1342', name: 'BDOC', version: '2.x', mimeType: 'application/vnd.etsi.asic-e+zip', over: zip },
  {
    puid: 'fmt/1251',
    name: 'Electronically Certified Document (EDOC)',
    mimeType: 'application/vnd.etsi.asic-e+zip',
    over: zip,
  },
  {
    puid: 'fmt/1564',
    name: 'Associated Signature Container Extended (ASiC-E)',
    mimeType: 'application/vnd.etsi.asic-e+zip',
    over: zip,
  },
];

export const newerFormats: ReadonlyMap<string, RegistryFormat> = new Map(rows.map((format) => [format.puid, format]));
