import { type Catalog, eachJournalRow, emptyHead, journalLine } from '../data-management/index.ts';

/**
 * The journal as lines of JSON, as the store has them, from its first entry to its end: each binds the one before by its
 * hash, so that whoever knows a later head knows that none was changed, removed or put in. Entries of other institutions are
 * withheld; of those only number and hashes are given, which keep the chain together.
 */
export async function* exportJournal(catalog: Catalog, institution: string): AsyncGenerator<string> {
  let previous = emptyHead.hash;
  for await (const { isIntact: _, ...entry } of eachJournalRow(catalog)) {
    const { sequence, hash } = entry;
    yield entry.institution === institution
      ? journalLine({ ...entry, previous })
      : `${JSON.stringify({ sequence, withheld: true, previous, hash })}\n`;
    previous = hash;
  }
}
