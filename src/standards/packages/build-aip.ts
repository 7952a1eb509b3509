import { ArchiveError, folderName } from '../../base/index.ts';
import { type FileGroup, type MetadataReference, writeMets } from '../formats/mets/index.ts';
import { writePremis } from '../formats/premis/index.ts';
import type { AipDescription, AipFile } from './aip-description.ts';
import { aipPathOf, aipPaths, reportPath, representationNames, supersededPaths } from './aip-paths.ts';
import { dublinCore } from './dublin-core.ts';
import { agentsOf, type Dated, metadataReference, reference, representation } from './mets-parts.ts';
import { preservationMetadata } from './preservation-metadata.ts';
import type { RecordDescription } from './record-description.ts';
import { clashKey, safeFileNames } from './safe-file-names.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { sealedRecord } from './sealed-record.ts';
import { verifyText } from './verify-text.ts';

/** E-ARK AIP 2.2.0; the profile's own text has a slip in the host name (docs/divergences.md). */
export const aipProfile = 'https://earkaip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml';

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
  const representations = representationNames(record).map((name) =>
    representation(record, name, { profile: aipProfile, packageType: 'AIP' }),
  );
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
