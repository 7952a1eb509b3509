import { ArchiveError, readWhole } from '../../base/index.ts';
import { aipPathOf } from '../../standards/packages/index.ts';
import type { StoredFile } from '../archival-storage/index.ts';
import { type CatalogFile, type CatalogRecord, keepsContent } from '../data-management/index.ts';
import { type Holdings, submissionFile } from '../packaging/index.ts';

const longestSubmission = 64 << 20;

/** A file of a record, byte for byte as it was received. */
export interface OriginalFile {
  readonly description: CatalogFile;
  readonly content: StoredFile;
}

/**
 * Opens the file with this number (from 1, in the order of the record) for reading by range: in the store, or in staging
 * while a person decides about it.
 * @throws ArchiveError FILE_UNKNOWN
 */
export async function openOriginal(
  { storage }: Pick<Holdings, 'storage'>,
  record: CatalogRecord,
  number: number,
): Promise<OriginalFile> {
  const description = record.files[number - 1];
  if (!description) throw new ArchiveError('FILE_UNKNOWN', `This record has no file ${number}.`);
  if (record.version > 0)
    return { description, content: await storage.openState(record.id, aipPathOf(description), record.version) };
  if (['received', 'quarantined', 'failed', 'rejected'].includes(record.state) && keepsContent(record))
    return {
      description,
      content: await storage.readStaged(record.id, await stagedName(storage, record.id, description)),
    };
  throw new ArchiveError('FILE_UNKNOWN', 'The content of this record is not kept any more.');
}

/** Where a file lies in staging: what was received, or a PDF/A that was made of it. */
async function stagedName(storage: Holdings['storage'], id: string, { sha512 }: CatalogFile): Promise<string> {
  const text = await readWhole(await storage.readStaged(id, submissionFile), longestSubmission);
  const { files, renditions = [] } = JSON.parse(Buffer.from(text).toString('utf8')) as StagedSubmission;
  const found = [...files, ...renditions.map(({ file }) => file)].find((file) => file.sha512 === sha512);
  if (!found) throw new ArchiveError('FILE_UNKNOWN', 'The content of this file does not lie in staging.');
  return found.staged;
}

interface StagedSubmission {
  readonly files: readonly StagedFile[];
  readonly renditions?: readonly { readonly file: StagedFile }[];
}

interface StagedFile {
  readonly staged: string;
  readonly sha512: string;
}
