import { FormatError } from '../../base/index.ts';
import { childrenNamed, readXml, type XmlNode } from '../formats/xml/index.ts';
import { readByteSequences } from './read-byte-sequences.ts';
import type {
  ContainerSignature,
  ContainerSignatureFile,
  ContainerTrigger,
  ContainerType,
  FormatSignatureFile,
  RegistryFormat,
} from './signature-data.ts';

const limits = { formats: 20_000, signatures: 40_000 };

/**
 * Reads a signature file of DROID: of formats (root `FFSignatureFile`) or of containers (`ContainerSignatureMapping`).
 * @throws FormatError when it is neither, a reference leads nowhere, or a sequence is not in PRONOM's syntax
 */
export function readSignatureFile(bytes: Uint8Array): FormatSignatureFile | ContainerSignatureFile {
  const root = readXml(bytes);
  if (root.name === 'FFSignatureFile') return readFormats(root);
  if (root.name === 'ContainerSignatureMapping') return readContainers(root);
  throw malformed(`a root element “${root.name.slice(0, 40)}”, which is no signature file of DROID`);
}

function readFormats(root: XmlNode): FormatSignatureFile {
  const version = root.attributes.get('Version');
  if (!version) throw malformed('a signature file without a version');
  const created = root.attributes.get('DateCreated');
  const rows = below(root, 'FileFormatCollection', 'FileFormat');
  const signatures = below(root, 'InternalSignatureCollection', 'InternalSignature');
  if (rows.length > limits.formats || signatures.length > limits.signatures) throw malformed('over the limit');
  const puids = new Map(rows.map((row) => [attribute(row, 'ID'), attribute(row, 'PUID')]));
  const bySignature = new Map<string, string[]>();
  for (const row of rows)
    for (const id of childrenNamed(row, 'InternalSignatureID')) {
      const key = id.text.trim();
      bySignature.set(key, [...(bySignature.get(key) ?? []), attribute(row, 'PUID')]);
    }
  return {
    droid: { version, ...(created ? { created } : {}) },
    formats: rows.map((row) => readFormat(row, puids)),
    signatures: signatures.flatMap((signature) => {
      const owners = bySignature.get(attribute(signature, 'ID'));
      return owners ? [{ puids: owners, ...readByteSequences(signature) }] : [];
    }),
  };
}

function readFormat(row: XmlNode, puids: ReadonlyMap<string, string>): RegistryFormat {
  const version = row.attributes.get('Version');
  const mimeType = row.attributes.get('MIMEType');
  const extensions = childrenNamed(row, 'Extension').map(({ text }) => text.trim().toLowerCase());
  const over = childrenNamed(row, 'HasPriorityOverFileFormatID').flatMap(({ text }) => puids.get(text.trim()) ?? []);
  return {
    puid: attribute(row, 'PUID'),
    name: attribute(row, 'Name'),
    ...(version ? { version } : {}),
    ...(mimeType ? { mimeType } : {}),
    ...(extensions.length > 0 ? { extensions } : {}),
    ...(over.length > 0 ? { over } : {}),
  };
}

function readContainers(root: XmlNode): ContainerSignatureFile {
  const version = root.attributes.get('signatureVersion');
  if (!version) throw malformed('a container signature file without a version');
  const signatures = below(root, 'ContainerSignatures', 'ContainerSignature');
  if (signatures.length > limits.signatures) throw malformed('over the limit');
  const puids = new Map<string, string[]>();
  for (const mapping of below(root, 'FileFormatMappings', 'FileFormatMapping')) {
    const id = attribute(mapping, 'signatureId');
    puids.set(id, [...(puids.get(id) ?? []), attribute(mapping, 'Puid')]);
  }
  return {
    container: { version },
    containers: signatures.flatMap((signature) => readContainer(signature, puids.get(attribute(signature, 'Id')))),
    triggers: below(root, 'TriggerPuids', 'TriggerPuid').flatMap((trigger): ContainerTrigger[] => {
      const type = containerType(trigger);
      return type ? [{ type, puid: attribute(trigger, 'Puid') }] : [];
    }),
  };
}

/** None where no format is named, or the container is of a type we cannot open: then nothing may be concluded from it. */
function readContainer(signature: XmlNode, puids: readonly string[] | undefined): ContainerSignature[] {
  const type = containerType(signature);
  const files = below(signature, 'Files', 'File');
  if (!type || !puids || files.length === 0) return [];
  return [{ puids, type, files: files.map(readContained) }];
}

function readContained(file: XmlNode): ContainerSignature['files'][number] {
  const path = childrenNamed(file, 'Path')[0]?.text.trim();
  if (!path) throw malformed('a file in a container without a path');
  const signatures = childrenNamed(file, 'BinarySignatures').flatMap((binary) =>
    below(binary, 'InternalSignatureCollection', 'InternalSignature').map(readByteSequences),
  );
  return { path, ...(signatures.length > 0 ? { signatures } : {}) };
}

function containerType(node: XmlNode): ContainerType | undefined {
  const type = node.attributes.get('ContainerType');
  return type === 'ZIP' || type === 'OLE2' ? type : undefined;
}

function below(node: XmlNode, collection: string, name: string): XmlNode[] {
  return childrenNamed(node, collection).flatMap((found) => childrenNamed(found, name));
}

function attribute(node: XmlNode, name: string): string {
  const value = node.attributes.get(name);
  if (value === undefined) throw malformed(`a ${node.name} without ${name}`);
  return value;
}

function malformed(detail: string): FormatError {
  return new FormatError('PRONOM', detail);
}
