import { type ByteReader, FormatError } from '../../../base/index.ts';
import { longName, paxRecords } from './long-headers.ts';
import { headerAt, isHeader, type TarHeader } from './tar-header.ts';

/** A file of the archive. */
export interface TarEntry {
  /** `/` between segments; relative, no `.`, `..` or empty segment. */
  readonly path: string;
  readonly size: number;
  /** Where its bytes begin. */
  readonly offset: number;
}

/** What a TAR archive holds. */
export interface TarListing {
  readonly files: readonly TarEntry[];
  readonly folders: readonly string[];
}

const block = 512;
const mostEntries = 1_000_000;
/** Names and numbers that do not fit into a header. */
const largestLongHeader = 1 << 20;

/** Whether the bytes begin like a TAR archive (POSIX ustar, GNU). */
export async function isTar(reader: ByteReader): Promise<boolean> {
  return isHeader(await reader.read(0, block));
}

/**
 * The files of a TAR archive (POSIX.1-2001 pax, ustar and GNU): only headers are read, whatever the files' size.
 * @throws FormatError when it is malformed, a name escapes or stands twice, or an entry is neither a file nor a folder
 */
export async function readTar(reader: ByteReader): Promise<TarListing> {
  const files = new Map<string, TarEntry>();
  const folders = new Set<string>();
  let pending: Partial<Pick<TarHeader, 'path' | 'size'>> = {};
  for (let at = 0, entries = 0; at < reader.size; ) {
    const header = headerAt(await reader.read(at, block));
    if (!header) break; // two blocks of zeros end the archive; what follows is padding
    entries += 1;
    if (entries > mostEntries) throw malformed('too many entries');
    const offset = at + block;
    const size = pending.size ?? header.size;
    if (offset + size > reader.size) throw malformed('an entry that is cut off');
    at = offset + Math.ceil(size / block) * block;
    if (['x', 'g', 'L', 'K'].includes(header.type)) {
      pending = { ...pending, ...(await longHeader(reader, header, offset)) };
      continue;
    }
    const path = safePath(pending.path ?? header.path);
    pending = {};
    if (header.type === '5' || (isFile(header) && header.path.endsWith('/'))) {
      if (path !== '') folders.add(path);
    } else if (!isFile(header)) throw malformed('an entry that is neither a file nor a folder');
    else if (path === '') throw malformed('a file without a name');
    else if (files.has(path)) throw malformed('a name that stands twice');
    else files.set(path, { path, size, offset });
  }
  return { files: [...files.values()], folders: [...folders] };
}

function isFile({ type }: TarHeader): boolean {
  return type === '0' || type === '\0' || type === '7';
}

async function longHeader(
  reader: ByteReader,
  { type, size }: TarHeader,
  offset: number,
): Promise<Partial<Pick<TarHeader, 'path' | 'size'>>> {
  if (size > largestLongHeader) throw malformed('a header that is too long');
  if (type === 'g' || type === 'K') return {}; // comments and link targets
  const bytes = await reader.read(offset, size);
  return type === 'L' ? { path: longName(bytes) } : paxRecords(bytes);
}

/** `tar c ./folder` writes every name with `./`. */
function safePath(written: string): string {
  const path = written.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  if (path === '' || path === '.') return '';
  const parts = path.split('/');
  if (/[\\\0]/.test(path) || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw malformed('a name that escapes its folder');
  return path;
}

function malformed(detail: string): FormatError {
  return new FormatError('TAR', detail);
}
