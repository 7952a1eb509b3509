import { basename } from 'node:path';
import { type ByteReader, FormatError, readWhole } from '../../../base/index.ts';
import { fileReader } from '../../archival-storage/index.ts';
import { filesInZip } from './read-copy.ts';

/** Evidence that came later than the copy: by the name of the file that it is over, and the container's seal. */
export interface FreshEvidence {
  /** Evidence records by the name of what they are over; those without one are tried on every original. */
  readonly records: ReadonlyMap<string, Uint8Array>;
  readonly unnamed: readonly Uint8Array[];
  readonly manifest?: Uint8Array;
  readonly signature?: Uint8Array;
}

const largestRecord = 64 << 20;

/**
 * Reads evidence as `/verify/CODE/evidence` hands it out (a ZIP), or single evidence records.
 * @throws FormatError; what opening a file throws
 */
export async function readFreshEvidence(paths: readonly string[]): Promise<FreshEvidence> {
  const records = new Map<string, Uint8Array>();
  const unnamed: Uint8Array[] = [];
  let seal: Pick<FreshEvidence, 'manifest' | 'signature'> = {};
  for (const path of paths) {
    const reader = await fileReader(path);
    if (!(await isZip(reader))) {
      const bytes = await readWhole(reader, largestRecord);
      const [, over] = /^(original-\d+.*)\.ers$/.exec(basename(path)) ?? [];
      if (over) records.set(over, bytes);
      else unnamed.push(bytes);
      continue;
    }
    const files = await filesInZip(reader);
    for (const [name, bytes] of files) if (name.endsWith('.ers')) records.set(name.slice(0, -'.ers'.length), bytes);
    const [manifest, signature] = [files.get('ASiCManifest001.xml'), files.get('signature001.p7s')];
    seal = { ...(manifest ? { manifest } : {}), ...(signature ? { signature } : {}) };
    if (files.size === 0) throw new FormatError('evidence', 'the ZIP is empty');
  }
  return { records, unnamed, ...seal };
}

async function isZip(reader: ByteReader): Promise<boolean> {
  return Buffer.from(await reader.read(0, 2)).toString('latin1') === 'PK';
}
