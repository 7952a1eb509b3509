import { utcSeconds } from '../../base/index.ts';
import { inTransaction, parseJournal, writeSetting } from '../data-management/index.ts';
import type { Holdings } from './holdings.ts';
import { storeObjectIn } from './store-objects.ts';

const longestSegment = 10_000;

/**
 * Closes the journal's open end into an object of the store when a day has gone by or it holds 10,000 entries.
 * The segment is durable before the open end is emptied; a crash in between leaves the entries in both, and both agree.
 * @returns the id of the new object, or undefined when nothing was due
 */
export async function closeJournalSegment(holdings: Holdings): Promise<string | undefined> {
  const { storage } = holdings;
  return inTransaction(holdings.catalog, async (transaction) => {
    const [driver] = storage.active();
    const text = (await driver?.readJournal()) ?? '';
    const { entries } = parseJournal(text);
    const [first, last] = [entries[0], entries.at(-1)];
    const today = utcSeconds(holdings.clock()).slice(0, 10);
    if (!first || !last || (entries.length < longestSegment && first.time.slice(0, 10) === today)) return undefined;
    const id = segmentId(first.sequence, last.sequence);
    const files = [{ path: 'entries.jsonl', content: Buffer.from(text) }];
    await storeObjectIn(transaction, holdings, { id, type: 'journal-segment', files, created: new Date(last.time) });
    for (const location of storage.active()) await location.replaceJournal('');
    await writeSetting(transaction, 'journal-open-size', '0');
    return id;
  });
}

/** The id of the object that holds these entries of the journal. */
function segmentId(first: number, last: number): string {
  return `urn:trajno:journal:${String(first).padStart(10, '0')}-${String(last).padStart(10, '0')}`;
}
