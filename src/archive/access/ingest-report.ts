import { readWhole } from '../../base/index.ts';
import { stateOf } from '../../standards/ocfl/index.ts';
import { aipPaths, type IngestReport } from '../../standards/packages/index.ts';
import type { CatalogRecord } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

const largestReport = 64 << 20;

/**
 * What was found in the producer's package, kept and ignored, as the record's package tells it (docs/package-format.md).
 * @returns undefined for a record that was made of loose files, or is not packaged yet
 * @throws ArchiveError LOCATION_UNAVAILABLE | LOCATION_CORRUPT when the package cannot be read
 */
export async function readIngestReport(
  { storage }: Pick<Holdings, 'storage'>,
  record: Pick<CatalogRecord, 'id' | 'version' | 'state'>,
): Promise<IngestReport | undefined> {
  if (record.version === 0 || record.state === 'disposed') return undefined;
  const inventory = await storage.readInventory(record.id, record.version);
  if (!inventory || !stateOf(inventory).has(aipPaths.ingestReport)) return undefined;
  const file = await storage.openState(record.id, aipPaths.ingestReport, record.version);
  return JSON.parse(Buffer.from(await readWhole(file, largestReport)).toString('utf8'));
}
