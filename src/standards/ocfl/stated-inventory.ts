import type { Report } from './ocfl-findings.ts';
import { cryptoNames, uncheckedAlgorithms } from './ocfl-reader.ts';
import { checkPaths, contentPathCodes, logicalPathCodes } from './path-rules.ts';

/** Digest → paths, digests as they are written. */
export type PathsByDigest = ReadonlyMap<string, readonly string[]>;

/** A version as a stranger's inventory states it. */
export interface StatedVersion {
  readonly state: PathsByDigest;
  /** What W011 compares: created, message and user as JSON. */
  readonly note: string;
}

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

type Members = Readonly<Record<string, unknown>>;

const uriForm = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;
const versionName = /^v(0*)([1-9][0-9]{0,8})$/;

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

/** The number of a version's name, or undefined when it is none; `padding` is how many digits a padded name has. */
export function versionOf(name: string): { readonly number: number; readonly padding: number } | undefined {
  const match = versionName.exec(name);
  if (!match) return undefined;
  const padding = match[1] === '' ? 0 : name.length - 1;
  return { number: Number(match[2]), padding };
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

function readVersions(
  value: unknown,
  place: string,
  manifest: PathsByDigest,
  report: Report,
): ReadonlyMap<string, StatedVersion> {
  const versions = new Map<string, StatedVersion>();
  if (value === undefined) return versions;
  if (!isObject(value)) {
    report('E044', place, '“versions” is no JSON object.');
    return versions;
  }
  if (Object.keys(value).length === 0) report('E008', place, 'The object has no version.');
  checkVersionNames(Object.keys(value), place, report);
  for (const [name, version] of Object.entries(value)) {
    const at = `${place}#/versions/${name}`;
    if (isObject(version)) versions.set(name, readVersion(version, at, manifest, report));
    else report('E047', at, 'The version is no JSON object.');
  }
  return versions;
}

/** OCFL 1.1 section 3.3: from 1 without gap, all padded to one length or none. */
function checkVersionNames(names: readonly string[], place: string, report: Report): void {
  const known = names.flatMap((name) => versionOf(name) ?? []);
  if (known.length < names.length) report('E046', place, 'A key of “versions” is no name of a version.');
  const numbers = known.map(({ number }) => number).sort((a, b) => a - b);
  if (numbers.length > 0 && numbers[0] !== 1) report('E009', place, 'The versions do not begin with 1.');
  if (numbers.some((number, index) => number !== (numbers[0] ?? 1) + index))
    report('E010', place, 'The numbers of the versions have a gap.');
  const paddings = new Set(known.map(({ padding }) => padding));
  if (paddings.size > 1) report('E012', place, 'Names of versions are padded differently.');
  if (paddings.size > 1 && known.find(({ number }) => number === 1)?.padding !== 0)
    report('E011', place, 'A version leaves the zero-padded form of the first.');
  if (paddings.size === 1 && !paddings.has(0)) report('W001', place, 'The names of the versions are zero-padded.');
}

function readVersion(version: Members, place: string, manifest: PathsByDigest, report: Report): StatedVersion {
  for (const key of Object.keys(version))
    if (!['created', 'state', 'message', 'user'].includes(key)) report('E102', place, `The unknown key “${key}”.`);
  checkCreated(version.created, place, report);
  checkNote(version, place, report);
  const note = JSON.stringify([version.created, version.message, version.user]);
  if (!isObject(version.state)) {
    report(version.state === undefined ? 'E048' : 'E050', place, 'The version has no state.');
    return { state: new Map(), note };
  }
  const state = pathsByDigest(version.state, 'E051', `${place}/state`, report);
  for (const digest of state.keys())
    if (!manifest.has(digest)) report('E050', `${place}/state`, `The manifest does not have the digest ${digest}.`);
  checkPaths([...state.values()].flat(), logicalPathCodes, `${place}/state`, report);
  return { state, note };
}

const rfc3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,30})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function checkCreated(created: unknown, place: string, report: Report): void {
  if (created === undefined) report('E048', place, 'The version does not say when it was created.');
  else if (typeof created !== 'string' || !rfc3339.test(created))
    report('E049', place, '“created” is no time of RFC 3339 with seconds and a time zone.');
}

function checkNote({ message, user }: Members, place: string, report: Report): void {
  if (message === undefined || user === undefined) report('W007', place, 'The version has no message or no user.');
  if (message !== undefined && typeof message !== 'string') report('E094', place, 'The message is no text.');
  if (user === undefined) return;
  if (!isObject(user) || typeof user.name !== 'string' || user.name === '')
    report('E054', place, 'The user has no name.');
  else if (user.address === undefined) report('W008', place, 'The user has no address.');
  else if (typeof user.address !== 'string' || !uriForm.test(user.address))
    report('W009', place, 'The address of the user is no URI.');
}

function pathsByDigest(value: Members, code: string, place: string, report: Report): PathsByDigest {
  const map = new Map<string, readonly string[]>();
  for (const [digest, paths] of Object.entries(value)) {
    if (Array.isArray(paths) && paths.every((path): path is string => typeof path === 'string')) map.set(digest, paths);
    else report(code, place, `The digest ${digest} has no list of paths.`);
  }
  return map;
}

function checkDigestsOnce(map: PathsByDigest, code: string, place: string, report: Report): void {
  const seen = new Set<string>();
  for (const digest of map.keys()) {
    if (seen.has(digest.toLowerCase())) report(code, place, `The digest ${digest} stands twice.`);
    seen.add(digest.toLowerCase());
  }
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

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
