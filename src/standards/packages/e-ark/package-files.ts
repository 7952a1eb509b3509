import { FormatError } from '../../../base/index.ts';
import type { PackageReader } from '../package-reader.ts';
import type { PackageFiles } from './mets-source.ts';

const mostFiles = 1_000_000;

/** Lists the package. @throws FormatError when it holds more than a million files */
export async function listFiles(reader: PackageReader): Promise<PackageFiles> {
  const sizes = new Map<string, number>();
  const folders = new Set<string>();
  const byFoldedName = new Map<string, string>();
  for await (const { path, size } of await reader.list()) {
    if (sizes.size >= mostFiles) throw new FormatError('package', `over ${mostFiles} files`);
    sizes.set(path, size);
    byFoldedName.set(path.toLowerCase(), path);
    addFolders(folders, path);
  }
  for (const path of (await reader.folders?.()) ?? []) addFolders(folders, `${path}/`);
  const foldedFolders = new Set([...folders].map((path) => path.toLowerCase()));
  return {
    sizes,
    folders,
    find: (path) => (sizes.has(path) ? path : byFoldedName.get(path.toLowerCase())),
    hasFolder: (path) => foldedFolders.has(path.toLowerCase()),
  };
}

function addFolders(folders: Set<string>, path: string): void {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at);
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}
