import { type ByteReader, ignoreMalformed } from '../../base/index.ts';
import { listZip, type ZipEntry, zipEntryBeginning } from '../formats/zip/index.ts';

/** A ZIP's members, as far as identification needs them. */
export interface ZipContent {
  /** Files, and folders with a `/` behind them. */
  readonly names: ReadonlySet<string>;
  /** The first bytes of a member, `length` of them or more; `undefined` where they cannot be had. */
  beginning(name: string, length: number): Promise<{ bytes: Buffer; size: number } | undefined>;
  /** The same as text. */
  text(name: string, length: number): Promise<string | undefined>;
}

/** The directory of more is not read; then the first members tell. */
const limits = { entries: 20_000 };

/**
 * Opens a ZIP by its central directory; one that is cut off by the headers before its first members (APPNOTE 4.3.7).
 * `undefined` when it has neither.
 */
export async function openZip(reader: ByteReader): Promise<ZipContent | undefined> {
  const entries = (await listZip(reader, limits).catch(ignoreMalformed)) ?? (await listLocalHeaders(reader));
  if (entries.length === 0) return undefined;
  const byName = new Map(entries.map((entry) => [entry.path, entry]));
  const beginning: ZipContent['beginning'] = async (name, length) => {
    const entry = byName.get(name);
    const content = entry && (await zipEntryBeginning(reader, entry, length).catch(ignoreMalformed));
    if (!entry || !content) return undefined;
    // What a directory says about a member is believed only where the member was not seen to its end.
    const isWhole = content.length < length && entry.compressedSize <= 8192;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    return { bytes, size: isWhole ? content.length : Math.max(entry.size, content.length) };
  };
  return {
    names: new Set(byName.keys()),
    beginning,
    text: async (name, length) => (await beginning(name, length))?.bytes.subarray(0, length).toString('utf8'),
  };
}

const localHeader = Buffer.from('PK\x03\x04', 'latin1');
/** Where the headers of an archive without directory are looked for. */
const searched = 512 * 1024;

async function listLocalHeaders(reader: ByteReader): Promise<ZipEntry[]> {
  const head = await reader.read(0, Math.min(reader.size, searched));
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const entries: ZipEntry[] = [];
  let at = bytes.indexOf(localHeader) === 0 ? 0 : -1;
  while (at >= 0 && at + 30 <= bytes.length && entries.length < 1000) {
    const next = bytes.indexOf(localHeader, at + 4);
    entries.push(localEntry(bytes, at, next < 0 ? reader.size : next));
    at = next;
  }
  return entries;
}

/** Writers that stream leave the sizes open: then a member reaches at most to the next header. */
function localEntry(bytes: Buffer, at: number, end: number): ZipEntry {
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
  const most = Math.max(0, end - nameEnd - bytes.readUInt16LE(at + 28));
  const [packed, size] = [bytes.readUInt32LE(at + 18), bytes.readUInt32LE(at + 22)];
  return {
    path: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at + 30, nameEnd)),
    size,
    compressedSize: packed === 0 ? most : Math.min(packed, most),
    method: bytes.readUInt16LE(at + 8),
    encrypted: (bytes.readUInt16LE(at + 6) & 0x2041) !== 0,
    crc32: bytes.readUInt32LE(at + 14),
    offset: at,
  };
}
