import type { IncomingMessage } from 'node:http';
import type { Redaction } from '../../../archive/access/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { readForm } from '../form.ts';
import { readBytes } from '../request-body.ts';

/** Redacted files are held in memory. */
const largest = 128 << 20;

/**
 * The redacted files of a form, each in the field `file-N` of the original that it stands for, and the reason for all.
 * @returns none where no file was chosen
 * @throws ArchiveError REQUEST_MALFORMED | REQUEST_TOO_LARGE, and as `readForm`
 */
export async function readRedactions(request: IncomingMessage): Promise<Redaction[]> {
  const form = readForm(request);
  const files: Omit<Redaction, 'reason'>[] = [];
  let size = 0;
  for await (const { field = '', path, content } of form.files) {
    const [, number] = /^file-([1-9]\d{0,5})$/.exec(field) ?? [];
    if (!number) throw new ArchiveError('REQUEST_MALFORMED', 'Name the fields of files by their originals: file-1.');
    const bytes = await readBytes(content, largest - size, 'Redacted files are over 128 MB together.');
    size += bytes.length;
    files.push({ file: Number(number), name: path.split('/').at(-1) ?? path, content: bytes });
  }
  if (files.length === 0) return [];
  const reason = form.fields.get('reason')?.trim();
  if (!reason || reason.length > 1000) throw new ArchiveError('REQUEST_MALFORMED', 'Say why files were redacted.');
  return files.map((file) => ({ ...file, reason }));
}
