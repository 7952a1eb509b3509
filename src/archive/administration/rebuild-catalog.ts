import { ArchiveError, readWhole, sha512Hex, utcSeconds } from '../../base/index.ts';
import { objectPath, parseInventory, stateOf } from '../../standards/ocfl/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import {
  applyEntries,
  emptyHead,
  insertEntries,
  inTransaction,
  type JournalEntry,
  type JournalHead,
  parseJournal,
  putStoreObjects,
  type StoreObject,
  writeSetting,
} from '../data-management/index.ts';
import { type Holdings, journal, storeReader } from '../packaging/index.ts';
import { unconfirmedRebuild } from './dispose-record.ts';

/** What a rebuild read. */
export interface RebuildReport {
  readonly location: string;
  readonly entries: number;
  readonly objects: number;
  /** Records that the journal knows and this location cannot give: an audit repairs them once another location is back. */
  readonly unreadable: readonly string[];
}

const longestSegment = 256 << 20;
const entriesAtOnce = 200;

/**
 * Recreates an empty catalog from one location. Disposal stays locked until a person has confirmed the rebuild.
 * @param holdings whose storage has that location alone
 * @throws ArchiveError JOURNAL_BROKEN when the location's journal is not whole
 */
export async function rebuildCatalog(
  holdings: Holdings,
  actor: string,
  onProgress?: (done: number, total: number) => void,
): Promise<RebuildReport> {
  const { catalog, clock, institution } = holdings;
  const report = await replayLocation(holdings, onProgress);
  await writeSetting(catalog, unconfirmedRebuild, utcSeconds(clock()));
  await journal(holdings, {
    time: utcSeconds(clock()),
    institution: institution.id,
    type: 'catalog.rebuilt',
    subject: report.location,
    actor,
    detail: { entries: report.entries, objects: report.objects },
  });
  return report;
}

/**
 * Fills an empty catalog from one location, and writes nothing else: its objects, then every entry of its journal in order.
 * @throws ArchiveError JOURNAL_BROKEN
 */
export async function replayLocation(
  holdings: Holdings,
  onProgress?: (done: number, total: number) => void,
): Promise<RebuildReport> {
  const { catalog, storage } = holdings;
  const [driver] = storage.active();
  if (!driver) throw new ArchiveError('LOCATION_UNAVAILABLE', 'There is no location to rebuild from.');
  const objects = await readStoreObjects(driver);
  const segments = objects
    .filter(({ type }) => type === 'journal-segment')
    .map(({ id }) => id)
    .sort();
  const { entries, openText } = await readJournal(holdings, driver, segments);
  const locations = locationsIn(entries);
  await inTransaction(catalog, async (transaction) => {
    for (const object of objects) await putStoreObjects(transaction, [object], object.created, locations);
  });
  const unreadable: string[] = [];
  const reader = storeReader(holdings);
  const watching: typeof reader = {
    ...reader,
    readRecord: async (id, version) => {
      const record = await reader.readRecord(id, version);
      if (!record) unreadable.push(id);
      return record;
    },
  };
  for (let index = 0; index < entries.length; index += entriesAtOnce) {
    const part = entries.slice(index, index + entriesAtOnce);
    await inTransaction(catalog, async (transaction) => {
      await insertEntries(transaction, part);
      await applyEntries(transaction, part, watching, locations);
      await writeSetting(transaction, 'journal-open-size', String(Buffer.byteLength(openText)));
    });
    onProgress?.(index + part.length, entries.length);
  }
  const disposed = new Set(entries.filter(({ type }) => type === 'record.disposed').map(({ subject }) => subject));
  return {
    location: driver.description.name,
    entries: entries.length,
    objects: objects.length,
    unreadable: [...new Set(unreadable)].filter((id) => !disposed.has(id)),
  };
}

/** The objects that are no records, by the `type.json` in their state: each version of them. */
async function readStoreObjects(driver: LocationDriver): Promise<(StoreObject & { readonly created: string })[]> {
  const found: (StoreObject & { readonly created: string })[] = [];
  for await (const path of driver.listObjects()) {
    const bytes = await driver.readInventoryAt(path);
    if (!bytes) continue;
    const inventory = parseInventory(bytes);
    const { id, versions } = inventory;
    const typeFile = stateOf(inventory).get('type.json');
    if (!typeFile || objectPath(id) !== path) continue;
    const content = await readWhole(await driver.openFile(id, typeFile.contentPath), 1 << 16);
    const { type } = JSON.parse(Buffer.from(content).toString('utf8'));
    for (const [name, { created }] of Object.entries(versions)) {
      const own = name === inventory.head ? bytes : await driver.readInventory(id, name);
      if (own) found.push({ id, version: Number(name.slice(1)), type, inventorySha512: sha512Hex(own), created });
    }
  }
  return found;
}

async function readJournal({ storage }: Holdings, driver: LocationDriver, segments: readonly string[]) {
  const entries: JournalEntry[] = [];
  let head: JournalHead = emptyHead;
  const follow = (text: string) => {
    const parsed = parseJournal(text).entries.filter(({ sequence }) => sequence > head.sequence);
    for (const entry of parsed) {
      if (entry.sequence !== head.sequence + 1 || entry.previous !== head.hash)
        throw new ArchiveError(
          'JOURNAL_BROKEN',
          `The journal in "${driver.description.name}" lacks entry ${head.sequence + 1}. Rebuild from another location.`,
        );
      entries.push(entry);
      head = entry;
    }
  };
  for (const id of segments)
    follow(Buffer.from(await readWhole(await storage.openState(id, 'entries.jsonl'), longestSegment)).toString('utf8'));
  const openText = await driver.readJournal();
  follow(openText);
  return { entries, openText };
}

function locationsIn(entries: readonly JournalEntry[]): string[] {
  const states = new Map<string, boolean>();
  for (const { type, subject = '' } of entries) {
    if (type === 'location.added' || type === 'location.active') states.set(subject, true);
    if (type === 'location.catching-up') states.set(subject, false);
  }
  return [...states].filter(([, active]) => active).map(([name]) => name);
}
