import { FormatError, sha512Hex } from '../../base/index.ts';

/**
 * Everything with legal effect that the archive does: a closed list. Names of files and people never stand in `detail`,
 * but for the name that a person signs in with: without it a rebuilt catalog could not say whose roles these are.
 */
export type JournalEntryType =
  | 'archive.founded'
  | 'institution.added'
  | 'record.received'
  | 'record.archived'
  | 'record.updated'
  | 'record.amendment-refused'
  | 'record.quarantined'
  | 'record.rejected'
  | 'record.decided'
  | 'record.disposed'
  | 'record.access-ruled'
  | 'record.consulted'
  | 'erasure.answered'
  | 'creator.entered'
  | 'profile.published'
  | 'profile.withdrawn'
  | 'fidelity.stated'
  | 'categories.adopted'
  | 'retention.started'
  | 'retention.reviewed'
  | 'hold.placed'
  | 'hold.reviewed'
  | 'hold.lifted'
  | 'disposal.proposed'
  | 'disposal.step'
  | 'book.entered'
  | 'book.transcribed'
  | 'book.submitted'
  | 'register.entered'
  | 'register.voided'
  | 'register.closed'
  | 'note.entered'
  | 'note.completed'
  | 'certified-copy.issued'
  | 'certified-copy.tested'
  | 'certified-copy.refused'
  | 'certified-copy.revoked'
  | 'certified-copy.delivered'
  | 'certified-copy.printed'
  | 'certified-copy.paid'
  | 'certified-copy.prepared'
  | 'certified-copy.voided'
  | 'copy.damaged'
  | 'copy.repaired'
  | 'location.added'
  | 'location.catching-up'
  | 'location.active'
  | 'audit.finished'
  | 'evidence.batch-closed'
  | 'evidence.renewed'
  | 'evidence.failed'
  | 'clock.skewed'
  | 'clock.jumped'
  | 'signatures.revalidated'
  | 'signatures.installed'
  | 'format.reidentified'
  | 'token.issued'
  | 'token.revoked'
  | 'person.added'
  | 'person.closed'
  | 'role.granted'
  | 'role.revoked'
  | 'catalog.rebuilt'
  | 'catalog.confirmed'
  | 'record.disseminated'
  | 'drill.finished';

/** What happened, before it has its place in the chain. */
export interface NewJournalEntry {
  readonly time: string;
  readonly institution: string;
  readonly type: JournalEntryType;
  /** The record, location or job it is about. */
  readonly subject?: string;
  readonly actor: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry in its place: `previous` is the hash of the entry before, `hash` the sha512 of this entry's line without it. */
export interface JournalEntry extends NewJournalEntry {
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
}

/** The newest entry: what leaves the machine on every receipt. */
export interface JournalHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The head of an archive in which nothing has happened. */
export const emptyHead: JournalHead = { sequence: 0, hash: '0'.repeat(128) };

/** Chains new entries after `head`. */
export function chain(head: JournalHead, entries: readonly NewJournalEntry[]): JournalEntry[] {
  let { sequence, hash } = head;
  return entries.map((entry) => {
    sequence += 1;
    const unhashed = { sequence, ...ordered(entry), previous: hash };
    hash = sha512Hex(JSON.stringify(unhashed));
    return { ...unhashed, hash };
  });
}

/** The line of an entry in the store: JSON in a fixed order of members, newline at the end. */
export function journalLine(entry: JournalEntry): string {
  const { sequence, previous, hash, ...rest } = entry;
  return `${JSON.stringify({ sequence, ...ordered(rest), previous, hash })}\n`;
}

/**
 * Reads lines of the journal and checks the chain.
 * @param after the head that the first line must follow, or undefined to trust the first line's own word
 * @returns the entries, and what is left of a line that a crash cut short
 * @throws FormatError when a line was altered, removed or put in another place
 */
export function parseJournal(text: string, after?: JournalHead): { entries: JournalEntry[]; torn: string } {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  const entries: JournalEntry[] = [];
  let head = after;
  for (const line of lines) {
    const entry = parseLine(line);
    if (head && (entry.sequence !== head.sequence + 1 || entry.previous !== head.hash))
      throw new FormatError('journal', `entry ${entry.sequence} does not follow entry ${head.sequence}`);
    entries.push(entry);
    head = entry;
  }
  return { entries, torn };
}

function parseLine(line: string): JournalEntry {
  let entry: JournalEntry;
  try {
    entry = JSON.parse(line);
  } catch (cause) {
    throw new FormatError('journal', 'a line is not JSON', { cause });
  }
  const { hash, ...unhashed } = entry;
  if (sha512Hex(JSON.stringify(unhashed)) !== hash)
    throw new FormatError('journal', `entry ${entry.sequence} was altered`);
  return entry;
}

function ordered({ time, institution, type, subject, actor, detail }: NewJournalEntry): NewJournalEntry {
  return { time, institution, type, ...(subject === undefined ? {} : { subject }), actor, detail };
}
