import type { ByteReader } from '../../base/index.ts';
import type { FormatFinding } from './format-identification.ts';
import { openZip, type ZipContent } from './zip-content.ts';

/** A member's content need not be longer to tell the format. */
const enough = 64 * 1024;

/** Strict packages (ISO/IEC 29500-1) differ by the namespace of their main part. */
const strictParts: readonly (readonly [string, string, string])[] = [
  ['word/document.xml', 'http://purl.oclc.org/ooxml/wordprocessingml/main', 'fmt/1827'],
  ['xl/workbook.xml', 'http://purl.oclc.org/ooxml/spreadsheetml/main', 'fmt/1828'],
  ['ppt/presentation.xml', 'http://purl.oclc.org/ooxml/presentationml/main', 'fmt/1829'],
];

/** OpenDocument 1.3 (ISO/IEC 26300:2025) by media type. */
const openDocuments: readonly (readonly [RegExp, string])[] = [
  [/opendocument\.text/, 'fmt/1756'],
  [/opendocument\.spreadsheet/, 'fmt/1755'],
  [/opendocument\.presentation/, 'fmt/1754'],
  [/opendocument\.graphics/, 'fmt/1753'],
];

/** What ZIPs are made of that signatures of the registry may not tell yet, and all signature containers. */
export async function zipFormat(reader: ByteReader): Promise<FormatFinding | undefined> {
  const zip = await openZip(reader);
  if (!zip) return undefined;
  const mediaType = ((await zip.text('mimetype', 256)) ?? '').trim();
  return (await asicFormat(zip, mediaType)) ?? (await strictOffice(zip)) ?? (await openDocument(zip, mediaType));
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

async function strictOffice(zip: ZipContent): Promise<FormatFinding | undefined> {
  for (const [part, namespace, puid] of strictParts)
    if (zip.names.has(part) && (await zip.text(part, 4096))?.includes(namespace)) return { puid, basis: 'container' };
  return undefined;
}

async function openDocument(zip: ZipContent, mediaType: string): Promise<FormatFinding | undefined> {
  const puid = openDocuments.find(([pattern]) => pattern.test(mediaType))?.[1];
  if (!puid) return undefined;
  const content = (await zip.text('content.xml', enough)) ?? '';
  return /office:version=["']1\.3/.test(content) ? { puid, basis: 'container' } : undefined;
}
