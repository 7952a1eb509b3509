import { ArchiveError, FormatError } from '../../base/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import {
  applyEntries,
  insertEntries,
  inTransaction,
  JournalAheadOfCatalog,
  type JournalEntry,
  type JournalHead,
  type JournalledWork,
  type JournalMedium,
  journalLine,
  type NewJournalEntry,
  parseJournal,
  readHead,
  recordInJournal,
  writeSetting,
} from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';
import { storeReader } from './store-reader.ts';

/**
 * Makes something binding: the entries are durable in every active location, then the catalog shows what they mean.
 * When a crash left the catalog behind the journal, it is brought up first.
 */
export async function commitToJournal<Result>(holdings: Holdings, work: JournalledWork<Result>): Promise<Result> {
  const media = () => holdings.storage.active().map(journalMedium);
  try {
    return await recordInJournal(holdings.catalog, media, work);
  } catch (error) {
    if (!(error instanceof JournalAheadOfCatalog)) throw error;
    await catchUpWithJournal(holdings);
    return recordInJournal(holdings.catalog, media, work);
  }
}

/** Makes entries binding whose meaning `project` writes; for work that needs nothing but its own entry. */
export async function journal(
  holdings: Holdings,
  entry: NewJournalEntry,
  project: JournalledWork<void>['project'] = async () => {},
): Promise<JournalEntry> {
  return commitToJournal(holdings, {
    entries: async () => [entry],
    project: async (transaction, entries) => {
      await project(transaction, entries);
      const [written] = entries;
      if (!written) throw new Error('an entry was planned and none was written');
      return written;
    },
  });
}

/**
 * Brings the catalog up to what the journal in the locations says, and every location's journal to the longest of them.
 * Called when the archive is opened, and when the two are found apart.
 * @returns how many entries the catalog had missed
 * @throws ArchiveError JOURNAL_BROKEN when the locations' journals contradict each other or the catalog
 */
export async function catchUpWithJournal(holdings: Holdings): Promise<number> {
  return inTransaction(holdings.catalog, async (transaction) => {
    const head = await readHead(transaction);
    const drivers = holdings.storage.active();
    const found = await Promise.all(drivers.map(async (driver) => ({ driver, ...(await readOpenJournal(driver)) })));
    const longest = found.reduce((best, one) => (lastSequence(one.entries) > lastSequence(best.entries) ? one : best));
    checkAgreement(
      found.map(({ driver, entries }) => ({ name: driver.description.name, entries })),
      longest.entries,
      head,
    );
    const missed = longest.entries.filter((entry) => entry.sequence > head.sequence);
    const locations = drivers.map((driver) => driver.description.name);
    await insertEntries(transaction, missed);
    await applyEntries(transaction, missed, storeReader(holdings), locations);
    const text = longest.entries.map(journalLine).join('');
    for (const { driver, text: own } of found) if (own !== text) await driver.replaceJournal(text);
    await writeSetting(transaction, 'journal-open-size', String(Buffer.byteLength(text)));
    return missed.length;
  });
}

async function readOpenJournal(driver: LocationDriver): Promise<{ text: string; entries: JournalEntry[] }> {
  const text = await driver.readJournal();
  try {
    return { text, entries: parseJournal(text).entries };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { text, entries: parseLongestPrefix(text) };
  }
}

/** What stands before the first line that does not belong: another location or the catalog has the rest, or the check fails. */
function parseLongestPrefix(text: string): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    try {
      entries.push(...parseJournal(`${line}\n`, entries.at(-1)).entries);
    } catch {
      return entries; // the caller compares what was readable with the other locations and the catalog
    }
  }
  return entries;
}

function checkAgreement(
  found: readonly { name: string; entries: readonly JournalEntry[] }[],
  longest: readonly JournalEntry[],
  head: JournalHead,
): void {
  const hashes = new Map(longest.map((entry) => [entry.sequence, entry.hash]));
  for (const { name, entries } of found)
    for (const entry of entries)
      if (hashes.has(entry.sequence) && hashes.get(entry.sequence) !== entry.hash)
        throw new ArchiveError(
          'JOURNAL_BROKEN',
          `The journal in "${name}" contradicts another location's at entry ${entry.sequence}. Run \`trajno audit\`.`,
        );
  const first = longest[0];
  const joins = first ? hashes.get(head.sequence) === head.hash || first.previous === head.hash : head.sequence === 0;
  const closedBefore = first === undefined && head.sequence > 0;
  if (!joins && !closedBefore)
    throw new ArchiveError(
      'JOURNAL_BROKEN',
      'The catalog and the journal in the store do not belong together. If the store is right, run `trajno rebuild`.',
    );
}

function lastSequence(entries: readonly JournalEntry[]): number {
  return entries.at(-1)?.sequence ?? 0;
}

function journalMedium(driver: LocationDriver): JournalMedium {
  return { name: driver.description.name, append: driver.appendJournal, size: driver.journalSize };
}
