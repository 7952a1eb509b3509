import type { RecordDescription, RecordFile } from './record-description.ts';
import { originalRepresentation } from './sealed-record.ts';

/** Where the parts of an AIP lie, from its root folder (CSIPSTR1 to CSIPSTR16). */
export const aipPaths = {
  mets: 'METS.xml',
  dublinCore: 'metadata/descriptive/dc.xml',
  premis: 'metadata/preservation/premis.xml',
  record: 'metadata/other/record.json',
  confirmation: 'metadata/other/record.json.p7s',
  ingestReport: 'metadata/other/ingest-report.json',
  submission: 'submission/',
  schemas: 'schemas/catalog.xml',
  verifyText: 'documentation/VERIFY.txt',
} as const;

/** Where the metadata of an earlier version lies in the state of a later one. */
export function supersededPaths(version: number): { dublinCore: string; record: string; confirmation: string } {
  return {
    dublinCore: `metadata/descriptive/dc-v${version}.xml`,
    record: `metadata/other/record-v${version}.json`,
    confirmation: `metadata/other/record-v${version}.json.p7s`,
  };
}

/** Where a validation report lies. */
export function reportPath(name: string): string {
  return `metadata/preservation/${name}`;
}

/** The folder of a representation. */
export function representationPath(name: string): string {
  return `representations/${name}`;
}

/** Where a file of the record lies in the package. */
export function aipPathOf(file: Pick<RecordFile, 'path' | 'representation'>): string {
  return `${representationPath(file.representation ?? originalRepresentation)}/data/${file.path}`;
}

/** What names a file among those of its record: its path, with its representation before it where that is another than `original`. */
export function fileKey({ path, representation }: Pick<RecordFile, 'path' | 'representation'>): string {
  return representation === undefined || representation === originalRepresentation ? path : `${representation}/${path}`;
}

/** The representations of a record in the order of their first files. */
export function representationNames(record: Pick<RecordDescription, 'files'>): string[] {
  return [...new Set(record.files.map((file) => file.representation ?? originalRepresentation))];
}
