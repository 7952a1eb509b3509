import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { storageRootFiles } from '../../../standards/ocfl/index.ts';
import { syncFolder } from './durability.ts';
import { ignoreMissing } from './failures.ts';

/** Says what lies here, and whose it is. */
export const storeFile = 'trajno-store.json';
/** The format of everything below a location. A store with a higher number is refused. */
export const storeFormat = 1;

/** The files in a storage root beside objects and the README, whose text each release has its own of. */
export function rootFiles(identity: string): { readonly path: string; readonly content: string }[] {
  return [
    ...storageRootFiles(),
    { path: storeFile, content: `${JSON.stringify({ format: storeFormat, identity })}\n` },
  ];
}

/**
 * Compares those files with what they must be, and writes anew what differs; what stood there is kept aside.
 * @returns the paths that were not as they must be
 */
export async function repairRootFiles(root: string, identity: string, aside: string): Promise<string[]> {
  const repaired: string[] = [];
  for (const { path, content } of rootFiles(identity)) {
    const file = join(root, path);
    const found = await readFile(file, 'utf8').catch(ignoreMissing);
    if (found === content) continue;
    if (found !== undefined) {
      await mkdir(aside, { recursive: true });
      await rename(file, join(aside, path.replaceAll('/', '-')));
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flush: true });
    await syncFolder(dirname(file));
    repaired.push(path);
  }
  return repaired;
}
