// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
import type { FileWindows } from './file-windows.ts';
import type { FormatFinding } from './format-identification.ts';
import { openZip, type ZipContent } from './zip-content.ts';

/** A member's content need not be longer to tell the format. */
const enough = 64 * 1024;

/** Main parts of OOXML packages (ECMA-376 part 2, 10.1.2.2), most special first. */
const officeParts: readonly (readonly [string, string])[] = [
  ['application/vnd.ms-word.document.macroEnabled.main+xml', 'fmt/523'],
  ['application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'fmt/445'],
  ['application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml', 'fmt/487'],
  ['application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml', 'fmt/630'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml', 'fmt/597'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml', 'fmt/598'],
  ['application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml', 'fmt/629'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml', 'fmt/412'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'fmt/214'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml', 'fmt/215'],
];

/** Strict packages (ISO/IEC 29500-1) differ by the namespace of their main part. */
const strictParts: readonly (readonly [string, string, string])[] = [
  ['word/document.xml', 'http://purl.oclc.org/ooxml/wordprocessingml/main', 'fmt/1827'],
  ['xl/workbook.xml', 'http://purl.oclc.org/ooxml/spreadsheetml/main', 'fmt/1828'],
  ['ppt/presentation.xml', 'http://purl.oclc.org/ooxml/presentationml/main', 'fmt/1829'],
];

/** OpenDocument (ISO/IEC 26300) by media type, then version; 1.1 is what a document without a version is taken for. */
const openDocuments: readonly (readonly [RegExp, Readonly<Record<string, string>>])[] = [
  [/opendocument\.text|sun\.xml\.writer/, { '1.0': 'fmt/136', '1.1': 'fmt/290', '1.2': 'fmt/291', '1.3': 'fmt/1756' }],
  [
    /opendocument\.spreadsheet|sun\.xml\.calc/,
    { '1.0': 'fmt/137', '1.1': 'fmt/294', '1.2': 'fmt/295', '1.3': 'fmt/1755' },
  ],
  [
    /opendocument\.presentation|sun\.xml\.impress/,
    { '1.0': 'fmt/138', '1.1': 'fmt/292', '1.2': 'fmt/293', '1.3': 'fmt/1754' },
  ],
  [
    /opendocument\.graphics|sun\.xml\.draw/,
    { '1.0': 'fmt/139', '1.1': 'fmt/296', '1.2': 'fmt/297', '1.3': 'fmt/1753' },
  ],
];

/** ZIP and what is made of it: ASiC, OOXML, OpenDocument. A ZIP that cannot be opened is still one by its first bytes. */
export async function zipFormat(windows: FileWindows): Promise<FormatFinding | undefined> {
  const begins = /^([\s\S]{0,4}PK\x03\x04|PK\x05\x06\x00\x00)/.test(windows.head);
  const ends = /PK\x05\x06/.test(windows.tail.slice(-66_000));
  if (!begins && !ends) return undefined;
  const zip = await openZip(windows.reader);
  if (!zip) return begins ? (looseOpenDocument(windows) ?? { puid: 'x-fmt/263' }) : undefined;
  const mediaType = ((await zip.text('mimetype', 256)) ?? '').trim();
  return (
    (await asicFormat(zip, mediaType)) ??
    (await officeFormat(zip)) ??
    (await openDocumentFormat(zip, mediaType)) ?? { puid: 'x-fmt/263' }
  );
}

/** ASiC (EN 319 162-1 4.3 and 4.4) and the containers it grew from. */
async function asicFormat(zip: ZipContent, mediaType: string): Promise<FormatFinding | undefined> {
  const found = (puid: string): FormatFinding => ({ puid, basis: 'container', kind: 'asic' });
  const inside = [...zip.names];
  if (mediaType.startsWith('application/vnd.bdoc-1.0')) return found('fmt/1340');
  if (mediaType.startsWith('application/vnd.etsi.asic-s+zip')) return found('fmt/1341');
  if (mediaType.startsWith('application/vnd.etsi.asic-e+zip')) {
    if (inside.some((name) => /^META-INF\/edoc-signatures-S\d+\.xml$/.test(name))) return found('fmt/1251');
    const signature = inside.find((name) => /^META-INF\/signatures[01]\.xml$/.test(name));
    const text = signature && ((await zip.text(signature, enough)) ?? '');
    const isBdoc = text && (text.includes('bdoc-spec2') || text.slice(0, 4096).includes('xades:SignatureTimeStamp'));
    return found(isBdoc ? 'fmt/1342' : 'fmt/1564');
  }
  if (mediaType !== '') return undefined;
  const signatures = inside.filter((name) =>
    /^META-INF\/[^/]*(signature|timestamp|evidencerecord)[^/]*\.(p7s|xml|tst|ers)$/i.test(name),
  );
  const manifests = inside.some((name) => /^META-INF\/[^/]*ASiCManifest[^/]*\.xml$/i.test(name));
  if (signatures.length === 0 || zip.names.has('[Content_Types].xml') || zip.names.has('content.xml')) return undefined;
  const payload = inside.filter((name) => !name.startsWith('META-INF/') && !name.endsWith('/'));
  return found(payload.length === 1 && !manifests ? 'fmt/1341' : 'fmt/1564');
}

async function officeFormat(zip: ZipContent): Promise<FormatFinding | undefined> {
  for (const [part, namespace, puid] of strictParts)
    if ((await zip.text(part, 4096))?.includes(namespace)) return { puid, basis: 'container' };
  const types = await zip.text('[Content_Types].xml', enough);
  if (types === undefined) return undefined;
  const plain = types.replaceAll('\0', '');
  const main = officeParts.find(([contentType]) => plain.includes(`"${contentType}"`));
  return { puid: main?.[1] ?? 'fmt/189', basis: 'container' };
}

async function openDocumentFormat(zip: ZipContent, mediaType: string): Promise<FormatFinding | undefined> {
  if (mediaType.includes('vnd.sun.xml')) return undefined; // OpenOffice 1, which is no OpenDocument
  const manifest = mediaType || ((await zip.text('META-INF/manifest.xml', 4096)) ?? '');
  const kind = openDocuments.find(([pattern]) => pattern.test(manifest));
  if (!kind) return undefined;
  const content = (await zip.text('content.xml', enough)) ?? '';
  return openDocument(kind[1], content);
}

/** A document whose directory is cut off still names itself in its first, stored member (ODF 1.2 part 3, 3.3). */
function looseOpenDocument({ head }: FileWindows): FormatFinding | undefined {
  const mediaType = /^PK\x03\x04[\s\S]{26}mimetype(application\/vnd\.oasis\.[\w.+-]{1,100})/.exec(head)?.[1];
  const kind = mediaType && openDocuments.find(([pattern]) => pattern.test(mediaType));
  return kind ? { ...openDocument(kind[1], head), basis: 'signature' } : undefined;
}

function openDocument(versions: Readonly<Record<string, string>>, content: string): FormatFinding {
  const version = /office:version=["'](1\.[0123])/.exec(content)?.[1] ?? '1.1';
  return { puid: versions[version] ?? 'x-fmt/263', basis: 'container' };
}
