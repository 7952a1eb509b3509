import { ArchiveError } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/**
 * The records that an earlier request with this key made.
 * @throws ArchiveError IDEMPOTENCY_CONFLICT when that request asked for something else
 */
export async function findIdempotent(
  connection: Connection,
  institution: string,
  key: string,
  requestDigest: string,
): Promise<string[] | undefined> {
  const row = await connection('idempotency_keys').where({ institution_id: institution, key }).first();
  if (!row) return undefined;
  if (row.request_digest !== requestDigest)
    throw new ArchiveError(
      'IDEMPOTENCY_CONFLICT',
      'This idempotency key was used for another request. Use a new key for new content.',
    );
  return JSON.parse(row.records);
}

export async function putIdempotent(
  connection: Connection,
  institution: string,
  key: string,
  requestDigest: string,
  records: readonly string[],
): Promise<void> {
  await connection('idempotency_keys')
    .insert({ institution_id: institution, key, request_digest: requestDigest, records: JSON.stringify(records) })
    .onConflict(['institution_id', 'key'])
    .ignore();
}
