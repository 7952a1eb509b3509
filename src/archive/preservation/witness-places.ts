import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveError } from '../../base/index.ts';
import type { Witness } from './witness.ts';

/** The file in a witness's folder. */
export const witnessFile = 'journal-heads.jsonl';

const patienceMilliseconds = 10_000;

/**
 * A witness by its address: a folder, in which a file grows, or an http(s) address, to which each line is posted.
 * @param authorization the value of the Authorization header, for an address
 */
export function witnessAt(address: string, authorization?: string): Witness {
  if (!/^https?:\/\//i.test(address)) return folderWitness(address);
  return {
    name: address,
    tell: async (line) => {
      const headers = {
        'Content-Type': 'application/jsonl',
        ...(authorization ? { Authorization: authorization } : {}),
      };
      const signal = AbortSignal.timeout(patienceMilliseconds);
      const response = await fetch(address, { method: 'POST', body: line, headers, signal, redirect: 'error' });
      await response.body?.cancel();
      if (!response.ok)
        throw new ArchiveError('LOCATION_UNAVAILABLE', `The witness ${address} answered ${response.status}.`);
    },
  };
}

function folderWitness(address: string): Witness {
  const folder = address.startsWith('file:') ? fileURLToPath(address) : address;
  return {
    name: address,
    tell: async (line) => {
      await mkdir(folder, { recursive: true });
      await appendFile(join(folder, witnessFile), line);
    },
  };
}
