import { readFileSync } from 'node:fs';
import type { JournalHead } from '../../archive/data-management/index.ts';
import { readWitnessFile } from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';

/** Heads of the journal that were printed on receipts or told to witnesses. @throws ArchiveError USAGE */
export function headsIn(path: string): JournalHead[] {
  try {
    return readWitnessFile(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause;
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  }
}
