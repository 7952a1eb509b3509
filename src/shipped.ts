import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';

/** What the product ships beside its code. */
export const shipped = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the catalog is opened with. */
export const catalogPlace = (config: Config) => config.database ?? join(config.dataFolder, 'catalog.sqlite');

/** The name and version that packages carry. */
export async function readSoftware(): Promise<{ name: string; version: string }> {
  const { version } = JSON.parse(await readFile(shipped('package.json'), 'utf8'));
  return { name: 'Trajno', version };
}
