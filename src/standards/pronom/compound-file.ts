import type { ByteReader } from '../../base/index.ts';

const magic = '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1';
const endOfChain = 0xfffffffe;
/** Directory entries that are read: an Office file has some dozens. */
const maxEntries = 4096;

/** Tells a compound file (OLE2, MS-CFB 2.2) by its first bytes. */
export function isCompoundFile(head: string): boolean {
  return head.startsWith(magic);
}

/**
 * The names of the streams and storages of a compound file (MS-CFB 2.6), at most 4096 of them. Reads the header, the
 * directory's sectors and the FAT sectors that chain them. What is malformed ends the list early; nothing throws.
 */
export async function compoundFileNames(reader: ByteReader): Promise<Set<string>> {
  const names = new Set<string>();
  const header = view(await reader.read(0, 512));
  if (header.byteLength < 512) return names;
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return names;
  const size = 2 ** shift;
  const at = (sector: number) => (sector + 1) * size;
  let sector = header.getUint32(48, true);
  for (let read = 0; sector < endOfChain && read * (size / 128) < maxEntries; read++) {
    const bytes = await reader.read(at(sector), size);
    if (bytes.length < size) break;
    for (let entry = 0; entry + 128 <= size; entry += 128) addName(names, view(bytes.subarray(entry, entry + 128)));
    sector = await nextSector(reader, header, sector, size, at);
  }
  return names;
}

function addName(names: Set<string>, entry: DataView): void {
  const length = entry.getUint16(64, true);
  const type = entry.getUint8(66);
  if (type === 0 || length < 2 || length > 64) return;
  let name = '';
  for (let index = 0; index < length - 2; index += 2) name += String.fromCharCode(entry.getUint16(index, true));
  names.add(name);
}

/** Follows the FAT; only its first 109 sectors, which the header names (6.8 MB of directory positions and more). */
async function nextSector(
  reader: ByteReader,
  header: DataView,
  sector: number,
  size: number,
  at: (sector: number) => number,
): Promise<number> {
  const perSector = size / 4;
  const index = Math.floor(sector / perSector);
  if (index >= 109) return endOfChain;
  const fatSector = header.getUint32(76 + index * 4, true);
  if (fatSector >= endOfChain) return endOfChain;
  const bytes = await reader.read(at(fatSector) + (sector % perSector) * 4, 4);
  return bytes.length === 4 ? view(bytes).getUint32(0, true) : endOfChain;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
