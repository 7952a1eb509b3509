import { createHash } from 'node:crypto';
import { FormatError } from '../../base/index.ts';
import { compareInventories, type VersionInventory } from './compare-inventories.ts';
import { checkContent } from './content-check.ts';
import { declaredVersion, objectDeclarations } from './declaration.ts';
import { inventoryName } from './inventory.ts';
import { findingList, type OcflFinding, type Report } from './ocfl-findings.ts';
import { cryptoNames, type OcflEntry, type OcflReader, registeredExtensions } from './ocfl-reader.ts';
import { type StatedInventory, statedInventory } from './stated-inventory.ts';
import { versionOf } from './stated-versions.ts';

/** What validation says of an object. */
export interface ObjectValidation {
  readonly id: string | undefined;
  /** The OCFL version it declares. */
  readonly specification: string | undefined;
  readonly findings: readonly OcflFinding[];
}

/** More than any object of millions of files needs; JSON of this size is still read in a few seconds. */
const largestInventory = 256 << 20;

/**
 * Validates an OCFL object (OCFL 1.0 and 1.1 section 3): structure, inventories of all versions, every byte of content.
 * Each file is read once. Malformed input is a finding.
 * @throws only what `reader` throws when bytes cannot be had
 */
export async function validateObject(reader: OcflReader): Promise<ObjectValidation> {
  const { findings, report } = findingList();
  const entries = await reader.list('');
  const specification = await declaredVersion(entries, objectDeclarations, reader, report);
  const inventory = await readInventory(reader, '', entries, report);
  checkRootEntries(entries, inventory, report);
  await checkExtensions(reader, entries, report);
  if (inventory) {
    const versions = await readVersionFolders(reader, entries, inventory.stated, report);
    compareInventories(inventory, versions, specification, report);
    await checkContent(reader, inventory.stated, versions, report);
  }
  return { id: inventory?.stated.id, specification, findings };
}

/** The inventory in `folder` with its sidecar (OCFL 1.1 section 3.7). */
async function readInventory(
  reader: OcflReader,
  folder: string,
  entries: readonly OcflEntry[],
  report: Report,
): Promise<{ stated: StatedInventory; sha512: string } | undefined> {
  const place = folder + inventoryName;
  if (!entries.some(({ name, kind }) => name === inventoryName && kind === 'file')) {
    if (folder === '') report('E063', place, 'The object has no inventory.');
    return undefined;
  }
  let bytes: Uint8Array;
  try {
    bytes = await reader.read(place, largestInventory);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    report('E033', place, `The inventory is over ${largestInventory} bytes.`);
    return undefined;
  }
  const stated = statedInventory(bytes, place, report);
  if (!stated) return undefined;
  await checkSidecar(reader, place, stated.digestAlgorithm, bytes, entries, report);
  return { stated, sha512: createHash('sha512').update(bytes).digest('hex') };
}

async function checkSidecar(
  reader: OcflReader,
  place: string,
  algorithm: string,
  bytes: Uint8Array,
  entries: readonly OcflEntry[],
  report: Report,
): Promise<void> {
  const known = cryptoNames.get(algorithm);
  if (!known) return;
  const sidecar = `${place}.${algorithm}`;
  if (!entries.some(({ name, kind }) => kind === 'file' && name === `${inventoryName}.${algorithm}`))
    return report('E058', sidecar, 'The inventory has no sidecar file with its digest.');
  const text = await reader.read(sidecar, 4096).catch((error: unknown) => {
    if (error instanceof FormatError) return new Uint8Array();
    throw error;
  });
  const stated = /^([0-9A-Fa-f]+)[ \t]+inventory\.json\n?$/.exec(new TextDecoder().decode(text))?.[1];
  if (stated === undefined) return report('E061', sidecar, 'The sidecar is not “DIGEST inventory.json”.');
  if (stated.toLowerCase() !== createHash(known).update(bytes).digest('hex'))
    report('E060', sidecar, 'The digest of the inventory is not the one in its sidecar.');
}

/** OCFL 1.1 section 3.2: nothing else in the object root. */
function checkRootEntries(
  entries: readonly OcflEntry[],
  inventory: { stated: StatedInventory } | undefined,
  report: Report,
): void {
  const sidecar = `${inventoryName}.${inventory?.stated.digestAlgorithm || 'sha512'}`;
  for (const { name, kind } of entries) {
    if (kind === 'other') report('E090', name, 'A link or device, which OCFL does not allow.');
    else if (kind === 'file') {
      if (name !== inventoryName && name !== sidecar && !name.startsWith('0='))
        report('E001', name, 'A file that does not belong in the root of an object.');
    } else if (name !== 'logs' && name !== 'extensions' && !versionOf(name))
      report('E001', name, 'A folder that does not belong in the root of an object.');
    else if (versionOf(name) && inventory && !inventory.stated.versions.has(name))
      report('E046', name, 'The inventory does not have this version.');
  }
  for (const name of inventory?.stated.versions.keys() ?? [])
    if (!entries.some((entry) => entry.name === name && entry.kind === 'folder'))
      report('E010', name, 'The folder of this version is missing.');
}

async function checkExtensions(reader: OcflReader, entries: readonly OcflEntry[], report: Report): Promise<void> {
  if (!entries.some(({ name, kind }) => name === 'extensions' && kind === 'folder')) return;
  for (const { name, kind } of await reader.list('extensions')) {
    if (kind !== 'folder') report('E067', `extensions/${name}`, 'A file among the folders of extensions.');
    else if (!registeredExtensions.has(name))
      report('W013', `extensions/${name}`, 'The extension is not in the OCFL registry.');
  }
}

/** The folders of versions in their order, each with its own inventory where it has one. */
async function readVersionFolders(
  reader: OcflReader,
  entries: readonly OcflEntry[],
  root: StatedInventory,
  report: Report,
): Promise<VersionInventory[]> {
  const names = entries.filter(({ name, kind }) => kind === 'folder' && versionOf(name)).map(({ name }) => name);
  const inOrder = names.sort((a, b) => (versionOf(a)?.number ?? 0) - (versionOf(b)?.number ?? 0));
  const versions: VersionInventory[] = [];
  for (const name of inOrder) {
    const inside = await reader.list(name);
    const own = await readInventory(reader, `${name}/`, inside, report);
    if (!own) report('W010', name, 'The version has no inventory of its own.');
    const sidecar = `${inventoryName}.${own?.stated.digestAlgorithm || root.digestAlgorithm}`;
    for (const entry of inside) {
      const place = `${name}/${entry.name}`;
      if (entry.kind === 'other') report('E090', place, 'A link or device, which OCFL does not allow.');
      else if (entry.kind === 'file' && entry.name !== inventoryName && entry.name !== sidecar)
        report('E015', place, 'A file beside the content folder of a version.');
      else if (entry.kind === 'folder' && entry.name !== root.contentDirectory)
        report('W002', place, 'A folder beside the content folder of a version.');
    }
    const hasContent = inside.some((entry) => entry.kind === 'folder' && entry.name === root.contentDirectory);
    versions.push({ name, hasContent, ...own });
  }
  return versions;
}
