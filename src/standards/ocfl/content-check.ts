import type { VersionInventory } from './compare-inventories.ts';
import { inventoryName } from './inventory.ts';
import type { Report } from './ocfl-findings.ts';
import { cryptoNames, type OcflReader } from './ocfl-reader.ts';
import type { PathsByDigest } from './paths-by-digest.ts';
import type { StatedInventory } from './stated-inventory.ts';
import { versionOf } from './stated-versions.ts';

/** What inventories say of one file: algorithm (as node:crypto names it) → digest, who says so, and under which code. */
interface StatedDigest {
  readonly algorithm: string;
  readonly digest: string;
  readonly code: 'E092' | 'E093';
  readonly place: string;
}

const deepest = 200;

/**
 * Compares the content folders with what every inventory of the object says (OCFL 1.1 sections 3.3.1 and 3.5.2): all
 * files stand in the manifest, all of the manifest are there, all digests are right. Each file is read once.
 */
export async function checkContent(
  reader: OcflReader,
  root: StatedInventory,
  versions: readonly VersionInventory[],
  report: Report,
): Promise<void> {
  const files = new Set<string>();
  for (const version of versions) {
    const folder = `${version.name}/${root.contentDirectory}`;
    if (version.hasContent && (await walkContent(reader, folder, files, report)) === 0)
      report('W003', folder, 'The content folder of the version holds no file.');
  }
  checkManifests(root, versions, files, report);
  const stated = statedDigests(root, versions);
  for (const [path, digests] of stated) {
    if (!files.has(path)) {
      const first = digests[0];
      report(first?.code ?? 'E092', path, `The file is missing, or not in a content folder; ${first?.place} has it.`);
      continue;
    }
    await checkFile(reader, path, digests, report);
  }
}

/** Adds the files below a content folder to `files`. @returns how many */
async function walkContent(
  reader: OcflReader,
  folder: string,
  files: Set<string>,
  report: Report,
  depth = 0,
): Promise<number> {
  if (depth > deepest) {
    report('E023', folder, `Folders in folders more than ${deepest} deep are not followed.`);
    return 1;
  }
  let count = 0;
  const entries = await reader.list(folder);
  if (entries.length === 0 && depth > 0) report('E024', folder, 'An empty folder.');
  for (const { name, kind } of entries) {
    const path = `${folder}/${name}`;
    if (kind === 'other') report('E090', path, 'A link or device, which OCFL does not allow.');
    else if (kind === 'folder') count += await walkContent(reader, path, files, report, depth + 1);
    else {
      files.add(path);
      count++;
    }
  }
  return count;
}

/** Every content file stands in the manifest in force and in that of each version since its own. */
function checkManifests(
  root: StatedInventory,
  versions: readonly VersionInventory[],
  files: ReadonlySet<string>,
  report: Report,
): void {
  const held = pathsOf(root.manifest);
  for (const path of files) if (!held.has(path)) report('E023', path, 'The manifest does not have this file.');
  const algorithms = new Set([root.digestAlgorithm]);
  for (const { name, stated } of versions) {
    if (!stated) continue;
    algorithms.add(stated.digestAlgorithm);
    const own = pathsOf(stated.manifest);
    const number = versionOf(name)?.number ?? 0;
    for (const path of files) {
      const since = versionOf(path.slice(0, path.indexOf('/')))?.number ?? 0;
      if (since <= number && held.has(path) && !own.has(path))
        report('E023', `${name}/${inventoryName}`, `The manifest of ${name} does not have the file “${path}”.`);
    }
  }
}

function pathsOf(manifest: PathsByDigest): Set<string> {
  return new Set([...manifest.values()].flat());
}

/** path → what the manifests and fixity blocks of all inventories say of it, each statement once. */
function statedDigests(root: StatedInventory, versions: readonly VersionInventory[]): Map<string, StatedDigest[]> {
  const byPath = new Map<string, StatedDigest[]>();
  const add = (block: PathsByDigest, name: string, code: StatedDigest['code'], place: string) => {
    const algorithm = cryptoNames.get(name);
    if (algorithm === undefined) return;
    for (const [written, paths] of block) {
      const digest = written.toLowerCase();
      for (const path of paths) {
        const list = byPath.get(path);
        if (!list) byPath.set(path, [{ algorithm, digest, code, place }]);
        else if (!list.some((known) => known.algorithm === algorithm && known.digest === digest))
          list.push({ algorithm, digest, code, place });
      }
    }
  };
  const inventories = [
    { place: inventoryName, stated: root },
    ...versions.map(({ name, stated }) => ({ place: `${name}/${inventoryName}`, stated })),
  ];
  for (const { place, stated } of inventories) {
    if (!stated) continue;
    add(stated.manifest, stated.digestAlgorithm, 'E092', place);
    for (const [algorithm, block] of stated.fixity) add(block, algorithm, 'E093', place);
  }
  return byPath;
}

async function checkFile(
  reader: OcflReader,
  path: string,
  digests: readonly StatedDigest[],
  report: Report,
): Promise<void> {
  const found = await reader.digest(path, [...new Set(digests.map(({ algorithm }) => algorithm))]);
  for (const { algorithm, digest, code, place } of digests)
    if (found.get(algorithm) !== digest)
      report(code, path, `The ${algorithm} digest is ${found.get(algorithm)}; ${place} says ${digest}.`);
}
