import { FormatError } from '../../../base/index.ts';
import { childrenNamed, descendants, readXml, type XmlNode } from '../xml/index.ts';

const metsNamespace = 'http://www.loc.gov/METS/';
const csipNamespace = 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS';
const href = '{http://www.w3.org/1999/xlink}href';

/** A file that a METS document names. What the document leaves out is left out. */
export interface ListedFile {
  readonly section: 'dmdSec' | 'amdSec' | 'fileSec';
  /** Percent-decoded, from the folder of the METS document; a path as found, not yet known to be safe. */
  readonly path: string;
  readonly size?: number;
  readonly checksum?: { readonly type: string; readonly value: string };
  readonly mimeType?: string;
}

/** What is needed of a METS document to find and check the files it lists. */
export interface ReadMets {
  readonly objectId: string;
  readonly profile: string;
  readonly packageType: string;
  /** Of a DIP of ours: the id of the AIP that it was made from (`altRecordID`). */
  readonly aip?: string;
  readonly files: readonly ListedFile[];
}

/**
 * Reads a METS document of an E-ARK package, ours or another's: metadata references and files with their checksums.
 * @throws FormatError when the bytes are no METS document or name a file in a way that cannot be read
 */
export function readMets(bytes: Uint8Array): ReadMets {
  const root = readXml(bytes);
  if (root.name !== 'mets' || root.namespace !== metsNamespace) throw malformed('the root is not mets');
  const header = childrenNamed(root, 'metsHdr')[0];
  const aip = header && childrenNamed(header, 'altRecordID').find((one) => one.attributes.get('TYPE') === 'AIP')?.text;
  return {
    objectId: root.attributes.get('OBJID') ?? '',
    profile: root.attributes.get('PROFILE') ?? '',
    packageType: header?.attributes.get(`{${csipNamespace}}OAISPACKAGETYPE`) ?? '',
    ...(aip ? { aip: aip.trim() } : {}),
    files: [
      ...metadataFiles(root, 'dmdSec'),
      ...metadataFiles(root, 'amdSec'),
      ...childrenNamed(root, 'fileSec')
        .flatMap((section) => descendants(section, metsNamespace, 'file'))
        .map(listedFile),
    ],
  };
}

function metadataFiles(root: XmlNode, section: 'dmdSec' | 'amdSec'): ListedFile[] {
  return childrenNamed(root, section)
    .flatMap((node) => descendants(node, metsNamespace, 'mdRef'))
    .map((reference) => ({ section, path: pathOf(reference), ...fileAttributes(reference) }));
}

function listedFile(file: XmlNode): ListedFile {
  const location = childrenNamed(file, 'FLocat')[0];
  if (!location) throw malformed('a file without FLocat');
  return { section: 'fileSec', path: pathOf(location), ...fileAttributes(file) };
}

function pathOf(location: XmlNode): string {
  const reference = location.attributes.get(href);
  if (!reference) throw malformed('a reference without xlink:href');
  try {
    return decodeURIComponent(reference);
  } catch (cause) {
    throw new FormatError('METS', 'an xlink:href that is not percent-encoded', { cause });
  }
}

function fileAttributes(node: XmlNode): Omit<ListedFile, 'section' | 'path'> {
  const size = node.attributes.get('SIZE');
  const type = node.attributes.get('CHECKSUMTYPE');
  const value = node.attributes.get('CHECKSUM');
  const mimeType = node.attributes.get('MIMETYPE');
  return {
    ...(size !== undefined && /^\d{1,15}$/.test(size) ? { size: Number(size) } : {}),
    ...(type !== undefined && value !== undefined ? { checksum: { type, value: value.toLowerCase() } } : {}),
    ...(mimeType === undefined ? {} : { mimeType }),
  };
}

function malformed(detail: string): FormatError {
  return new FormatError('METS', detail);
}
