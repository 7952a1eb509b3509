import { applyCopyIssued, type NewJournalEntry } from '../../data-management/index.ts';
import {
  commitToJournal,
  groupCommit,
  type Holdings,
  type StoreObjectToWrite,
  storeObjects,
} from '../../packaging/index.ts';

/** A copy that is to be issued: its object in the store, its journal entry, and its register entry as JSON. */
export interface Registration {
  readonly object: StoreObjectToWrite;
  readonly entry: NewJournalEntry;
  readonly register: string;
}

/** Issues a copy: durable in every active location when it returns. */
export type Registrar = (registration: Registration) => Promise<void>;

const mostAtOnce = 64;

/** Copies that are issued at the same time share the costly part: one sync of the locations, one append to the journal. */
export function openRegistrar(holdings: Holdings): Registrar {
  return groupCommit((items: readonly Registration[]) => registerAll(holdings, items), mostAtOnce);
}

async function registerAll(holdings: Holdings, items: readonly Registration[]): Promise<PromiseSettledResult<void>[]> {
  const stored = await storeObjects(
    holdings,
    items.map(({ object }) => object),
  );
  const whole = items.filter((_, index) => stored[index]?.status === 'fulfilled');
  if (whole.length > 0)
    await commitToJournal(holdings, {
      entries: async () => whole.map(({ entry }) => entry),
      project: async (transaction, entries) => {
        for (const [index, entry] of entries.entries())
          await applyCopyIssued(transaction, entry, whole[index]?.register ?? '');
      },
    });
  return stored;
}
