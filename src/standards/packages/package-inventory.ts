import { createHash } from 'node:crypto';
import { chunksOf, FormatError, readWhole } from '../../base/index.ts';
import { type ListedFile, type ReadMets, readMets } from '../formats/mets/index.ts';
import { aipPaths } from './aip-paths.ts';
import { failed, type PackageCheck } from './package-findings.ts';
import type { PackageReader } from './package-reader.ts';

const mostFiles = 1_000_000;
const largestMetadata = 64 << 20;

/** Digests of a file of the package, lower-case hex; SHA-256 only of what records are made of. */
export interface FoundDigests {
  readonly sha512: string;
  readonly sha256: string;
}

/** A package while it is verified: its files, and the metadata read so far, each file read once. */
export interface PackageInventory {
  readonly reader: PackageReader;
  readonly sizes: ReadonlyMap<string, number>;
  readonly metadata: Map<string, Uint8Array>;
}

/** What METS says of a file, its path from the root folder of the package. */
export interface ExpectedFile extends ListedFile {
  readonly listedIn: string;
}

/**
 * Lists the files of a package.
 * @throws FormatError when there are over a million, or two of one path
 */
export async function inventoryOf(reader: PackageReader): Promise<PackageInventory> {
  const sizes = new Map<string, number>();
  for await (const { path, size } of await reader.list()) {
    if (sizes.has(path)) throw new FormatError('package', 'two files of one path');
    sizes.set(path, size);
    if (sizes.size > mostFiles) throw new FormatError('package', `over ${mostFiles} files`);
  }
  return { reader, sizes, metadata: new Map() };
}

/**
 * The bytes of a metadata file, kept so that its digest is taken of the very bytes that were read.
 * @returns undefined when the package has no such file
 * @throws FormatError when it is over 64 MB
 */
export async function metadataBytes(inventory: PackageInventory, path: string): Promise<Uint8Array | undefined> {
  const size = inventory.sizes.get(path);
  if (size === undefined) return undefined;
  if (size > largestMetadata) throw new FormatError('package', `a metadata file over ${largestMetadata} bytes`);
  const kept = inventory.metadata.get(path);
  if (kept) return kept;
  const bytes = await readWhole(await inventory.reader.open(path), largestMetadata);
  inventory.metadata.set(path, bytes);
  return bytes;
}

/** The digests of a file in one pass. */
export async function digestsOf(inventory: PackageInventory, path: string): Promise<FoundDigests> {
  const sha512 = createHash('sha512');
  const sha256 = createHash('sha256');
  const kept = inventory.metadata.get(path);
  const chunks = kept ? [kept] : chunksOf(await inventory.reader.open(path));
  for await (const chunk of chunks) {
    sha512.update(chunk);
    sha256.update(chunk);
  }
  return { sha512: sha512.digest('hex'), sha256: sha256.digest('hex') };
}

/** The root METS document, all files it and the METS documents of representations list, and what is wrong with them. */
export async function listedFiles(
  inventory: PackageInventory,
): Promise<{ mets: ReadMets | undefined; expected: ExpectedFile[]; findings: PackageCheck[] }> {
  const findings: PackageCheck[] = [];
  const root = await metsAt(inventory, aipPaths.mets, findings);
  const listed = root ? [located(root, aipPaths.mets)] : [];
  const representations = listed.flat().filter(({ path }) => /^representations\/[^/]+\/METS\.xml$/.test(path));
  for (const { path } of representations) {
    const mets = await metsAt(inventory, path, findings);
    if (mets) listed.push(located(mets, path));
  }
  return { mets: root, expected: listed.flat(), findings };
}

async function metsAt(
  inventory: PackageInventory,
  path: string,
  findings: PackageCheck[],
): Promise<ReadMets | undefined> {
  try {
    const bytes = await metadataBytes(inventory, path);
    if (!bytes) findings.push(failed('mets', 'The METS document is missing.', path));
    return bytes && readMets(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    findings.push(failed('mets', `The METS document cannot be read (${error.message}).`, path));
    return undefined;
  }
}

function located(mets: ReadMets, metsPath: string): ExpectedFile[] {
  const folder = metsPath.slice(0, metsPath.length - aipPaths.mets.length);
  return mets.files.map((file) => ({ ...file, path: folder + file.path, listedIn: metsPath }));
}
