import { FormatError } from '../../../base/index.ts';
import type { DigestName } from '../../formats/x509/index.ts';
import { descendants, readXml, type XmlNode } from '../../formats/xml/index.ts';
import { digestNamed, signatureNamespace } from '../../formats/xmldsig/index.ts';

/** An object that a manifest names by path and digest (EN 319 162-1 A.4). */
export interface ManifestEntry {
  readonly path: string;
  readonly digestAlgorithm: DigestName | undefined;
  readonly digest: Uint8Array;
}

/** An ASiCManifest or ASiCArchiveManifest. */
export interface AsicManifest {
  readonly path: string;
  /** The signature or time-stamp over the manifest. */
  readonly signedBy: string | undefined;
  readonly entries: readonly ManifestEntry[];
}

const asicNamespace = 'http://uri.etsi.org/02918/v1.2.1#';
const mostEntries = 10_000;

/**
 * Reads a manifest.
 * @throws FormatError
 */
export function readManifest(path: string, bytes: Uint8Array): AsicManifest {
  const root = readXml(bytes);
  const [signature] = descendants(root, asicNamespace, 'SigReference');
  const objects = descendants(root, asicNamespace, 'DataObjectReference');
  if (objects.length > mostEntries) throw new FormatError('ASiC', 'a manifest of too many objects');
  return { path, signedBy: uriOf(signature), entries: objects.map(readEntry) };
}

function readEntry(object: XmlNode): ManifestEntry {
  const [method] = descendants(object, signatureNamespace, 'DigestMethod');
  const [value] = descendants(object, signatureNamespace, 'DigestValue');
  return {
    path: uriOf(object) ?? '',
    digestAlgorithm: digestNamed(method?.attributes.get('Algorithm') ?? ''),
    digest: Buffer.from(value?.text.trim() ?? '', 'base64'),
  };
}

/** The path that a reference names: percent-encoded, relative to the container's root. */
function uriOf(node: XmlNode | undefined): string | undefined {
  const uri = node?.attributes.get('URI');
  if (uri === undefined) return undefined;
  try {
    return decodeURIComponent(uri).replace(/^(\.?\/)+/, '');
  } catch {
    return uri;
  }
}
