import { ArchiveError, folderName, sha512Hex } from '../../base/index.ts';
import {
  type FileGroup,
  type MetadataReference,
  type MetsAgent,
  type MetsReference,
  writeMets,
} from '../formats/mets/index.ts';
import { writePremis } from '../formats/premis/index.ts';
import type { AipDescription, AipFile } from './aip-description.ts';
import {
  aipPathOf,
  aipPaths,
  reportPath,
  representationNames,
  representationPath,
  supersededPaths,
} from './aip-paths.ts';
import { dublinCore } from './dublin-core.ts';
import { filesOf, preservationMetadata } from './preservation-metadata.ts';
import type { RecordDescription } from './record-description.ts';
import { clashKey, safeFileNames } from './safe-file-names.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { recordFormat, sealedRecord } from './sealed-record.ts';
import { verifyText } from './verify-text.ts';

/** E-ARK AIP 2.2.0; the profile's own text has a slip in the host name (docs/divergences.md). */
export const aipProfile = 'https://earkaip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml';

/** A file and the time that METS gives as its making. */
type Dated = AipFile & { readonly createdAt: Date };

/**
 * The files of one version of an AIP (CSIP and AIP 2.2.0), sorted by path from the root folder `aipFolder(record)`.
 * Deterministic. Payload is given back as references by digest, what is made here as bytes.
 * @throws ArchiveError NAME_UNSAFE or NAME_CLASH when a path is not one of `safeFileNames`.
 */
export function buildAip(description: AipDescription): AipFile[] {
  const { record } = description;
  checkPaths(description);
  const descriptive = descriptiveMetadata(description);
  const provenance = provenanceMetadata(description);
  const representations = representationNames(record).map((name) => representation(record, name));
  const documentation = {
    path: aipPaths.verifyText,
    content: new TextEncoder().encode(verifyText),
    createdAt: record.archivedAt,
  };
  const submission = (description.submission ?? []).map(({ path, payload }) => ({
    path: `${aipPaths.submission}${path}`,
    payload,
    createdAt: record.archivedAt,
  }));
  const schemas = { path: aipPaths.schemas, content: schemaCatalog(), createdAt: record.archivedAt };
  const mets = packageMets(description, {
    descriptive: descriptive.map((file, index) => ({ ...metadataReference(file), id: `d${index + 1}` })),
    provenance: provenance.map((file, index) => ({ ...metadataReference(file), id: `p${index + 1}` })),
    fileGroups: [
      { id: 'schemas', use: 'Schemas', files: [reference(schemas, 'ID-schemas', 'application/xml')] },
      { id: 'documentation', use: 'Documentation', files: [reference(documentation, 'ID-doc1', 'text/plain')] },
      ...submissionGroup(submission),
      ...representations.map(({ name, mets }, index) => ({
        id: `rep${index + 1}`,
        use: `Representations/${name}`,
        files: [reference(mets, `ID-rep${index + 1}`, 'application/xml')],
      })),
    ],
  });
  const dated = [...descriptive, ...provenance, ...representations.flatMap(({ mets, data }) => [mets, ...data])];
  const files = [...dated, ...submission, documentation, schemas].map(({ createdAt: _createdAt, ...file }) => file);
  return [{ path: aipPaths.mets, content: mets }, ...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The name of the root folder of a record's packages (AIP20 to AIP22). */
export function aipFolder(record: Pick<RecordDescription, 'id'>): string {
  return folderName(record.id);
}

/** Refuses what would escape the package or lie on another file, whatever the caller did before. */
function checkPaths({ record, validationReports, submission = [] }: AipDescription): void {
  const paths = [
    ...record.files.map(aipPathOf),
    ...validationReports.map(({ name }) => reportPath(name)),
    ...submission.map(({ path }) => `${aipPaths.submission}${path}`),
  ];
  const keys = new Set<string>([aipPaths.premis]);
  for (const path of paths) {
    const segments = path.split('/');
    if (segments.some((segment) => safeFileNames([segment])[0] !== segment)) {
      throw new ArchiveError('NAME_UNSAFE', `“${path}” is not a safe path in a package`);
    }
    const key = clashKey(path);
    if (keys.has(key)) throw new ArchiveError('NAME_CLASH', `“${path}” stands twice in the package`);
    keys.add(key);
  }
}

/** Dublin Core and the sealed record, with those of earlier versions. */
function descriptiveMetadata({ record, superseded = [] }: AipDescription): Dated[] {
  return [
    { path: aipPaths.dublinCore, content: dublinCore(record), createdAt: record.packagedAt },
    { path: aipPaths.record, content: sealedRecord(record), createdAt: record.packagedAt },
    ...superseded.flatMap(({ version, packagedAt: createdAt, dublinCore, record }) => [
      { path: supersededPaths(version).dublinCore, payload: dublinCore, createdAt },
      { path: supersededPaths(version).record, payload: record, createdAt },
    ]),
  ];
}

/** PREMIS, validation reports and confirmations, with those of earlier versions. */
function provenanceMetadata(description: AipDescription): Dated[] {
  const { record, confirmation, validationReports, ingestReport, superseded = [] } = description;
  const premis = writePremis(preservationMetadata(description));
  return [
    { path: aipPaths.premis, content: premis, createdAt: record.packagedAt },
    ...validationReports.map(({ name, ...file }) => ({ ...file, path: reportPath(name) })),
    ...(confirmation ? [{ ...confirmation, path: aipPaths.confirmation }] : []),
    ...(ingestReport ? [{ ...ingestReport, path: aipPaths.ingestReport, createdAt: record.archivedAt }] : []),
    ...superseded.flatMap(({ version, packagedAt: createdAt, confirmation: payload }) =>
      payload ? [{ path: supersededPaths(version).confirmation, payload, createdAt }] : [],
    ),
  ];
}

/** What METS says of the kind of a metadata file, by its name. */
function metadataReference(file: Dated): Omit<MetadataReference, 'id'> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const status = /-v\d+\.(xml|json|json\.p7s)$/.test(name) ? ('SUPERSEDED' as const) : ('CURRENT' as const);
  const { id: _id, ...plain } = reference(file, '', 'application/json');
  if (name.endsWith('.p7s')) {
    return { ...plain, status, mdType: 'OTHER', otherMdType: 'CMS', mimeType: 'application/pkcs7-signature' };
  }
  if (name.startsWith('dc')) return { ...plain, status, mdType: 'DC', mimeType: 'application/xml' };
  if (name === 'premis.xml') {
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

const otherTypes = [
  ['record', recordFormat],
  ['ingest-report', 'ingest report'],
] as const;

/** What the producer's package held beside the documents. None where files came in by themselves. */
function submissionGroup(files: readonly Dated[]): FileGroup[] {
  if (files.length === 0) return [];
  const references = files.map((file, index) => reference(file, `ID-sub${index + 1}`, mimeTypeOf(file.path)));
  return [{ id: 'submission', use: 'Metadata', label: 'submission', files: references }];
}

/** Of metadata, by extension: nothing is identified here. */
function mimeTypeOf(path: string): string {
  if (/\.(xml|xsd)$/i.test(path)) return 'application/xml';
  return /\.txt$/i.test(path) ? 'text/plain' : 'application/octet-stream';
}

function reference(file: Dated, id: string, mimeType: string, from = ''): MetsReference {
  const size = 'content' in file ? file.content.length : file.payload.size;
  const sha512 = 'content' in file ? sha512Hex(file.content) : file.payload.sha512;
  return { id, path: file.path.slice(from.length), mimeType, size, createdAt: file.createdAt, sha512 };
}

/** A representation: its own METS and its data. It says nothing of the version, so that it stays as it is in the next. */
function representation(record: RecordDescription, name: string): { name: string; mets: Dated; data: Dated[] } {
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
    profile: aipProfile,
    packageType: 'AIP',
    createdAt,
    recordStatus: 'NEW',
    agents: [],
    descriptive: [],
    provenance: [],
    fileGroups: [{ id: 'data', use: 'Data', files: references }],
  });
  return { name, mets: { path: `${folder}${aipPaths.mets}`, content, createdAt }, data };
}

interface Sections {
  readonly descriptive: readonly MetadataReference[];
  readonly provenance: readonly MetadataReference[];
  readonly fileGroups: readonly FileGroup[];
}

function packageMets({ record }: AipDescription, sections: Sections): Uint8Array {
  return writeMets({
    objectId: record.id,
    label: record.title,
    profile: aipProfile,
    packageType: 'AIP',
    createdAt: record.archivedAt,
    modifiedAt: record.packagedAt,
    recordStatus: record.version === 1 ? 'NEW' : 'VERSION',
    agents: agentsOf(record),
    alternativeIds: record.alternativeIdentifiers ?? [],
    ...sections,
  });
}

function agentsOf({ software, institution }: RecordDescription): MetsAgent[] {
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
