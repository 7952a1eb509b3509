import { ArchiveError, readWhole, utcSeconds } from '../../base/index.ts';
import { stateOf } from '../../standards/ocfl/index.ts';
import {
  aipPaths,
  fileKey,
  originalRepresentation,
  parseSealedRecord,
  type RecordDescription,
} from '../../standards/packages/index.ts';
import type {
  CatalogFile,
  CatalogRecord,
  CatalogSignature,
  Classification,
  PackagedRecord,
  StoreReader,
  SubmittedRecord,
} from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';

const longestRecord = 64 << 20;
const largestObjectFile = 1 << 30;

/** Reads from the store what the catalog is made of. */
export function storeReader({ storage }: Pick<Holdings, 'storage'>): StoreReader {
  return {
    readRecord: async (id, version) => {
      const description = await readRecordDescription(storage, id, version);
      return description && packagedRecord(description);
    },
    readObjectFile: async (id, path) => {
      try {
        return await readWhole(await storage.openState(id, path), largestObjectFile);
      } catch (error) {
        if (
          isMissing(error) ||
          (error instanceof ArchiveError && ['LOCATION_CORRUPT', 'FILE_UNKNOWN'].includes(error.code))
        )
          return undefined;
        throw error;
      }
    },
    readSubmission: async (id) => {
      try {
        const staged = await storage.readStaged(id, submissionFile);
        const text = Buffer.from(await readWhole(staged, longestRecord)).toString('utf8');
        return { submission: text, record: submittedRecord(JSON.parse(text)) };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

/** The name under which a submission's description lies in staging, beside its files. */
export const submissionFile = 'submission.json';

/** What the catalog keeps of a submission before its files were looked at. */
export function submittedRecord(submission: {
  readonly title: string;
  readonly profile: CatalogRecord['profile'];
  readonly category?: string;
  readonly metadata: CatalogRecord['fields'];
  readonly receivedAt: string;
  readonly files: readonly Pick<CatalogFile, 'path' | 'originalName' | 'size' | 'sha256' | 'sha512'>[];
}): SubmittedRecord {
  const { title, profile, category, metadata, receivedAt } = submission;
  return {
    title,
    profile,
    ...(category ? { category } : {}),
    fields: metadata,
    receivedAt,
    files: submission.files.map(({ path, originalName, size, sha256, sha512 }) => ({
      path,
      originalName,
      size,
      sha256,
      sha512,
      mimeType: 'application/octet-stream',
      formatName: '',
      formatBasis: '',
      role: 'content',
    })),
    signatures: [],
  };
}

/** The sealed metadata of a version of a record, or undefined where no location has it. */
export async function readRecordDescription(
  storage: Holdings['storage'],
  id: string,
  version: number,
): Promise<RecordDescription | undefined> {
  const inventory = await storage.readInventory(id, version);
  if (!inventory || !stateOf(inventory).has(aipPaths.record)) return undefined;
  const file = await storage.openState(id, aipPaths.record, version);
  return parseSealedRecord(await readWhole(file, longestRecord));
}

/** What the catalog keeps of a packaged record. */
export function packagedRecord(description: RecordDescription): PackagedRecord {
  const { metadata, files } = description;
  const documentDate = metadata.datumNastanka;
  return {
    title: description.title,
    profile: description.profile,
    ...(description.category ? { category: description.category } : {}),
    ...(description.classification ? { classification: description.classification as Classification } : {}),
    fields: metadata,
    receivedAt: utcSeconds(description.receivedAt),
    ...(typeof documentDate === 'string' ? { documentDate } : {}),
    createdAt: utcSeconds(description.packagedAt),
    versionReason: description.correction?.reason ?? '',
    files: files.map(catalogFile),
    signatures: files.flatMap((file) =>
      file.signatures.map(
        (signature): CatalogSignature => ({
          file: fileKey(file),
          format: signature.format,
          indication: signature.indication,
          ...(signature.subIndication ? { subIndication: signature.subIndication } : {}),
          ...(signature.reasonCode ? { reasonCode: signature.reasonCode } : {}),
          ...(signature.reason ? { reason: signature.reason } : {}),
          ...(signature.signedBy ? { signedBy: signature.signedBy } : {}),
          ...(signature.claimedSigningTime ? { claimedSigningTime: signature.claimedSigningTime } : {}),
          ...(signature.qualification ? { qualification: signature.qualification } : {}),
          validationTime: utcSeconds(description.archivedAt),
        }),
      ),
    ),
  };
}

function catalogFile(file: RecordDescription['files'][number]): CatalogFile {
  return {
    path: file.path,
    ...(file.representation && file.representation !== originalRepresentation
      ? { representation: file.representation }
      : {}),
    originalName: file.originalName,
    size: file.size,
    sha256: file.sha256,
    sha512: file.sha512,
    mimeType: file.mimeType,
    ...(file.format?.puid ? { puid: file.format.puid } : {}),
    formatName: file.format?.name ?? '',
    formatBasis: file.format?.basis ?? '',
    ...(file.scannedBy ? { scannedBy: file.scannedBy } : {}),
    role: file.role === 'signature' ? 'signature' : 'content',
    ...(file.signs?.[0] ? { signs: file.signs[0] } : {}),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof ArchiveError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
