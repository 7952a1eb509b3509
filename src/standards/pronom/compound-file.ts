import type { ByteReader } from '../../base/index.ts';

const magic = Buffer.from('D0CF11E0A1B11AE1', 'hex');
/** From here on sector numbers are signs: end of chain, free, reserved (MS-CFB 2.1). */
const lastSector = 0xfffffffa;
const noEntry = 0xffffffff;
/** Directory entries that are read: an Office file has some dozens. */
const maxEntries = 4096;
/** Sectors of the FAT that are kept at once. */
const maxFatSectors = 1024;

/** The streams of a compound file by their paths, as far as identification needs them. */
export interface CompoundFile {
  /** Paths from the root, `/` between names, without the control character that some names begin with. */
  readonly paths: ReadonlySet<string>;
  /** The first `length` bytes of a stream, and its size; `undefined` where there is none. */
  stream(path: string, length: number): Promise<{ bytes: Uint8Array; size: number } | undefined>;
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/** Sectors of a file, and which follows which. */
interface Sectors {
  readonly size: number;
  next(sector: number): Promise<number>;
  read(sector: number): Promise<Uint8Array>;
}

/**
 * Opens a compound file (OLE2, MS-CFB): header, directory and the FAT sectors that are needed. What is malformed ends a
 * list or a stream early; nothing throws but the reader, and nothing goes in a circle.
 */
export async function openCompoundFile(reader: ByteReader): Promise<CompoundFile | undefined> {
  const header = view(await reader.read(0, 512));
  if (header.byteLength < 512 || !magic.equals(bytesOf(header).subarray(0, 8))) return undefined;
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return undefined;
  const sectors = fileSectors(reader, header, 2 ** shift);
  const entries = await readEntries(sectors, header.getUint32(48, true));
  const root = entries[0];
  const paths = root ? treeOf(entries, root.child) : new Map<string, Entry>();
  const cutoff = header.getUint32(56, true);
  const mini = root && miniSectors(sectors, header, root.start);
  return {
    paths: new Set(paths.keys()),
    stream: async (path, length) => {
      const entry = paths.get(path);
      if (entry?.type !== 2) return undefined;
      const from = entry.size < cutoff && mini ? mini : sectors;
      return { bytes: await readChain(from, entry.start, Math.min(entry.size, length)), size: entry.size };
    },
  };
}

/** All entries of the directory's chain (MS-CFB 2.6). */
async function readEntries(sectors: Sectors, start: number): Promise<Entry[]> {
  const bytes = await readChain(sectors, start, maxEntries * 128);
  const entries: Entry[] = [];
  for (let at = 0; at + 128 <= bytes.length; at += 128) entries.push(readEntry(view(bytes.subarray(at, at + 128))));
  return entries;
}

function readEntry(entry: DataView): Entry {
  const length = Math.min(64, entry.getUint16(64, true));
  let name = '';
  for (let at = 0; at + 2 < length; at += 2) name += String.fromCharCode(entry.getUint16(at, true));
  return {
    name: name.charCodeAt(0) < 0x20 ? name.slice(1) : name,
    type: entry.getUint8(66),
    left: entry.getUint32(68, true),
    right: entry.getUint32(72, true),
    child: entry.getUint32(76, true),
    start: entry.getUint32(116, true),
    size: entry.getUint32(120, true),
  };
}

/** Walks the trees of siblings below an entry; one that was seen is not walked again. */
function treeOf(entries: readonly Entry[], top: number): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const seen = new Set<number>();
  const open: { index: number; folder: string }[] = [{ index: top, folder: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const entry = entries[next.index];
    if (next.index === noEntry || !entry || entry.type === 0 || seen.has(next.index)) continue;
    seen.add(next.index);
    const path = next.folder + entry.name;
    if (!found.has(path)) found.set(path, entry);
    open.push({ index: entry.left, folder: next.folder }, { index: entry.right, folder: next.folder });
    if (entry.type === 1 && path.length < 1000) open.push({ index: entry.child, folder: `${path}/` });
  }
  return found;
}

function fileSectors(reader: ByteReader, header: DataView, size: number): Sectors {
  const at = (sector: number) => (sector + 1) * size;
  const table = fatTable(reader, header, size);
  const kept = new Map<number, DataView>();
  return {
    size,
    read: (sector) => reader.read(at(sector), size),
    next: async (sector) => {
      const index = Math.floor(sector / (size / 4));
      let fat = kept.get(index);
      if (!fat) {
        const place = await table(index);
        fat = view(place < lastSector ? await reader.read(at(place), size) : new Uint8Array());
        if (kept.size < maxFatSectors) kept.set(index, fat);
      }
      const offset = (sector % (size / 4)) * 4;
      return offset + 4 <= fat.byteLength ? fat.getUint32(offset, true) : noEntry;
    },
  };
}

/** Where the sectors of the FAT lie: 109 are named in the header, the others in a chain of DIFAT sectors (MS-CFB 2.5). */
function fatTable(reader: ByteReader, header: DataView, size: number): (index: number) => Promise<number> {
  const perSector = size / 4 - 1;
  const chain = [header.getUint32(68, true)];
  return async (index) => {
    if (index < 109) return header.getUint32(76 + index * 4, true);
    const link = Math.floor((index - 109) / perSector);
    if (link >= maxFatSectors) return noEntry;
    while (chain.length <= link + 1) {
      const bytes = view(await reader.read((Number(chain.at(-1)) + 1) * size, size));
      chain.push(bytes.byteLength === size ? bytes.getUint32(size - 4, true) : noEntry);
    }
    const sector = chain[link] as number;
    if (sector >= lastSector) return noEntry;
    const entry = await reader.read((sector + 1) * size + ((index - 109) % perSector) * 4, 4);
    return entry.length === 4 ? view(entry).getUint32(0, true) : noEntry;
  };
}

/** Streams under the cutoff lie in sectors of 64 bytes of the root's own stream (MS-CFB 2.4). */
function miniSectors(sectors: Sectors, header: DataView, start: number): Sectors {
  const perSector = sectors.size / 64;
  const content = chainOf(sectors, start);
  const table = chainOf(sectors, header.getUint32(60, true));
  const piece = async (chain: (index: number) => Promise<number>, offset: number, length: number) => {
    const sector = await chain(Math.floor(offset / sectors.size));
    if (sector >= lastSector) return new Uint8Array();
    const from = offset % sectors.size;
    return (await sectors.read(sector)).subarray(from, from + length);
  };
  return {
    size: 64,
    read: (sector) =>
      sector < perSector * 65_536 ? piece(content, sector * 64, 64) : Promise.resolve(new Uint8Array()),
    next: async (sector) => {
      const bytes = sector < perSector * 65_536 ? await piece(table, sector * 4, 4) : new Uint8Array();
      return bytes.length === 4 ? view(bytes).getUint32(0, true) : noEntry;
    },
  };
}

/** The sectors of a chain by their place in it, followed as far as somebody asks. */
function chainOf(sectors: Sectors, start: number): (index: number) => Promise<number> {
  const known = [start];
  return async (index) => {
    while (known.length <= index) {
      const last = known.at(-1) as number;
      known.push(last < lastSector ? await sectors.next(last) : noEntry);
    }
    return known[index] as number;
  };
}

/** Up to `length` bytes of a chain: a circle ends with them. */
async function readChain(sectors: Sectors, start: number, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  for (let sector = start; sector < lastSector && read < length; sector = await sectors.next(sector)) {
    const piece = await sectors.read(sector);
    if (piece.length === 0) break;
    pieces.push(piece);
    read += piece.length;
  }
  return Buffer.concat(pieces).subarray(0, length);
}

function bytesOf(bytes: DataView): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
