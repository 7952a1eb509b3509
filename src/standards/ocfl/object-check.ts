import { sha512Hex } from '../../base/index.ts';
import { type Inventory, inventoryName, objectDeclaration, parseInventory, sidecar, sidecarName } from './inventory.ts';

/** A file that was found in an object's folder, read to its end. */
export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly sha512: string;
}

/** What an object's folder holds, read from the medium. `governing`: the bytes of its inventory and of what else was asked for. */
export interface FoundObject {
  readonly files: readonly FoundFile[];
  readonly governing: Readonly<Record<string, Uint8Array>>;
}

/** Why a file of an object is not as it should be. */
export type ObjectFault =
  | {
      readonly kind: 'damaged' | 'missing' | 'extra';
      readonly path: string;
      readonly expected?: string;
      readonly found?: string;
    }
  | { readonly kind: 'inventory'; readonly path: string; readonly detail: string };

/**
 * Compares an object's folder with what it must be (OCFL 1.1 section 3): declaration, inventory, sidecar, each
 * version's own inventory, every file of the manifest by digest, nothing else.
 * @param known the sha512 of each version's inventory by the catalog, `v1` first; where it is given, the object's own
 *   word decides nothing
 * @returns no faults when the object is whole
 */
export function checkObject(id: string, found: FoundObject, known?: ReadonlyMap<string, string>): ObjectFault[] {
  const bytes = found.governing[inventoryName];
  if (!bytes) return [{ kind: 'missing', path: inventoryName }];
  const digest = sha512Hex(bytes);
  const expected = known && [...known.values()].at(-1);
  if (expected !== undefined && digest !== expected)
    return [{ kind: 'damaged', path: inventoryName, expected, found: digest }];
  let inventory: Inventory;
  try {
    inventory = parseInventory(bytes);
  } catch (error) {
    return [{ kind: 'inventory', path: inventoryName, detail: (error as Error).message }];
  }
  if (inventory.id !== id)
    return [{ kind: 'inventory', path: inventoryName, detail: `the inventory is of another object, ${inventory.id}` }];
  return checkFiles(expectedFiles(inventory, digest, known), found.files);
}

/** The same, by an inventory from a healthy copy, where the object's own is damaged. */
export function checkAgainst(
  inventoryBytes: Uint8Array,
  found: FoundObject,
  known?: ReadonlyMap<string, string>,
): ObjectFault[] {
  const inventory = parseInventory(inventoryBytes);
  return checkFiles(expectedFiles(inventory, sha512Hex(inventoryBytes), known), found.files);
}

/**
 * Every file that an object with this inventory must have, path → sha512.
 * `undefined` stands for an earlier version's inventory whose digest nobody handed in.
 */
export function expectedFiles(
  inventory: Inventory,
  inventorySha512: string,
  known?: ReadonlyMap<string, string>,
): Map<string, string | undefined> {
  const expected = new Map<string, string | undefined>();
  for (const [digest, paths] of Object.entries(inventory.manifest))
    for (const path of paths) expected.set(path, digest);
  for (const version of Object.keys(inventory.versions)) {
    const digest = version === inventory.head ? inventorySha512 : known?.get(version);
    expected.set(`${version}/${inventoryName}`, digest);
    expected.set(`${version}/${sidecarName}`, digest && sha512Hex(sidecar(digest)));
  }
  expected.set(inventoryName, inventorySha512);
  expected.set(sidecarName, sha512Hex(sidecar(inventorySha512)));
  expected.set(objectDeclaration.path, sha512Hex(objectDeclaration.content));
  return expected;
}

function checkFiles(expected: Map<string, string | undefined>, files: readonly FoundFile[]): ObjectFault[] {
  const faults: ObjectFault[] = [];
  const found = new Map(files.map((file) => [file.path, file]));
  for (const [path, digest] of expected) {
    const file = found.get(path);
    if (!file) faults.push({ kind: 'missing', path });
    else if (digest !== undefined && file.sha512 !== digest)
      faults.push({ kind: 'damaged', path, expected: digest, found: file.sha512 });
  }
  for (const file of files) if (!expected.has(file.path)) faults.push({ kind: 'extra', path: file.path });
  return [...faults, ...checkOldInventories(expected, found)];
}

/** An earlier version's inventory is known by its sidecar only: both damaged alike is beyond this check, one is not. */
function checkOldInventories(expected: Map<string, string | undefined>, found: Map<string, FoundFile>): ObjectFault[] {
  const faults: ObjectFault[] = [];
  for (const [path, digest] of expected) {
    if (digest !== undefined || !path.endsWith(`/${inventoryName}`)) continue;
    const inventory = found.get(path);
    const side = found.get(path.replace(inventoryName, sidecarName));
    if (inventory && side && side.sha512 !== sha512Hex(sidecar(inventory.sha512)))
      faults.push({ kind: 'damaged', path, found: inventory.sha512 });
  }
  return faults;
}
