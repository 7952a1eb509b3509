import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { DigestAlgorithm } from '../../../base/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { BoundFile } from './verified-state.ts';

/**
 * The digest of a stored file: the store has it by SHA-512; by another algorithm the file is read, and compared with the
 * one that the store has.
 * @throws ArchiveError LOCATION_CORRUPT when no copy is as it was stored
 */
export async function fileDigest(
  holdings: Holdings,
  objectId: string,
  file: BoundFile,
  digest: DigestAlgorithm,
): Promise<Uint8Array> {
  return digest === 'sha512' ? Buffer.from(file.sha512, 'hex') : digestOfBytes(holdings, objectId, file, digest);
}

/**
 * The digest of a file as it is by now: it is read, whatever the algorithm, for a renewal that begins anew from the bytes.
 * @throws ArchiveError LOCATION_CORRUPT when no copy is as it was stored
 */
export async function digestOfBytes(
  { storage }: Holdings,
  objectId: string,
  file: BoundFile,
  digest: DigestAlgorithm,
): Promise<Uint8Array> {
  const hash = createHash(digest);
  await pipeline((await storage.openStored(objectId, file)).stream(), hash);
  return hash.digest();
}
