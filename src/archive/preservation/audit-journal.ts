import { FormatError, readWhole } from '../../base/index.ts';
import {
  eachJournalRow,
  emptyHead,
  type JournalEntry,
  parseJournal,
  readHead,
  storeObjectsOfType,
} from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

const longestSegment = 256 << 20;

/**
 * Follows the journal from its first entry to its head in every location, and compares it with the catalog's index.
 * @returns undefined when it is intact, else what is wrong in a sentence
 */
export async function auditJournal(holdings: Holdings): Promise<string | undefined> {
  const { catalog, storage } = holdings;
  // Entries are in the store before the catalog has them: what came after this head may be missing in what is read now.
  const { sequence: known } = await readHead(catalog);
  try {
    let head = emptyHead;
    const hashes = new Map<number, string>();
    for (const id of await storeObjectsOfType(catalog, 'journal-segment')) {
      const text = Buffer.from(await readWhole(await storage.openState(id, 'entries.jsonl'), longestSegment)).toString(
        'utf8',
      );
      head = follow(text, head, hashes);
    }
    const closed = head;
    for (const driver of storage.active()) {
      const text = await driver.readJournal();
      const { entries } = parseJournal(text);
      const first = entries[0];
      const overlaps = first !== undefined && first.sequence <= closed.sequence;
      const found = follow(overlaps ? withoutClosed(text, closed.sequence) : text, closed, hashes);
      if (found.sequence > head.sequence) head = found;
    }
    return await compareWithCatalog(holdings, hashes, known);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}

function follow(text: string, head: { sequence: number; hash: string }, hashes: Map<number, string>) {
  const { entries } = parseJournal(text, head);
  for (const entry of entries) {
    const other = hashes.get(entry.sequence);
    if (other !== undefined && other !== entry.hash)
      throw new FormatError('journal', `entry ${entry.sequence} differs between locations`);
    hashes.set(entry.sequence, entry.hash);
  }
  return entries.at(-1) ?? head;
}

function withoutClosed(text: string, closed: number): string {
  const lines = text.split('\n');
  return lines.filter((line) => line === '' || (JSON.parse(line) as JournalEntry).sequence > closed).join('\n');
}

/** Every row up to `known` must be the entry that its hash was made of, and be in the store. Entries that the catalog lacks are caught up. */
async function compareWithCatalog(
  { catalog }: Holdings,
  hashes: Map<number, string>,
  known: number,
): Promise<string | undefined> {
  let previous = emptyHead.hash;
  for await (const row of eachJournalRow(catalog)) {
    if (row.sequence > known) break;
    if (!row.isIntact(previous)) return `catalog row of entry ${row.sequence} was altered`;
    if (hashes.get(row.sequence) !== row.hash) return `entry ${row.sequence} of the catalog is not in the store`;
    previous = row.hash;
  }
  return undefined;
}
