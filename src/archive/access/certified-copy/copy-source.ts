import { ArchiveError, readWhole, sha256Hex, sha512Hex } from '../../../base/index.ts';
import { aipPathOf, fileKey, reportPath, type SignatureSummary } from '../../../standards/packages/index.ts';
import { etsiReport, type ValidationReport } from '../../../standards/signatures/index.ts';
import {
  type CatalogFile,
  type CatalogRecord,
  findBatch,
  findCoverage,
  verdictHistory,
  versionsOf,
} from '../../data-management/index.ts';
import { openStoredVersion, readRecordDescription, type StoredVersion } from '../../packaging/index.ts';
import { keptMaterial, statusStatement, type VersionEvidence } from '../../preservation/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';
import { evidenceNow } from '../export-evidence.ts';
import type { CopyContext } from './copy-context.ts';

/** An original with its bytes, just read and compared with the digests that it was received with. */
export interface CopiedFile {
  readonly file: CatalogFile;
  /** In the copy; neutral, since the manifest outlives the record. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** RFC 4998, DER. */
  readonly evidenceRecord: Uint8Array;
}

/** Everything of a record that goes into a copy. */
export interface CopySource {
  readonly record: CatalogRecord;
  readonly packageSha512: string;
  readonly files: readonly CopiedFile[];
  /** ETSI TS 119 102-2, when the record was archived and where a verdict changed since. */
  readonly reports: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly material: ValidationMaterial;
  /** The sealed statement of fields 11 to 14. */
  readonly status: readonly { readonly path: string; readonly content: Uint8Array }[];
  readonly evidence: VersionEvidence;
  /** When the batch was first stamped, and by whom it was stamped last. */
  readonly batch: { readonly createdAt: string; readonly authority: string };
  /** What was found of each signature when the version was packaged, in the order of the record's signatures. */
  readonly packaged: readonly SignatureSummary[];
}

/** A copy is made in memory. */
const largestCopy = 128 << 20;
const packagedReports = new RegExp(`^${reportPath('validation-report')}[^/]*\\.json$`);

/**
 * Reads a record for copying. Every original is read to its last byte and compared with both digests that it was received
 * with (CC-05).
 * @throws ArchiveError COPY_FIXITY_FAILED | FILE_TOO_LARGE | TIMESTAMP_UNAVAILABLE when its batch cannot be closed now
 */
export async function readCopySource(context: CopyContext, record: CatalogRecord): Promise<CopySource> {
  const { catalog } = context;
  if (record.files.reduce((sum, { size }) => sum + size, 0) > largestCopy)
    throw new ArchiveError(
      'FILE_TOO_LARGE',
      'The record is over 128 MB, too large for a certified copy. Hand out the package: `trajno export`.',
    );
  const stored = await openStoredVersion(context, record.id, record.version);
  const originals: Uint8Array[] = [];
  for (const file of record.files) originals.push(await readOriginal(stored, file));
  const evidence = await evidenceNow(context, record.id, record.version);
  const coverage = await findCoverage(catalog, record.id, record.version);
  const batch = coverage && (await findBatch(catalog, coverage.batchId));
  if (!batch) throw new Error('a version under evidence is in no batch');
  const files = await Promise.all(
    record.files.map(
      async (file, index): Promise<CopiedFile> => ({
        file,
        name: `original-${index + 1}${endingOf(file.path)}`,
        bytes: originals[index] ?? new Uint8Array(),
        evidenceRecord: await evidence.recordOf(aipPathOf(file)),
      }),
    ),
  );
  const description = await readRecordDescription(context.storage, record.id, record.version);
  const version = (await versionsOf(catalog, record.id)).find(({ version: number }) => number === record.version);
  return {
    record,
    packageSha512: version?.inventorySha512 ?? '',
    files,
    reports: await etsiReports(context, record, files, stored),
    material: (await keptMaterial(context, record.id, record.version)).material,
    status: (
      await statusStatement(
        { ...context, confirmationSeal: async () => (await context.sealingKey()).signer },
        { record: record.id },
      )
    ).files,
    evidence,
    batch,
    packaged: (description?.files ?? []).flatMap(({ signatures }) => signatures),
  };
}

async function readOriginal(stored: StoredVersion, file: CatalogFile): Promise<Uint8Array> {
  const bytes = await stored.read(aipPathOf(file)).catch((cause) => {
    if (cause instanceof ArchiveError && cause.code === 'LOCATION_CORRUPT') throw notAsReceived(cause);
    throw cause;
  });
  if (bytes.length !== file.size || sha256Hex(bytes) !== file.sha256 || sha512Hex(bytes) !== file.sha512)
    throw notAsReceived();
  return bytes;
}

function notAsReceived(cause?: unknown): ArchiveError {
  return new ArchiveError(
    'COPY_FIXITY_FAILED',
    'No location gives the original with the digests that it was received with. Run an audit, then ask again.',
    cause === undefined ? {} : { cause },
  );
}

function endingOf(path: string): string {
  const [, ending = ''] = /(\.[a-z0-9]{1,8})$/i.exec(path) ?? [];
  return ending.toLowerCase();
}

/** The reports of the package, and those of the newest change of a verdict. */
async function etsiReports(
  context: CopyContext,
  record: CatalogRecord,
  files: readonly CopiedFile[],
  stored: StoredVersion,
): Promise<CopySource['reports']> {
  const reports: { name: string; bytes: Uint8Array }[] = [];
  const add = (when: string, found: readonly { readonly path: string; readonly report: ValidationReport }[]) => {
    for (const { path, report } of found) {
      const bytes = etsiReport(report, path);
      const number = files.findIndex(({ file }) => fileKey(file) === path) + 1;
      if (bytes && number > 0) reports.push({ name: `reports/${when}-original-${number}.xml`, bytes });
    }
  };
  const packaged = stored.paths.filter((path) => packagedReports.test(path));
  for (const path of packaged.sort()) add('at-archiving', JSON.parse(Buffer.from(await stored.read(path)).toString()));
  const past = await verdictHistory(context.catalog, record.id);
  const newest = past.findLast(({ report }) => report !== undefined)?.report;
  if (newest) {
    const content = await readWhole(await context.storage.openState(newest, 'report.json'), largestCopy);
    add('latest', JSON.parse(Buffer.from(content).toString()).reports);
  }
  return reports;
}
