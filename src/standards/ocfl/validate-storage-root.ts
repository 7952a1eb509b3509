import { FormatError } from '../../base/index.ts';
import { declaredVersion, rootDeclarations } from './declaration.ts';
import type { Report } from './ocfl-findings.ts';
import { type OcflEntry, type OcflReader, registeredExtensions } from './ocfl-reader.ts';

const deepest = 64;
const layoutName = 'ocfl_layout.json';

/** Tells whether the entries of a folder are those of an object. */
export function isObjectFolder(entries: readonly OcflEntry[]): boolean {
  return entries.some(({ name, kind }) => kind === 'file' && name.startsWith('0=ocfl_object_'));
}

/**
 * Checks the files of a storage root itself (OCFL 1.1 sections 4.1 and 4.2).
 * @returns the OCFL version that the root declares
 */
export async function checkStorageRoot(reader: OcflReader, report: Report): Promise<string | undefined> {
  const entries = await reader.list('');
  const version = await declaredVersion(entries, rootDeclarations, reader, report);
  if (entries.some(({ name, kind }) => name === layoutName && kind === 'file')) await checkLayout(reader, report);
  if (entries.some(({ name, kind }) => name === 'extensions' && kind === 'folder'))
    for (const { name, kind } of await reader.list('extensions')) {
      if (kind !== 'folder') report('E112', `extensions/${name}`, 'A file among the folders of extensions.');
      else if (!registeredExtensions.has(name))
        report('W016', `extensions/${name}`, 'The extension is not in the OCFL registry.');
    }
  return version;
}

/** OCFL 1.1 section 4.1: `extension` and `description`, both texts. */
async function checkLayout(reader: OcflReader, report: Report): Promise<void> {
  try {
    const bytes = await reader.read(layoutName, 1 << 20);
    const layout: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const { extension, description } = (layout ?? {}) as Record<string, unknown>;
    if (typeof extension !== 'string' || typeof description !== 'string')
      report('E070', layoutName, 'The layout has no “extension” or no “description”.');
    else if (!registeredExtensions.has(extension))
      report('E071', layoutName, `“${extension}” is no registered extension.`);
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof SyntaxError || error instanceof TypeError)) throw error;
    report('E070', layoutName, 'The layout is not JSON in UTF-8.');
  }
}

/**
 * The paths of a storage root's objects, found by walking its hierarchy (OCFL 1.1 section 4.3); what does not belong in
 * the hierarchy is reported on the way. Holds one folder's entries per level, whatever the size of the root.
 */
export async function* objectsBelow(
  reader: OcflReader,
  report: Report,
  path = '',
  depth = 0,
): AsyncGenerator<string, void> {
  if (depth > deepest) return report('E085', path, `Folders in folders more than ${deepest} deep are not followed.`);
  const entries = await reader.list(path);
  if (path !== '' && entries.length === 0) report('E073', path, 'An empty folder.');
  if (path !== '' && isObjectFolder(entries)) return yield path;
  for (const { name, kind } of entries) {
    const below = path === '' ? name : `${path}/${name}`;
    if (kind === 'other') report('E090', below, 'A link or device, which OCFL does not allow.');
    else if (kind === 'folder' && below !== 'extensions') yield* objectsBelow(reader, report, below, depth + 1);
    else if (kind === 'file' && path !== '') report('E072', below, 'A file that is not part of an object.');
  }
}
