import { ArchiveError, utcSeconds } from '../../base/index.ts';
import type { VersionToWrite } from '../archival-storage/index.ts';
import {
  type ArchivedDetail,
  archivedFacts,
  type CatalogRecord,
  type JournalEntry,
  keepHolds,
  type NewJournalEntry,
  type PackagedRecord,
  putRecords,
  putVersions,
  removeIntakes,
} from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';
import { commitToJournal } from './journal-commit.ts';
import { followLocationStates } from './location-states.ts';

/** A packaged version that is to become binding. */
export interface PackageToStore {
  readonly version: VersionToWrite;
  readonly record: PackagedRecord & { readonly id: string; readonly institution: string; readonly archivedAt?: string };
  readonly facts: Omit<ArchivedDetail, 'inventory'>;
  readonly actor: string;
}

/**
 * Stores packages in every active location and makes them binding: written, synced, read back and compared, visible,
 * in the journal, in the catalog. Only then is there a receipt.
 * @returns per package its record as the catalog now shows it, or why it could not be stored
 */
export async function storePackages(
  holdings: Holdings,
  packages: readonly PackageToStore[],
): Promise<PromiseSettledResult<CatalogRecord>[]> {
  const locations = await followLocationStates(holdings);
  const stored = await holdings.storage.storeVersions(packages.map(({ version }) => version));
  const whole = packages.filter((_, index) => stored[index]?.status === 'fulfilled');
  const binding = new Map(whole.length > 0 ? await makeBinding(holdings, whole, locations) : []);
  await Promise.all(whole.map(({ version }) => holdings.storage.dropStaged(version.stagingId)));
  return packages.map((item, index) => {
    const outcome = stored[index];
    const value = binding.get(item.record.id);
    if (outcome?.status === 'rejected') return outcome;
    return value
      ? { status: 'fulfilled', value }
      : { status: 'rejected', reason: new Error('the journal gave no entry') };
  });
}

function makeBinding(
  holdings: Holdings,
  packages: readonly PackageToStore[],
  locations: readonly string[],
): Promise<[string, CatalogRecord][]> {
  const now = utcSeconds(holdings.clock());
  return commitToJournal(holdings, {
    entries: async (transaction) => {
      const active = await followLocationStates(holdings, transaction);
      if (active.some((name) => !locations.includes(name)))
        throw new ArchiveError(
          'LOCATION_UNAVAILABLE',
          'A location came back meanwhile and lacks this package. Try again.',
        );
      return packages.map((item) => archivedEntry(item, now));
    },
    project: async (transaction, entries) => {
      const records = packages.map((item, index) => asCatalogued(item, entries[index], now));
      const changed = packages.filter(({ facts }) => facts.version > 1).map(({ record }) => record.id);
      if (changed.length > 0) await keepHolds(transaction, holdings.institution.id, changed);
      await putRecords(transaction, records);
      await putVersions(
        transaction,
        packages.map(({ record, version, facts }, index) => ({
          recordId: record.id,
          version: facts.version,
          createdAt: record.createdAt,
          inventorySha512: version.inventorySha512,
          sequence: entries[index]?.sequence ?? 0,
          reason: record.versionReason,
        })),
        locations,
        now,
      );
      await removeIntakes(
        transaction,
        packages.map(({ record }) => record.id),
      );
      return records.map((record): [string, CatalogRecord] => [record.id, record]);
    },
  });
}

function archivedEntry({ record, version, facts, actor }: PackageToStore, time: string): NewJournalEntry {
  return {
    time,
    institution: record.institution,
    type: facts.version === 1 ? 'record.archived' : 'record.updated',
    subject: record.id,
    actor,
    detail: { ...facts, inventory: version.inventorySha512 },
  };
}

function asCatalogued({ record }: PackageToStore, entry: JournalEntry | undefined, now: string): CatalogRecord {
  if (!entry) throw new Error('a package has no journal entry');
  return { ...record, ...archivedFacts(entry), archivedAt: record.archivedAt ?? now };
}
