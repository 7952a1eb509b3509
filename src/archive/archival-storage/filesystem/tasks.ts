/**
 * What the worker threads do for a filesystem location: plain synchronous calls, a fifth of the cost of asynchronous
 * ones for the dozen small files of a record. Runs in a worker; imports nothing that holds state.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fdatasyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type FoundFile,
  type FoundObject,
  inventoryName,
  objectDeclaration,
  sidecar,
  sidecarName,
  versionNumber,
} from '../../../standards/ocfl/index.ts';
import type { VersionToWrite } from '../location-driver.ts';

export { hashShared } from './shared-hash.ts';
export { validateObjects } from './validate-objects.ts';

const readBufferLength = 1 << 20;
/** Kept whole when an object is read: what an audit compares the catalog with. */
const recordPath = '/content/metadata/other/record.json';
let readBuffer: Buffer | undefined;

/** Writes a version's folder in staging: content, the version's inventory, and for version 1 the object around it. */
export function writeVersion(task: { version: VersionToWrite; stagingFolder: string }): void {
  const { version, stagingFolder } = task;
  const folder = join(stagingFolder, 'object');
  if (!exists(stagingFolder)) mkdirSync(stagingFolder); // not the folders around it: where they are missing the disk is away
  rmSync(folder, { recursive: true, force: true });
  const made = new Set<string>();
  for (const file of version.files) {
    const path = join(folder, file.contentPath);
    makeFolder(dirname(path), made);
    if ('bytes' in file) write(path, file.bytes);
    else linkOrCopy(join(stagingFolder, file.staged), path);
  }
  const versionFolder = join(folder, version.head);
  makeFolder(versionFolder, made);
  write(join(versionFolder, inventoryName), version.inventoryBytes);
  write(join(versionFolder, sidecarName), sidecar(version.inventorySha512));
  write(join(folder, inventoryName), version.inventoryBytes);
  write(join(folder, sidecarName), sidecar(version.inventorySha512));
  if (version.head === 'v1') write(join(folder, objectDeclaration.path), objectDeclaration.content);
}

/**
 * Reads a written version back, compares every file and moves it into the storage root.
 * @returns the first file that differs, or undefined when all is well and the version is in its place
 */
export function placeVersion(task: {
  version: VersionToWrite;
  stagingFolder: string;
  target: string;
}): string | undefined {
  const { version, stagingFolder, target } = task;
  const folder = join(stagingFolder, 'object');
  const root = join(target, inventoryName);
  if (
    sameBytes(root, version.inventoryBytes) &&
    sameBytes(join(target, sidecarName), sidecar(version.inventorySha512))
  ) {
    const placed = [...version.files.map((file) => ({ ...file, path: join(target, file.contentPath) }))];
    const broken = placed.find((file) => !exists(file.path) || digestFile(file.path).sha512 !== file.sha512);
    if (!broken) return undefined;
  }
  for (const file of version.files)
    if (digestFile(join(folder, file.contentPath)).sha512 !== file.sha512) return file.contentPath;
  for (const path of [inventoryName, join(version.head, inventoryName)])
    if (digestFile(join(folder, path)).sha512 !== version.inventorySha512) return path;
  if (version.head !== 'v1' && !exists(target)) return inventoryName; // what the version goes on from is not there
  if (version.head === 'v1') placeObject(folder, target);
  else placeHead(folder, target, version.head);
  return undefined;
}

function placeObject(folder: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  for (let attempt = 1; ; attempt++) {
    mkdirSync(dirname(target), { recursive: true });
    try {
      renameSync(folder, target);
      return;
    } catch (error) {
      // Another process may have taken the still empty folder away.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 3 || !exists(folder)) throw error;
    }
  }
}

/**
 * The version folder first, the root inventory last: a crash between leaves the version before in force. An attempt at
 * this version that nobody acknowledged is put out of force before it is taken away.
 */
function placeHead(folder: string, target: string, head: string): void {
  if (exists(join(target, head))) putInForce(target, `v${versionNumber(head) - 1}`);
  rmSync(join(target, head), { recursive: true, force: true });
  renameSync(join(folder, head), join(target, head));
  renameSync(join(folder, sidecarName), join(target, sidecarName));
  renameSync(join(folder, inventoryName), join(target, inventoryName));
}

/** Makes the inventory of a version the object's own again. */
function putInForce(target: string, version: string): void {
  for (const name of [sidecarName, inventoryName]) {
    const copy = join(target, version, `${name}.again`);
    rmSync(copy, { force: true });
    copyFileSync(join(target, version, name), copy);
    renameSync(copy, join(target, name));
  }
}

/** Reads objects to their last byte. */
export function readObjects(folders: readonly string[]): (FoundObject | undefined)[] {
  return folders.map((folder) => {
    if (!exists(folder)) return undefined;
    const files: FoundFile[] = [];
    const governing: Record<string, Uint8Array> = {};
    for (const path of walk(folder)) {
      if (path !== inventoryName && !path.endsWith(recordPath)) {
        files.push({ path, ...digestFile(join(folder, path)) });
        continue;
      }
      const bytes = readFileSync(join(folder, path));
      governing[path] = bytes;
      files.push({ path, size: bytes.length, sha512: createHash('sha512').update(bytes).digest('hex') });
    }
    return { files, governing };
  });
}

/** The size and sha512 of a file, read in chunks. */
export function digestFile(path: string): { size: number; sha512: string } {
  const hash = createHash('sha512');
  let size = 0;
  for (const chunk of chunksOfFile(path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha512: hash.digest('hex') };
}

/** What is given is good until the next. */
function* chunksOfFile(path: string): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    readBuffer ??= Buffer.allocUnsafeSlow(readBufferLength);
    for (;;) {
      const length = readSync(descriptor, readBuffer, 0, readBufferLength, null);
      if (length === 0) return;
      yield readBuffer.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Paths of objects below a part of the storage root: three tuples, then the object. Files that stand between are named too,
 * folders that a crash left empty are taken away.
 */
export function listObjects(task: { root: string; first: string }): string[] {
  let paths = [task.first];
  const strays: string[] = [];
  for (let level = 0; level < 3; level++) {
    const below: string[] = [];
    for (const path of paths) {
      const entries = readdirSync(join(task.root, path), { withFileTypes: true });
      if (entries.length === 0) removeEmptyFolders(task.root, path);
      for (const entry of entries) (entry.isDirectory() ? below : strays).push(`${path}/${entry.name}`);
    }
    paths = below;
  }
  return [...paths, ...strays].sort();
}

function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
      throw error;
    }
  }
}

/** Every path below `folder` that is no folder: what is no plain file is named too, so that it is found to be extra. */
function* walk(folder: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(folder, path);
    else yield path;
  }
}

function write(path: string, content: Uint8Array | string): void {
  const descriptor = openSync(path, 'w', 0o644);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset, bytes.length - offset);
  } finally {
    closeSync(descriptor);
  }
}

/** A hard link costs nothing and keeps the staged file for a retry; a medium without links gets a synced copy. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    copyFileSync(from, to);
    const descriptor = openSync(to, 'r+');
    fdatasyncSync(descriptor);
    closeSync(descriptor);
  }
}

function makeFolder(path: string, made: Set<string>): void {
  if (made.has(path)) return;
  mkdirSync(path, { recursive: true });
  made.add(path);
}

function sameBytes(path: string, expected: Uint8Array | string): boolean {
  return exists(path) && readFileSync(path).equals(Buffer.from(expected));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
