import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FormatError } from '../../base/index.ts';
import type { PackageReader } from '../../standards/packages/index.ts';
import { fileReader } from '../archival-storage/index.ts';

/** The package in a folder. Links are refused when they are listed. */
export function folderPackage(folder: string): PackageReader {
  return {
    folder: basename(folder),
    list: async function* () {
      for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
        if (entry.isDirectory()) continue;
        const path = pathBelow(folder, entry);
        if (!entry.isFile()) throw new FormatError('package', `${path} is neither a file nor a folder`);
        yield { path, size: (await stat(join(folder, path))).size };
      }
    },
    open: (path) => fileReader(join(folder, path)),
    folders: async () => {
      const entries = await readdir(folder, { withFileTypes: true, recursive: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => pathBelow(folder, entry));
    },
  };
}

function pathBelow(folder: string, entry: Dirent): string {
  return join(entry.parentPath, entry.name).slice(join(folder).length + 1);
}
