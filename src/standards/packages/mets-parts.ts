import { sha512Hex } from '../../base/index.ts';
import {
  type MetadataReference,
  type MetsAgent,
  type MetsDocument,
  type MetsReference,
  writeMets,
} from '../formats/mets/index.ts';
import type { AipFile } from './aip-description.ts';
import { aipPathOf, aipPaths, representationPath } from './aip-paths.ts';
import { filesOf } from './preservation-metadata.ts';
import type { RecordDescription } from './record-description.ts';
import { recordFormat } from './sealed-record.ts';

/** A file and the time that METS gives as its making. */
export type Dated = AipFile & { readonly createdAt: Date };

/** What METS says of the kind of a metadata file, by its name. */
export function metadataReference(file: Dated): Omit<MetadataReference, 'id'> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const status = /^(dc|record)-v\d+\./.test(name) ? ('SUPERSEDED' as const) : ('CURRENT' as const);
  const { id: _id, ...plain } = reference(file, '', 'application/json');
  if (name.endsWith('.p7s')) {
    return { ...plain, status, mdType: 'OTHER', otherMdType: 'CMS', mimeType: 'application/pkcs7-signature' };
  }
  const plainType = plainTypes.find(([end]) => name.endsWith(end));
  if (plainType) return { ...plain, status, mdType: 'OTHER', otherMdType: plainType[2], mimeType: plainType[1] };
  if (name.startsWith('dc')) return { ...plain, status, mdType: 'DC', mimeType: 'application/xml' };
  if (name === 'premis.xml' || name === 'premis-aip.xml') {
    return { ...plain, status, mdType: 'PREMIS', mdTypeVersion: '3.0', mimeType: 'application/xml' };
  }
  const material = materialTypes.find(([end]) => name.endsWith(end));
  if (material) return { ...plain, status, mdType: 'OTHER', otherMdType: 'validation material', mimeType: material[1] };
  const otherMdType = otherTypes.find(([start]) => name.startsWith(start))?.[1] ?? 'validation report';
  return { ...plain, status, mdType: 'OTHER', otherMdType };
}

const materialTypes = [
  ['.cer', 'application/pkix-cert'],
  ['.crl', 'application/pkix-crl'],
  ['.ocsp', 'application/ocsp-response'],
  ['.crl.json', 'application/json'],
] as const;

const plainTypes = [
  ['.ers', 'application/octet-stream', 'evidence record (RFC 4998)'],
  ['.jsonl', 'text/plain', 'journal of the record'],
  ['.pdf', 'application/pdf', 'integrity report'],
] as const;

const otherTypes = [
  ['record', recordFormat],
  ['ingest-report', 'ingest report'],
  ['integrity-report', 'integrity report'],
  ['status-statement', 'statement of fields 11 to 14 (UTT 5)'],
] as const;

/** What METS says of a file; `from` is the folder of the METS document in the package. */
export function reference(file: Dated, id: string, mimeType: string, from = ''): MetsReference {
  const size = 'content' in file ? file.content.length : file.payload.size;
  const sha512 = 'content' in file ? sha512Hex(file.content) : file.payload.sha512;
  return { id, path: file.path.slice(from.length), mimeType, size, createdAt: file.createdAt, sha512 };
}

/** A representation: its own METS and its data. It says nothing of the version, so that it stays as it is in the next. */
export function representation(
  record: RecordDescription,
  name: string,
  { profile, packageType }: Pick<MetsDocument, 'profile' | 'packageType'>,
): { name: string; mets: Dated; data: Dated[] } {
  const folder = `${representationPath(name)}/`;
  const createdAt = record.archivedAt;
  const files = filesOf(record, name);
  const data = files.map((file) => ({
    path: aipPathOf(file),
    payload: { size: file.size, sha512: file.sha512 },
    createdAt: file.createdAt ?? createdAt,
  }));
  const references = data.map((file, index) =>
    reference(file, `ID-f${index + 1}`, files[index]?.mimeType ?? 'application/octet-stream', folder),
  );
  const content = writeMets({
    objectId: name,
    profile,
    packageType,
    createdAt,
    recordStatus: packageType === 'DIP' ? 'CURRENT' : 'NEW',
    agents: [],
    descriptive: [],
    provenance: [],
    fileGroups: [{ id: 'data', use: 'Data', files: references }],
  });
  return { name, mets: { path: `${folder}${aipPaths.mets}`, content, createdAt }, data };
}

/** The program that made the package, and the institution whose archive it is. */
export function agentsOf({ software, institution }: RecordDescription): MetsAgent[] {
  return [
    {
      role: 'CREATOR',
      type: 'OTHER',
      otherType: 'SOFTWARE',
      name: software.name,
      note: { type: 'SOFTWARE VERSION', text: software.version },
    },
    {
      role: 'ARCHIVIST',
      type: 'ORGANIZATION',
      name: institution.name,
      note: { type: 'IDENTIFICATIONCODE', text: institution.id },
    },
  ];
}
