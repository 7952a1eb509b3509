import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArchiveError } from '../../base/index.ts';

/** A file as it comes over the network; `path` with `/`, from the folder that was sent. */
export interface SentFile {
  readonly path: string;
  /** The name of the form's field that it came in. */
  readonly field?: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A sent file where it lies while it is judged. */
export interface SpooledFile {
  readonly path: string;
  readonly field?: string;
  readonly file: string;
}

/**
 * Writes what comes below a folder, under the names it has.
 * @throws ArchiveError SUBMISSION_EMPTY | NAME_UNSAFE | NAME_CLASH | DISK_FULL
 */
export async function spool(files: AsyncIterable<SentFile>, folder: string): Promise<SpooledFile[]> {
  const spooled: SpooledFile[] = [];
  const known = new Set<string>();
  for await (const { path, field, content } of files) {
    const file = join(folder, ...safeSegments(path));
    const key = file.normalize('NFC').toLowerCase();
    if (known.has(key)) throw new ArchiveError('NAME_CLASH', `“${path}” was sent twice. Send each file once.`);
    known.add(key);
    await write(content, file);
    spooled.push({ path, file, ...(field === undefined ? {} : { field }) });
  }
  if (spooled.length === 0)
    throw new ArchiveError('SUBMISSION_EMPTY', 'No file was sent. Choose what is to be judged.');
  return spooled;
}

async function write(content: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.from(content), createWriteStream(file, { flags: 'wx' })).catch((cause) => {
    if (cause.code !== 'ENOSPC') throw cause;
    throw new ArchiveError('DISK_FULL', 'There is no room for what was sent. Ask whoever runs the archive.', { cause });
  });
}

/** @throws ArchiveError NAME_UNSAFE for a path that leads elsewhere or that no file system takes */
function safeSegments(path: string): string[] {
  const segments = path.split(/[\\/]/);
  const isUnsafe = (part: string) =>
    part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255 || /\p{Cc}/u.test(part);
  if (segments.some(isUnsafe) || segments.length > 64)
    throw new ArchiveError('NAME_UNSAFE', 'The name of a file is not a proper one. Rename it and send it again.');
  return segments;
}
