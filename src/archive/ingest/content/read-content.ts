import { ArchiveError, type ErrorPlace, readWhole } from '../../../base/index.ts';
import type { JsonValue } from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';
import type { IngestContext } from '../submission.ts';
import { mailFields, readMail } from './e-mail.ts';
import { invoiceFields, readInvoice } from './sef-invoice.ts';

/** What was entered of a record, and what its content adds to it. */
export interface SaidOfRecord {
  readonly title?: string;
  readonly fields: Readonly<Record<string, JsonValue>>;
}

interface StagedFileToRead {
  readonly staged: string;
  readonly originalName: string;
  readonly size: number;
}

/** Formats that are parsed whole have a limit. */
export const largestRead = 64 << 20;

/**
 * Reads the content where the profile says how, fills in the fields that it tells, and compares it with those that were entered.
 * A title that was entered is nobody's error.
 * @throws ArchiveError METADATA_INVALID with the field that says something else; INVOICE_INVALID, DOCUMENT_BROKEN,
 *   DOCUMENT_ENCRYPTED
 */
export async function withReadContent(
  context: Pick<IngestContext, 'storage'>,
  profile: Profile,
  stagingId: string,
  files: readonly StagedFileToRead[],
  said: SaidOfRecord,
): Promise<SaidOfRecord> {
  if (profile.reads === undefined) return said;
  const open = async ({ staged }: StagedFileToRead) =>
    readWhole(await context.storage.readStaged(stagingId, staged), largestRead);
  const file = mainFile(profile, files);
  const { title, ...read } =
    profile.reads === 'sef-invoice'
      ? invoiceFields(readInvoice(file.originalName, await open(file)))
      : mailFields(await readMail(file.originalName, await open(file)));
  const offered = new Set(profile.fields.map(({ name }) => name));
  const told = Object.entries(read).filter(([name]) => offered.has(name));
  const places: ErrorPlace[] = told.flatMap(([name, value]) => {
    const entered = said.fields[name];
    if (entered === undefined || name === 'datumNastanka' || agree(String(entered), value)) return [];
    return [{ pointer: `/${name}`, detail: `differs from the document: ${value}` }];
  });
  if (places.length > 0)
    throw new ArchiveError(
      'METADATA_INVALID',
      `What was entered differs from what “${file.originalName}” says. Leave the fields empty, and they are filled in from it.`,
      { places },
    );
  const mainTitle = said.title ?? title;
  return { ...(mainTitle ? { title: mainTitle } : {}), fields: { ...Object.fromEntries(told), ...said.fields } };
}

/** The file that is read: the XML of an invoice, the message. @throws ArchiveError INVOICE_INVALID | FILE_TOO_LARGE */
export function mainFile<File extends { readonly originalName: string; readonly size: number }>(
  { id, reads }: Pick<Profile, 'id' | 'reads'>,
  files: readonly File[],
): File {
  const ending = reads === 'sef-invoice' ? '.xml' : '.eml';
  const named = files.filter(({ originalName }) => originalName.toLowerCase().endsWith(ending));
  const [file, another] = named.length > 0 ? named : files;
  if (!file || (reads === 'sef-invoice' && (named.length === 0 || another)))
    throw new ArchiveError(
      'INVOICE_INVALID',
      `Profile “${id}” takes one invoice (a file ending in .xml) at a time, and what goes with it. Send each invoice as a record of its own.`,
    );
  if (file.size > largestRead)
    throw new ArchiveError(
      'FILE_TOO_LARGE',
      `“${file.originalName}” is larger than the 64 MB that are read of its kind.`,
    );
  return file;
}

function agree(entered: string, read: string): boolean {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ');
  if (plain(entered) === plain(read)) return true;
  return /^-?\d+(\.\d+)?$/.test(entered) && /^-?\d+(\.\d+)?$/.test(read) && Number(entered) === Number(read);
}
