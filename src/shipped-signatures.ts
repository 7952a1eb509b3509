import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SignatureData } from './standards/pronom/index.ts';

const file = fileURLToPath(new URL('../representation-information/pronom/signatures.json', import.meta.url));

/** The registry's signatures that this release ships (`representation-information/README.md` says where they come from). */
export async function readShippedSignatures(): Promise<SignatureData> {
  return JSON.parse(await readFile(file, 'utf8'));
}
