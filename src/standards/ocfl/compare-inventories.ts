import { inventoryName } from './inventory.ts';
import type { Report } from './ocfl-findings.ts';
import type { PathsByDigest } from './paths-by-digest.ts';
import type { StatedInventory } from './stated-inventory.ts';
import { versionOf } from './stated-versions.ts';

/** The folder of a version and the inventory in it. */
export interface VersionInventory {
  readonly name: string;
  readonly hasContent: boolean;
  readonly stated?: StatedInventory;
  readonly sha512?: string;
}

/**
 * Compares the inventories of the versions with the one in force (OCFL 1.1 sections 3.5 and 3.6): one id, one content
 * directory, versions of the specification that never go back, the same states.
 * @param versions in their order
 */
export function compareInventories(
  root: { readonly stated: StatedInventory; readonly sha512: string },
  versions: readonly VersionInventory[],
  declared: string | undefined,
  report: Report,
): void {
  const { stated } = root;
  if (declared && stated.specification && stated.specification !== declared)
    report('E038', inventoryName, `The inventory is of OCFL ${stated.specification}, the object declares ${declared}.`);
  let before = '1.0';
  for (const version of versions) {
    if (!version.stated) continue;
    const place = `${version.name}/${inventoryName}`;
    const specification = version.stated.specification;
    if (specification && (specification < before || (declared && specification > declared)))
      report(
        'E103',
        place,
        `The version is of OCFL ${specification}, older than the version before or newer than the object.`,
      );
    before = specification && specification > before ? specification : before;
    compareVersion(stated, version.stated, version.name, place, report);
  }
  compareHead(root, versions, report);
}

function compareHead(
  root: { readonly stated: StatedInventory; readonly sha512: string },
  versions: readonly VersionInventory[],
  report: Report,
): void {
  const last = versions.at(-1);
  if (last?.sha512 !== undefined && last.sha512 !== root.sha512)
    report('E064', `${last.name}/${inventoryName}`, 'The inventory of the last version is not the one of the object.');
}

function compareVersion(
  root: StatedInventory,
  own: StatedInventory,
  name: string,
  place: string,
  report: Report,
): void {
  if (own.id !== undefined && root.id !== undefined && own.id !== root.id)
    report('E037', place, `The id is “${own.id}”, the object's is “${root.id}” (E110).`);
  if (own.head !== undefined && own.head !== name) report('E040', place, `The head is ${own.head}, not ${name}.`);
  if (own.contentDirectory !== root.contentDirectory)
    report(
      'E019',
      place,
      `The content directory is “${own.contentDirectory}”, the object's is “${root.contentDirectory}”.`,
    );
  for (const [version, { state, note }] of own.versions) {
    const current = root.versions.get(version);
    if (!current) {
      report('E066', place, `The object's inventory has no ${version}.`);
      continue;
    }
    if (!sameState({ state, inventory: own }, { state: current.state, inventory: root }))
      report('E066', place, `The state of ${version} is another than in the object's inventory.`);
    if (note !== current.note)
      report('W011', place, `${version} has another time, message or user than in the object's inventory.`);
  }
  const numbers = new Set([...own.versions.keys()].map((version) => versionOf(version)?.number));
  const expected = Math.min(versionOf(name)?.number ?? 0, numbers.size + 1);
  for (let number = 1; number <= expected; number++)
    if (!numbers.has(number)) report('E066', place, `The inventory does not have version ${number}.`);
}

interface State {
  readonly state: PathsByDigest;
  readonly inventory: StatedInventory;
}

/** Two states are the same when each logical path has the same bytes: by digest, or by a content path where algorithms differ. */
function sameState(one: State, other: State): boolean {
  const sameAlgorithm = one.inventory.digestAlgorithm === other.inventory.digestAlgorithm;
  const left = digestByPath(one.state);
  const right = digestByPath(other.state);
  if (left.size !== right.size) return false;
  for (const [path, digest] of left) {
    const match = right.get(path);
    if (match === undefined) return false;
    if (sameAlgorithm ? digest.toLowerCase() !== match.toLowerCase() : !sharePath(one, digest, other, match))
      return false;
  }
  return true;
}

function digestByPath(state: PathsByDigest): Map<string, string> {
  const map = new Map<string, string>();
  for (const [digest, paths] of state) for (const path of paths) map.set(path, digest);
  return map;
}

function sharePath(one: State, digest: string, other: State, match: string): boolean {
  const held = new Set(other.inventory.manifest.get(match) ?? []);
  return (one.inventory.manifest.get(digest) ?? []).some((path) => held.has(path));
}
