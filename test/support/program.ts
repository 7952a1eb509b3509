import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist/main.js');

/**
 * What node runs `trajno` by: the program as it is installed where it was built of the sources as they are (`npm test` builds
 * it); otherwise the sources, for which node takes three times as long.
 */
export const program: readonly string[] = isFresh() ? [built] : ['--import=tsx', join(root, 'src/main.ts')];

function isFresh(): boolean {
  if (!existsSync(built)) return false;
  const since = statSync(built).mtimeMs;
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).every(
    (entry) => !entry.isFile() || statSync(join(entry.parentPath, entry.name)).mtimeMs < since,
  );
}
