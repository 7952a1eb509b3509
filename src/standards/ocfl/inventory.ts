import { FormatError, sha512Hex } from '../../base/index.ts';

/** A version of an object: its logical state, digest → logical paths (OCFL 1.1 section 3.5.3). */
export interface InventoryVersion {
  readonly created: string;
  readonly message: string;
  readonly user: { readonly name: string; readonly address?: string };
  readonly state: Readonly<Record<string, readonly string[]>>;
}

/** `inventory.json` (OCFL 1.1 section 3.5), always sha512 and the default content directory here. */
export interface Inventory {
  readonly id: string;
  readonly type: string;
  readonly digestAlgorithm: 'sha512';
  readonly head: string;
  readonly manifest: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, InventoryVersion>>;
  readonly fixity?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** One file of an object's logical state: where it stands and the sha512 of its bytes. */
export interface StateFile {
  readonly path: string;
  readonly sha512: string;
}

/** What a new version says of itself. */
export interface VersionNote {
  readonly created: string;
  readonly message: string;
  readonly user: { readonly name: string; readonly address?: string };
}

/** A new version of an object: its inventory and which files of the state are new and must be written. */
export interface NewVersion {
  readonly inventory: Inventory;
  readonly inventoryBytes: Buffer;
  readonly inventorySha512: string;
  /** Content path of each file to write, by logical path. Files of earlier versions are only referred to. */
  readonly contentPaths: ReadonlyMap<string, string>;
}

export const objectDeclaration = { path: '0=ocfl_object_1.1', content: 'ocfl_object_1.1\n' };
export const inventoryName = 'inventory.json';
export const sidecarName = 'inventory.json.sha512';
const inventoryType = 'https://ocfl.io/1.1/spec/#inventory';

/**
 * The inventory of an object's next version (OCFL 1.1 sections 3.5 and 3.6): content that an earlier version holds is
 * referred to, only new content gets a content path. Deterministic: equal input gives equal bytes.
 * @param previous the inventory of the version before, or undefined for version 1
 */
export function nextVersion(
  id: string,
  state: readonly StateFile[],
  note: VersionNote,
  previous?: Inventory,
): NewVersion {
  const head = `v${previous ? versionNumber(previous.head) + 1 : 1}`;
  const manifest = new Map<string, string[]>(
    Object.entries(previous?.manifest ?? {}).map(([digest, paths]) => [digest, [...paths]]),
  );
  const held = new Set(manifest.keys());
  const contentPaths = new Map<string, string>();
  const logical = new Map<string, string[]>();
  for (const file of [...state].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    push(logical, file.sha512, file.path);
    if (held.has(file.sha512)) continue;
    const contentPath = `${head}/content/${file.path}`;
    contentPaths.set(file.path, contentPath);
    push(manifest, file.sha512, contentPath);
  }
  const inventory: Inventory = {
    id,
    type: inventoryType,
    digestAlgorithm: 'sha512',
    head,
    manifest: Object.fromEntries(manifest),
    versions: { ...previous?.versions, [head]: { ...note, state: Object.fromEntries(logical) } },
  };
  const inventoryBytes = Buffer.from(`${JSON.stringify(inventory)}\n`);
  return { inventory, inventoryBytes, inventorySha512: sha512Hex(inventoryBytes), contentPaths };
}

/** The text of an inventory's sidecar file (OCFL 1.1 section 3.7). */
export function sidecar(inventorySha512: string): string {
  return `${inventorySha512} ${inventoryName}\n`;
}

/** `v12` → 12. @throws FormatError for anything else */
export function versionNumber(name: string): number {
  const match = /^v([1-9][0-9]*)$/.exec(name);
  if (!match) throw new FormatError('OCFL inventory', `"${name.slice(0, 20)}" is no version name`);
  return Number(match[1]);
}

/**
 * Reads an inventory of ours. @throws FormatError when it is not one.
 * A stranger's storage root is judged by the validator, which reports every fault instead of stopping at the first.
 */
export function parseInventory(bytes: Uint8Array): Inventory {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new FormatError('OCFL inventory', 'not JSON', { cause });
  }
  if (!isInventory(value)) throw new FormatError('OCFL inventory', 'a required member is missing or of a wrong type');
  for (const paths of Object.values(value.manifest)) paths.forEach(checkPath);
  for (const version of Object.values(value.versions)) Object.values(version.state).flat().forEach(checkPath);
  return value;
}

/** The logical state of a version: path → where its bytes lie and their digest. Default: the head. */
export function stateOf(
  inventory: Inventory,
  version = inventory.head,
): Map<string, StateFile & { contentPath: string }> {
  const files = new Map<string, StateFile & { contentPath: string }>();
  for (const [sha512, paths] of Object.entries(inventory.versions[version]?.state ?? {})) {
    const held = inventory.manifest[sha512] ?? [];
    for (const path of paths) {
      const contentPath = held.find((candidate) => candidate.endsWith(`/content/${path}`)) ?? held[0];
      if (contentPath === undefined)
        throw new FormatError('OCFL inventory', `state names a digest that the manifest lacks`);
      files.set(path, { path, sha512, contentPath });
    }
  }
  return files;
}

function isInventory(value: unknown): value is Inventory {
  if (!isObject(value)) return false;
  const { id, head, digestAlgorithm, manifest, versions } = value;
  return (
    typeof id === 'string' &&
    typeof head === 'string' &&
    digestAlgorithm === 'sha512' &&
    isPathMap(manifest) &&
    isObject(versions) &&
    isObject(versions[head]) &&
    Object.values(versions).every((version) => isObject(version) && isPathMap(version.state))
  );
}

function isPathMap(value: unknown): value is Record<string, string[]> {
  return (
    isObject(value) &&
    Object.values(value).every((paths) => Array.isArray(paths) && paths.every((path) => typeof path === 'string'))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkPath(path: string): void {
  if (path.startsWith('/') || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new FormatError('OCFL inventory', 'a path escapes its object');
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
