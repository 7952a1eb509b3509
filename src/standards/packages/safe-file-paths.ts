import { safeFileNames } from './safe-file-names.ts';

/** A folder while its files are named: what lies in it, by original name, in the order in which it came. */
interface Folder {
  readonly folders: Map<string, Folder>;
  /** Original names with the places of their paths. */
  readonly files: [name: string, index: number][];
}

/**
 * Paths of files that keep their folders, each segment safe as of `safeFileNames`, in the order of `originalPaths` (with
 * `/`). Files and folders of one folder never clash.
 */
export function safeFilePaths(originalPaths: readonly string[]): string[] {
  const root = newFolder();
  for (const [index, path] of originalPaths.entries()) {
    const parts = path.split('/');
    const name = parts.pop() ?? path;
    parts.reduce(folderIn, root).files.push([name, index]);
  }
  const paths: string[] = [];
  place(root, '', paths);
  return paths;
}

function newFolder(): Folder {
  return { folders: new Map(), files: [] };
}

function folderIn(parent: Folder, name: string): Folder {
  const known = parent.folders.get(name);
  if (known) return known;
  const made = newFolder();
  parent.folders.set(name, made);
  return made;
}

function place(folder: Folder, prefix: string, paths: string[]): void {
  const below = [...folder.folders];
  const names = safeFileNames([...below.map(([name]) => name), ...folder.files.map(([name]) => name)]);
  for (const [number, [, child]] of below.entries()) place(child, `${prefix}${names[number]}/`, paths);
  for (const [number, [, index]] of folder.files.entries()) paths[index] = prefix + names[below.length + number];
}
