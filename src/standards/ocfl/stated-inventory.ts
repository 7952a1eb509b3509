import type { Report } from './ocfl-findings.ts';
import { cryptoNames, uncheckedAlgorithms } from './ocfl-reader.ts';
import { checkPaths, contentPathCodes } from './path-rules.ts';
import { checkDigestsOnce, isObject, type Members, type PathsByDigest, pathsByDigest } from './paths-by-digest.ts';
import { readVersions, type StatedVersion, versionOf } from './stated-versions.ts';

/** A stranger's inventory: what of it can be used; what is missing or wrong was reported. */
export interface StatedInventory {
  readonly id: string | undefined;
  /** `1.0`, `1.1`, or undefined when `type` says neither. */
  readonly specification: string | undefined;
  readonly digestAlgorithm: string;
  readonly head: string | undefined;
  readonly contentDirectory: string;
  readonly manifest: PathsByDigest;
  readonly versions: ReadonlyMap<string, StatedVersion>;
  readonly fixity: ReadonlyMap<string, PathsByDigest>;
}

const uriForm = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;

/**
 * Reads an inventory by OCFL 1.0 and 1.1 section 3.5, reporting every fault.
 * @param place the inventory's path
 * @returns undefined when it is no JSON object
 */
export function statedInventory(bytes: Uint8Array, place: string, report: Report): StatedInventory | undefined {
  const value = parsed(bytes, place, report);
  if (!value) return undefined;
  checkKeys(value, place, report);
  const manifest = readManifest(value.manifest, place, report);
  const versions = readVersions(value.versions, place, manifest, report);
  checkManifestUse(manifest, versions, place, report);
  return {
    id: readId(value.id, place, report),
    specification: readType(value.type, place, report),
    digestAlgorithm: readAlgorithm(value.digestAlgorithm, place, report),
    head: readHead(value.head, versions, place, report),
    contentDirectory: readContentDirectory(value.contentDirectory, place, report),
    manifest,
    versions,
    fixity: readFixity(value.fixity, place, report),
  };
}

function parsed(bytes: Uint8Array, place: string, report: Report): Members | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isObject(value)) return value;
    report('E033', place, 'The inventory is no JSON object.');
  } catch {
    report('E033', place, 'The inventory is not JSON in UTF-8.');
  }
  return undefined;
}

const knownKeys = ['id', 'type', 'digestAlgorithm', 'head', 'contentDirectory', 'manifest', 'versions', 'fixity'];

function checkKeys(value: Members, place: string, report: Report): void {
  for (const key of ['id', 'type', 'digestAlgorithm', 'head'])
    if (!(key in value)) report('E036', place, `The inventory has no “${key}”.`);
  for (const key of ['manifest', 'versions'])
    if (!(key in value)) report('E041', place, `The inventory has no “${key}”.`);
  for (const key of Object.keys(value))
    if (!knownKeys.includes(key)) report('E102', place, `The inventory has the unknown key “${key}”.`);
}

function readId(id: unknown, place: string, report: Report): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || id === '') {
    report('E037', place, 'The id is no text.');
    return undefined;
  }
  if (!uriForm.test(id)) report('W005', place, `The id “${id}” is no URI.`);
  return id;
}

function readType(type: unknown, place: string, report: Report): string | undefined {
  if (type === undefined) return undefined;
  const match = typeof type === 'string' ? /^https:\/\/ocfl\.io\/(1\.[01])\/spec\/#inventory$/.exec(type) : undefined;
  if (!match) report('E038', place, 'The type is not the address of the inventory section of OCFL 1.0 or 1.1.');
  return match?.[1];
}

function readAlgorithm(algorithm: unknown, place: string, report: Report): string {
  if (algorithm === 'sha512') return algorithm;
  if (algorithm === 'sha256') {
    report('W004', place, 'The digest algorithm is sha256; sha512 is advised.');
    return algorithm;
  }
  if (algorithm !== undefined) report('E025', place, 'The digest algorithm is neither sha512 nor sha256.');
  return typeof algorithm === 'string' ? algorithm : '';
}

function readHead(
  head: unknown,
  versions: ReadonlyMap<string, StatedVersion>,
  place: string,
  report: Report,
): string | undefined {
  if (head === undefined) return undefined;
  const numbers = [...versions.keys()].map((name) => versionOf(name)?.number ?? 0);
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0);
  if (typeof head !== 'string' || versionOf(head)?.number !== highest || !versions.has(head))
    report('E040', place, 'The head is not the highest version.');
  return typeof head === 'string' ? head : undefined;
}

function readContentDirectory(folder: unknown, place: string, report: Report): string {
  if (folder === undefined) return 'content';
  if (typeof folder !== 'string' || folder === '' || folder.includes('/'))
    report('E017', place, 'The content directory is no name of a folder.');
  else if (folder === '.' || folder === '..') report('E018', place, 'The content directory is “.” or “..”.');
  else return folder;
  return 'content';
}

function readManifest(value: unknown, place: string, report: Report): PathsByDigest {
  if (value === undefined) return new Map();
  if (!isObject(value)) {
    report('E106', place, 'The manifest is no JSON object.');
    return new Map();
  }
  const manifest = pathsByDigest(value, 'E092', `${place}#/manifest`, report);
  checkDigestsOnce(manifest, 'E096', `${place}#/manifest`, report);
  const safe = new Set(checkPaths([...manifest.values()].flat(), contentPathCodes, `${place}#/manifest`, report));
  return onlySafe(manifest, safe);
}

function readFixity(value: unknown, place: string, report: Report): ReadonlyMap<string, PathsByDigest> {
  const fixity = new Map<string, PathsByDigest>();
  if (value === undefined) return fixity;
  if (!isObject(value)) {
    report('E111', place, 'The fixity block is no JSON object.');
    return fixity;
  }
  for (const [algorithm, block] of Object.entries(value)) {
    const at = `${place}#/fixity/${algorithm}`;
    if (!cryptoNames.has(algorithm) && !uncheckedAlgorithms.has(algorithm))
      report('E056', at, `“${algorithm}” is no digest algorithm of OCFL.`);
    if (!isObject(block)) {
      report('E057', at, 'The block is not built as the manifest is.');
      continue;
    }
    const paths = pathsByDigest(block, 'E057', at, report);
    checkDigestsOnce(paths, 'E097', at, report);
    const safe = new Set(checkPaths([...paths.values()].flat(), contentPathCodes, at, report));
    fixity.set(algorithm, onlySafe(paths, safe));
  }
  return fixity;
}

/** OCFL 1.1 section 3.5.2: what no version uses has no place in the manifest. */
function checkManifestUse(
  manifest: PathsByDigest,
  versions: ReadonlyMap<string, StatedVersion>,
  place: string,
  report: Report,
): void {
  const used = new Set<string>();
  for (const { state } of versions.values()) for (const digest of state.keys()) used.add(digest.toLowerCase());
  for (const digest of manifest.keys())
    if (!used.has(digest.toLowerCase())) report('E107', `${place}#/manifest`, `No version uses the digest ${digest}.`);
}

function onlySafe(map: PathsByDigest, safe: ReadonlySet<string>): PathsByDigest {
  return new Map([...map].map(([digest, paths]) => [digest, paths.filter((path) => safe.has(path))]));
}
