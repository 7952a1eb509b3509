import { ArchiveError } from '../../base/index.ts';
import { aipPathOf } from '../../standards/packages/index.ts';
import type { StoredFile } from '../archival-storage/index.ts';
import { type CatalogFile, type CatalogRecord, keepsContent } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

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
    return { description, content: await storage.readStaged(record.id, `f${number - 1}`) };
  throw new ArchiveError('FILE_UNKNOWN', 'The content of this record is not kept any more.');
}
