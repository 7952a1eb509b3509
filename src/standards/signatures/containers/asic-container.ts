import { type ByteReader, chunksOf, FormatError, readWhole } from '../../../base/index.ts';
import { openZipEntry, readZip, type ZipEntry, zipEntryChunks } from '../../formats/zip/index.ts';
import { contentOfChunks, type SignedContent } from '../signed-content.ts';
import type { ContainerKind } from '../signed-document.ts';
import { type AsicManifest, readManifest } from './asic-manifest.ts';

/** The files of an ASiC container by what they are for (EN 319 162-1 4.3, 4.4). */
export interface AsicContainer {
  readonly kind: 'ASiC-S' | 'ASiC-E';
  readonly cadesSignatures: readonly string[];
  readonly xadesSignatures: readonly string[];
  readonly timestamps: readonly string[];
  readonly evidenceRecords: readonly string[];
  readonly manifests: readonly AsicManifest[];
  /** What is signed: everything outside META-INF but the mimetype. */
  readonly objects: readonly string[];
  /** Undefined when there is no such file. */
  open(path: string): Promise<ByteReader | undefined>;
  /** A file of any size, to be hashed: each algorithm reads it once for the whole container, and it is not kept. */
  content(path: string): SignedContent | undefined;
}

const limits = { entries: 20_000, unpackedSize: 2 ** 40, ratio: 1100, localHeaders: 'must agree' } as const;
const largestFile = 64 << 20;
/** A compressed file is unpacked at once up to here, and in chunks beyond. */
const largestUnpacked = 1 << 20;
const mostSignatures = 500;

/**
 * Reads the layout of a ZIP; undefined when it is no ASiC.
 * @throws FormatError when the ZIP is malformed or its limits are passed
 */
export async function readAsicContainer(reader: ByteReader): Promise<AsicContainer | undefined> {
  const entries = await readZip(reader, limits);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const paths = [...byPath.keys()];
  const inside = paths.filter((path) => /^META-INF\//i.test(path));
  const open = async (path: string) => openEntry(reader, byPath.get(path));
  const named = (pattern: RegExp) => inside.filter((path) => pattern.test(path)).slice(0, mostSignatures);
  const parts = {
    cadesSignatures: named(/\.p7[sm]$/i),
    xadesSignatures: named(/\/(document)?signature[^/]*\.xml$/i).filter((path) => !/manifest/i.test(path)),
    timestamps: named(/\.tst$/i),
    evidenceRecords: named(/evidencerecord[^/]*\.(ers|xml)$/i).filter((path) => !/manifest/i.test(path)),
  };
  if (Object.values(parts).every((list) => list.length === 0)) return undefined;
  const objects = paths.filter((path) => !inside.includes(path) && path !== 'mimetype');
  const manifests: AsicManifest[] = [];
  for (const path of named(/manifest[^/]*\.xml$/i)) {
    const manifest = await openManifest(path, open);
    if (manifest) manifests.push(manifest);
  }
  const content = contentsIn(reader, byPath);
  return { kind: await kindOf(open, manifests.length > 0), ...parts, manifests, objects, open, content };
}

async function openEntry(reader: ByteReader, entry: ZipEntry | undefined): Promise<ByteReader | undefined> {
  return entry && openZipEntry(reader, entry);
}

function contentsIn(reader: ByteReader, byPath: ReadonlyMap<string, ZipEntry>): AsicContainer['content'] {
  const known = new Map<string, SignedContent>();
  return (path) => {
    const entry = byPath.get(path);
    const content = known.get(path) ?? (entry && contentOfChunks(() => chunksIn(reader, entry), entry.size, path));
    if (content) known.set(path, content);
    return content;
  };
}

async function* chunksIn(reader: ByteReader, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.method === 8 && entry.size > largestUnpacked) yield* zipEntryChunks(reader, entry);
  else yield* chunksOf(await openZipEntry(reader, entry));
}

/** The bytes of a small file of the container. */
export async function readFile({ open }: Pick<AsicContainer, 'open'>, path: string): Promise<Uint8Array | undefined> {
  const file = await open(path);
  if (!file) return undefined;
  if (file.size > largestFile) throw new FormatError('ASiC', 'a signature file too large');
  return readWhole(file, largestFile);
}

/** OpenDocument's manifest.xml is another thing: what is no manifest of ASiC names nothing. */
async function openManifest(path: string, open: AsicContainer['open']): Promise<AsicManifest | undefined> {
  try {
    const bytes = await readFile({ open }, path);
    return bytes && readManifest(path, bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function kindOf(open: AsicContainer['open'], hasManifest: boolean): Promise<AsicContainer['kind']> {
  const mimetype = await open('mimetype');
  const text = mimetype ? Buffer.from(await mimetype.read(0, 100)).toString('latin1') : '';
  if (text.includes('asic-s')) return 'ASiC-S';
  return text.includes('asic-e') || hasManifest ? 'ASiC-E' : 'ASiC-S';
}

/** What a ZIP is, for the report, without reading more than its list of files. */
export async function zipContainerKind(reader: ByteReader): Promise<ContainerKind> {
  try {
    return (await readAsicContainer(reader))?.kind ?? 'none';
  } catch (error) {
    // Something that says that it is an ASiC and cannot be read as a ZIP is reported as a broken one.
    if (!(error instanceof FormatError)) throw error;
    const head = Buffer.from(await reader.read(0, 200)).toString('latin1');
    return head.includes('asic-s+zip') ? 'ASiC-S' : head.includes('asic-e+zip') ? 'ASiC-E' : 'none';
  }
}
