import { readWhole } from '../../base/index.ts';
import { aipPaths, type PreservationEvent, preservationHistory } from '../../standards/packages/index.ts';
import { type CatalogRecord, type IndexedEntry, listEntries } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

/** Everything that happened to a record: what its package tells, and what the journal tells. */
export interface RecordHistory {
  /** PREMIS events of the current version of the package, oldest first; empty before there is one. */
  readonly preservation: readonly PreservationEvent[];
  /** Entries of the journal about the record, oldest first. */
  readonly journal: readonly IndexedEntry[];
}

const longestPremis = 64 << 20;
const mostEntries = 1000;

/**
 * Reads the history of a record.
 * @throws ArchiveError LOCATION_UNAVAILABLE | LOCATION_CORRUPT when its package cannot be read
 * @throws FormatError when its PREMIS is none of ours
 */
export async function recordHistory(
  { catalog, storage }: Pick<Holdings, 'catalog' | 'storage'>,
  record: CatalogRecord,
): Promise<RecordHistory> {
  const entries = await listEntries(catalog, {
    institution: record.institution,
    subject: record.id,
    limit: mostEntries,
  });
  const journal = entries.reverse();
  if (record.version === 0 || record.state === 'disposed') return { preservation: [], journal };
  const premis = await storage.openState(record.id, aipPaths.premis, record.version);
  return { preservation: preservationHistory(await readWhole(premis, longestPremis)).events, journal };
}
