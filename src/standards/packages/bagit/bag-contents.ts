import { createHash } from 'node:crypto';
import { chunksOf, FormatError } from '../../../base/index.ts';
import type { PackageReader } from '../package-reader.ts';
import { clashKey } from '../safe-file-names.ts';
import type { ReportBagFault } from './bag-findings.ts';
import type { BagManifest } from './bag-manifest.ts';
import { fetchName } from './fetch-file.ts';

/** A bag's manifests and the files that lie in it. */
export interface ListedBag {
  readonly isStrict: boolean;
  readonly manifests: readonly BagManifest[];
  /** Paths that `fetch.txt` names. */
  readonly fetched: ReadonlySet<string>;
  readonly paths: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
  /** The file that a manifest means. */
  readonly find: (path: string) => string | undefined;
  readonly hasPayloadFolder: boolean;
}

/** Compares what the manifests list with what is there (RFC 8493 2.1.2, 2.1.3, 2.2.1, 3). */
export function checkListed(bag: ListedBag, report: ReportBagFault): void {
  const payloadManifests = bag.manifests.filter(({ kind }) => kind === 'payload');
  if (!bag.hasPayloadFolder) report('BAGIT-2.1.2', 'MUST', '', 'There is no folder “data”.');
  if (payloadManifests.length === 0) report('BAGIT-2.1.3', 'MUST', '', 'There is no payload manifest.');
  checkMissing(bag, report);
  checkUnlisted(bag, payloadManifests, report);
  checkTagManifests(bag, payloadManifests, report);
  checkClashes(bag.paths, report);
}

function checkMissing(bag: ListedBag, report: ReportBagFault): void {
  const listed = new Set(bag.manifests.flatMap(({ checksums }) => [...checksums.keys()]));
  for (const path of listed) {
    const file = bag.find(path);
    if (file === undefined && bag.fetched.has(path))
      report('BAGIT-2.2.3', 'MUST', path, 'The file is to be fetched from elsewhere, and nothing is fetched. Add it.');
    else if (file === undefined) report('BAGIT-3-COMPLETE', 'MUST', path, 'The file is listed, but missing.');
    else if (file !== path) report('BAGIT-6.1.1', 'SHOULD', file, `The manifest writes this name “${path}”.`);
  }
  for (const path of bag.fetched)
    if (!listed.has(path)) report('BAGIT-2.2.3', 'MUST', fetchName, `No payload manifest lists “${path}”.`);
}

/** From 1.0 on every payload manifest lists every payload file; before, one of them did. */
function checkUnlisted(bag: ListedBag, manifests: readonly BagManifest[], report: ReportBagFault): void {
  const listings = manifests.map(({ name, checksums }) => ({
    name,
    files: new Set([...checksums.keys()].map((path) => bag.find(path) ?? path)),
  }));
  for (const path of bag.paths.filter((candidate) => candidate.startsWith('data/'))) {
    const lacking = listings.filter((listing) => !listing.files.has(path));
    if (lacking.length === listings.length)
      report('BAGIT-3-COMPLETE', 'MUST', path, 'No payload manifest lists this file.');
    else if (bag.isStrict)
      for (const { name } of lacking) report('BAGIT-2.1.3', 'MUST', path, `“${name}” does not list this file.`);
  }
}

function checkTagManifests(bag: ListedBag, payloadManifests: readonly BagManifest[], report: ReportBagFault): void {
  for (const { name, kind, checksums } of bag.manifests) {
    if (kind !== 'tag') continue;
    for (const manifest of payloadManifests)
      if (!checksums.has(manifest.name))
        report('BAGIT-2.2.1', bag.isStrict ? 'MUST' : 'SHOULD', name, `“${manifest.name}” is not listed.`);
    for (const path of checksums.keys())
      if (/^tagmanifest-[^/]+\.txt$/.test(path)) report('BAGIT-2.2.1', 'MUST', name, `“${path}” is a tag manifest.`);
  }
}

function checkClashes(paths: readonly string[], report: ReportBagFault): void {
  const known = new Map<string, string>();
  for (const path of paths) {
    const key = clashKey(path);
    const earlier = known.get(key);
    if (earlier === undefined) known.set(key, path);
    else report('BAGIT-6.1.1', 'SHOULD', path, `“${earlier}” is the same name on some systems.`);
  }
}

/** Finds the file that a manifest means: by its exact name, else the only one of the same letters (RFC 8493 6.1.1). */
export function fileFinder(paths: Iterable<string>): (path: string) => string | undefined {
  const exact = new Set(paths);
  const byForm = new Map<string, string | undefined>();
  for (const path of exact) {
    const form = path.normalize('NFC');
    byForm.set(form, byForm.has(form) ? undefined : path);
  }
  return (path) => (exact.has(path) ? path : byForm.get(path.normalize('NFC')));
}

/**
 * Computes every stated checksum, all of a file in one pass, and compares.
 * @returns how many were compared
 */
export async function checkChecksums(reader: PackageReader, bag: ListedBag, report: ReportBagFault): Promise<number> {
  const stated = new Map<string, { algorithm: string; checksum: string; manifest: string }[]>();
  for (const { name: manifest, algorithm, checksums } of bag.manifests)
    for (const [path, checksum] of algorithm === undefined ? [] : checksums) {
      const file = bag.find(path);
      if (file === undefined || algorithm === undefined) continue;
      const known = stated.get(file);
      if (known) known.push({ algorithm, checksum, manifest });
      else stated.set(file, [{ algorithm, checksum, manifest }]);
    }
  let compared = 0;
  for (const [file, statements] of stated) {
    try {
      const digests = await digestsOf(
        reader,
        file,
        statements.map(({ algorithm }) => algorithm),
      );
      for (const { algorithm, checksum, manifest } of statements) {
        compared += 1;
        const found = digests.get(algorithm);
        if (found !== checksum)
          report('BAGIT-3-VALID', 'MUST', file, `The ${algorithm} is ${found}, but ${manifest} says ${checksum}.`);
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      report('BAGIT-3-VALID', 'MUST', file, `The file cannot be read: ${error.message}.`);
    }
  }
  return compared;
}

async function digestsOf(
  reader: PackageReader,
  path: string,
  algorithms: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Map(reader.digests?.(path));
  const hashes = new Map(
    algorithms.filter((algorithm) => !known.has(algorithm)).map((algorithm) => [algorithm, createHash(algorithm)]),
  );
  if (hashes.size === 0) return known;
  for await (const chunk of reader.chunks?.(path) ?? chunksOf(await reader.open(path)))
    for (const hash of hashes.values()) hash.update(chunk);
  for (const [algorithm, hash] of hashes) known.set(algorithm, hash.digest('hex'));
  return known;
}
