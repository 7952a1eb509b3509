import { ArchiveError, readWhole } from '../../../base/index.ts';
import { digestLength, evidenceRecord } from '../../../standards/evidence/index.ts';
import { findBatch, findCoverage } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { blindingPath, openBatch } from './batch-object.ts';
import { batchChains } from './chain-parts.ts';
import { type BoundFile, verifiedState } from './verified-state.ts';

/** The evidence of one version of an object. */
export interface VersionEvidence {
  readonly batch: string;
  /** Made by a test authority: it proves nothing to outsiders. */
  readonly isTest: boolean;
  readonly stampedAt: string;
  readonly expiresAt: string;
  readonly files: readonly BoundFile[];
  /** The evidence record of a file, by its path in the object; RFC 4998, DER. */
  recordOf(path: string): Promise<Uint8Array>;
}

/**
 * Opens the evidence of a version: each record that is made of it is over one file, and tells nothing of any other.
 * @returns undefined while the version waits for its batch
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function versionEvidence(
  holdings: Holdings,
  objectId: string,
  version: number,
): Promise<VersionEvidence | undefined> {
  const { catalog, storage } = holdings;
  const coverage = await findCoverage(catalog, objectId, version);
  const batch = coverage && (await findBatch(catalog, coverage.batchId));
  if (!batch) return undefined;
  const chains = await batchChains(await openBatch(holdings, batch.id, batch.version));
  const blinding = await storage.openState(batch.blinding, blindingPath);
  const files = await verifiedState(holdings, objectId, version);
  const length = digestLength(chains.first);
  const { isTest, stampedAt, expiresAt } = batch;
  return {
    batch: batch.id,
    isTest,
    stampedAt,
    expiresAt,
    files,
    recordOf: async (path) => {
      const at = files.findIndex((file) => file.path === path);
      const file = files[at];
      if (!file) throw new ArchiveError('FILE_UNKNOWN', `There is no "${path}" in ${objectId}.`);
      const index = coverage.firstLeaf + at;
      const value = await blinding.read(index * length, length);
      return evidenceRecord({ chains: await chains.of(index, { sha512: file.sha512, blinding: value }) });
    },
  };
}

/** The random values of a whole batch. */
export async function blindingOf({ storage }: Holdings, id: string): Promise<Uint8Array> {
  return readWhole(await storage.openState(id, blindingPath), 1 << 30);
}
