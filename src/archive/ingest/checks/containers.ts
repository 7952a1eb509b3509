import { createInflateRaw } from 'node:zlib';
import { type ByteReader, FormatError } from '../../../base/index.ts';
import { openZipEntry, readZip, type ZipEntry } from '../../../standards/formats/zip/index.ts';
import type { ContainerLimits } from './limits.ts';
import { bomb, broken, encrypted } from './refusals.ts';

/** Members that are containers by their name; others are looked at only when they are stored as they are. */
const containerName =
  /\.(zip|jar|docx|docm|dotx|xlsx|xlsm|pptx|pptm|ppsx|od[tspg]|asice?|asics|sce|scs|bdoc|edoc|adoc|epub)$/i;
/** DEFLATE cannot do more than 1032 to 1; a directory that says more lies. */
const deflateRatio = 1100;

interface Budget {
  left: number;
}

/**
 * Refuses ZIPs (and ASiC, OOXML, OpenDocument) that would harm whoever unpacks them, and those that are encrypted or
 * damaged. What the directory says is compared with what really comes out, up to `maxInspected` bytes.
 * @throws ArchiveError ARCHIVE_BOMB | DOCUMENT_ENCRYPTED | DOCUMENT_BROKEN
 */
export async function checkContainer(
  { name, reader }: { name: string; reader: ByteReader },
  limits: ContainerLimits,
): Promise<void> {
  await checkLevel(name, reader, limits, 1, { left: limits.maxInspected });
}

async function checkLevel(name: string, reader: ByteReader, limits: ContainerLimits, depth: number, budget: Budget) {
  if (depth > limits.maxDepth) throw bomb(name, `archives lie inside one another more than ${limits.maxDepth} deep`);
  const entries = await listed(name, reader, limits);
  if (entries.some((entry) => entry.encrypted)) throw encrypted(name);
  for (const entry of entries)
    if (entry.size > limits.ratioFrom && entry.size > entry.compressedSize * limits.maxRatio)
      throw bomb(name, `a member grows to more than ${limits.maxRatio} times its size`);
  for (const entry of entries) await checkMember(name, reader, entry, limits, depth, budget);
}

async function listed(name: string, reader: ByteReader, limits: ContainerLimits): Promise<ZipEntry[]> {
  try {
    return await readZip(reader, {
      entries: limits.maxEntries,
      unpackedSize: limits.maxUnpackedSize,
      ratio: deflateRatio,
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw refusalFor(name, error);
  }
}

/** The ZIP reader tells what is wrong in words; those that mean harm rather than damage: */
function refusalFor(name: string, error: FormatError) {
  const { message } = error;
  if (/over \d+ entries|directory too large/.test(message)) return bomb(name, 'it has too many members', error);
  if (/explodes|more than the limit/.test(message)) return bomb(name, 'it would grow beyond every measure', error);
  if (/overlap/.test(message)) return bomb(name, 'its members share the same bytes', error);
  if (/leaves its folder/.test(message)) return bomb(name, 'a member would be written outside its folder', error);
  return broken(name, 'its table of contents cannot be read', error);
}

async function checkMember(
  name: string,
  reader: ByteReader,
  entry: ZipEntry,
  limits: ContainerLimits,
  depth: number,
  budget: Budget,
): Promise<void> {
  if (entry.size > budget.left) return;
  budget.left -= entry.size;
  const nested = containerName.test(entry.path) || (entry.method === 0 && (await startsAsZip(reader, entry)));
  try {
    if (nested && entry.size > 0) {
      const content = await openZipEntry(reader, entry, limits.maxInspected);
      await checkLevel(name, content, limits, depth + 1, budget);
    } else if (entry.method === 8) await compareSize(name, reader, entry);
  } catch (error) {
    if (error instanceof FormatError) throw broken(name, 'a member does not unpack', error);
    throw error;
  }
}

async function startsAsZip(reader: ByteReader, entry: ZipEntry): Promise<boolean> {
  const header = Buffer.from(await reader.read(entry.offset, 30));
  if (header.length < 30) return false;
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  return Buffer.from(await reader.read(start, 4)).toString('latin1') === 'PK\x03\x04';
}

/** Unpacks a member piece by piece and throws it away; stops as soon as more comes out than was said. */
async function compareSize(name: string, reader: ByteReader, entry: ZipEntry): Promise<void> {
  const header = Buffer.from(await reader.read(entry.offset, 30));
  if (header.length < 30) throw broken(name, 'a member is cut off');
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const inflate = createInflateRaw();
  const feeding = (async () => {
    for (let at = 0; at < entry.compressedSize; ) {
      const chunk = await reader.read(start + at, Math.min(1 << 16, entry.compressedSize - at));
      if (chunk.length === 0 || inflate.destroyed) break;
      at += chunk.length;
      if (!inflate.write(chunk)) await drained(inflate);
    }
    inflate.end();
  })();
  let unpacked = 0;
  try {
    for await (const chunk of inflate) {
      unpacked += (chunk as Uint8Array).length;
      if (unpacked > entry.size) throw bomb(name, 'a member is larger than it says');
    }
  } catch (error) {
    if (isInflateError(error)) throw broken(name, 'a member does not unpack', error);
    throw error;
  } finally {
    inflate.destroy();
    await feeding.catch(() => undefined); // a failure of reading has shown itself as too little data
  }
  if (unpacked !== entry.size) throw broken(name, 'a member is shorter than it says');
}

function drained(inflate: ReturnType<typeof createInflateRaw>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      inflate.off('drain', done).off('close', done);
      resolve();
    };
    inflate.once('drain', done).once('close', done);
  });
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
