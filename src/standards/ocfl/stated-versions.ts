import type { Report } from './ocfl-findings.ts';
import { checkPaths, logicalPathCodes } from './path-rules.ts';
import { isObject, type Members, type PathsByDigest, pathsByDigest } from './paths-by-digest.ts';

/** A version as a stranger's inventory states it. */
export interface StatedVersion {
  readonly state: PathsByDigest;
  /** What W011 compares: created, message and user as JSON. */
  readonly note: string;
}

const uriForm = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;
const versionName = /^v(0*)([1-9][0-9]{0,8})$/;

/** The number of a version's name, or undefined when it is none; `padding` is how many digits a padded name has. */
export function versionOf(name: string): { readonly number: number; readonly padding: number } | undefined {
  const match = versionName.exec(name);
  if (!match) return undefined;
  const padding = match[1] === '' ? 0 : name.length - 1;
  return { number: Number(match[2]), padding };
}

/** Reads the versions of an inventory, reporting every fault (OCFL 1.1 section 3.5.3). */
export function readVersions(
  value: unknown,
  place: string,
  manifest: PathsByDigest,
  report: Report,
): ReadonlyMap<string, StatedVersion> {
  const versions = new Map<string, StatedVersion>();
  if (value === undefined) {
    report('E043', place, 'The inventory has no block of versions.');
    return versions;
  }
  if (!isObject(value)) {
    report('E045', place, '“versions” is no JSON object.');
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
  const { name, address } = isObject(version.user) ? version.user : {};
  const texts = [version.created, version.message, name, address];
  const note = JSON.stringify(texts.map((text) => (typeof text === 'string' ? text : null)));
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
