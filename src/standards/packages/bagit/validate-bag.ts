import { FormatError, readWhole } from '../../../base/index.ts';
import { listFiles } from '../e-ark/package-files.ts';
import type { PackageReader } from '../package-reader.ts';
import { checkChecksums, checkListed, fileFinder, type ListedBag } from './bag-contents.ts';
import { type BagDeclaration, declarationName, readDeclaration } from './bag-declaration.ts';
import { type BagFinding, bagFindings, bagRequirements, type ReportBagFault } from './bag-findings.ts';
import { type BagManifest, manifestNamed, readManifest } from './bag-manifest.ts';
import { type BagTag, checkOxum, readBagTags } from './bag-metadata.ts';
import { fetchName, readFetchFile } from './fetch-file.ts';
import { tagText } from './tag-text.ts';

/** What validation says of a bag, in the same shape as of an E-ARK package. */
export interface BagValidation {
  /** Complete, every checksum right, and no MUST broken (RFC 8493 3). */
  readonly valid: boolean;
  /** Every listed file is there and every payload file is listed. */
  readonly complete: boolean;
  /** E.g. `BagIt 1.0`. */
  readonly specification: string;
  readonly findings: readonly BagFinding[];
  readonly checked: readonly string[];
}

/** What a bag is made of, as far as it could be read. */
export interface Bag {
  readonly version: string;
  /** `bag-info.txt`, or as older versions call it. */
  readonly metadataName: string;
  /** The lines of that file. */
  readonly tags: readonly BagTag[];
  /** Paths from the root folder of the bag. */
  readonly payload: readonly string[];
  readonly tagFiles: readonly string[];
  /** Algorithms of the manifests, and how many checksums were compared. */
  readonly algorithms: readonly string[];
  readonly checksumsCompared: number;
}

const largestTagFile = 64 << 20;

/**
 * Validates a bag of versions 0.93 to 1.0 (RFC 8493), anyone's. Malformed input is a finding. Each file is read once for
 * all its checksums; nothing is fetched.
 * @throws FormatError when the files cannot even be listed; else only what `reader` throws when bytes cannot be had
 */
export async function validateBag(reader: PackageReader): Promise<{ validation: BagValidation; bag: Bag }> {
  const { findings, report } = bagFindings();
  const read = await readBag(reader, report);
  checkOxum(read.tags, payloadSum(read), read.declaration.metadataName, report);
  checkListed(read, report);
  const checksumsCompared = await checkChecksums(reader, read, report);
  const { version } = read.declaration;
  const algorithms = read.manifests.flatMap(({ kind, algorithm }) =>
    kind === 'payload' && algorithm !== undefined ? [algorithm] : [],
  );
  return {
    validation: {
      valid: !findings.some(({ level }) => level === 'MUST'),
      complete: !findings.some(({ id, level }) => incomplete.includes(id) && level === 'MUST'),
      specification: `BagIt ${version}`,
      findings,
      checked: Object.keys(bagRequirements),
    },
    bag: {
      version,
      metadataName: read.declaration.metadataName,
      tags: read.tags,
      payload: read.paths.filter(isPayload),
      tagFiles: read.paths.filter((path) => !isPayload(path)),
      algorithms,
      checksumsCompared,
    },
  };
}

const incomplete: readonly string[] = [
  'BAGIT-2.1.1',
  'BAGIT-2.1.2',
  'BAGIT-2.1.3',
  'BAGIT-2.2.3',
  'BAGIT-3-COMPLETE',
  'BAGIT-5.1',
];

type ReadBag = ListedBag & { readonly declaration: BagDeclaration; readonly tags: readonly BagTag[] };

async function readBag(reader: PackageReader, report: ReportBagFault): Promise<ReadBag> {
  const { sizes, folders } = await listFiles(reader);
  const paths = [...sizes.keys()];
  const exists = (path: string) => sizes.has(path);
  if (!exists(declarationName)) report('BAGIT-2.1.1', 'MUST', '', 'There is no bagit.txt.');
  const declaration = readDeclaration(await bytesAt(reader, sizes, declarationName, report), report);
  const textAt = async (path: string) =>
    tagText(await bytesAt(reader, sizes, path, report), declaration.encoding, path, report);
  const { isStrict, metadataName } = declaration;
  const tags = readBagTags(await textAt(metadataName), declaration, report);
  const manifests: BagManifest[] = [];
  for (const path of paths.filter((candidate) => manifestNamed(candidate)))
    manifests.push(readManifest(path, await textAt(path), { isStrict, exists }, report));
  const fetched = readFetchFile(await textAt(fetchName), exists, report);
  return {
    declaration,
    isStrict,
    tags,
    manifests,
    fetched,
    paths,
    sizes,
    find: fileFinder(paths),
    hasPayloadFolder: hasPayload(folders, reader),
  };
}

/** An archive may leave out a folder that holds nothing. */
function hasPayload(folders: ReadonlySet<string>, reader: PackageReader): boolean {
  return folders.has('data') || reader.folders === undefined;
}

async function bytesAt(
  reader: PackageReader,
  sizes: ReadonlyMap<string, number>,
  path: string,
  report: ReportBagFault,
): Promise<Uint8Array> {
  const size = sizes.get(path);
  if (size === undefined) return new Uint8Array();
  try {
    if (size > largestTagFile) throw new FormatError('BagIt', `over ${largestTagFile} bytes`);
    return await readWhole(await reader.open(path), largestTagFile);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    report('BAGIT-2.3', 'MUST', path, `The file cannot be read: ${error.message}.`);
    return new Uint8Array();
  }
}

function isPayload(path: string): boolean {
  return path.startsWith('data/');
}

function payloadSum({ paths, sizes }: ListedBag): { bytes: number; files: number } {
  const payload = paths.filter(isPayload);
  return { bytes: payload.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0), files: payload.length };
}
