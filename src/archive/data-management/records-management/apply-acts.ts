import type { Knex } from 'knex';
import { ArchiveError, sha512Hex } from '../../../base/index.ts';
import { raiseCounter } from '../counters.ts';
import type { JournalEntry, JournalEntryType } from '../journal-entry.ts';
import { putProfileEntry } from '../profile-entries.ts';
import { putBookRow, putTranscript, putTranscriptSubmission } from './archive-book.ts';
import { putCategoryList, type StartEvent } from './category-list.ts';
import { putCreator } from './creator.ts';
import { type DisposalState, type DisposalStep, putDisposal, putDisposalStep } from './disposals.ts';
import { putErasureAnswer } from './erasure.ts';
import { type HoldScope, liftHold, putHold, putHoldReview } from './holds.ts';
import { completeNote, type NoteKind, putNote } from './notes.ts';
import { closeRegister, putRegisterEntry, voidRegisterEntry } from './register.ts';
import { putRetentionEvent, putRetentionReview } from './retention.ts';

/** Entries of records management: what they say is in an act, an object of the store, which the entry binds by its digest. */
export const actTypes = [
  'creator.entered',
  'profile.published',
  'profile.withdrawn',
  'fidelity.stated',
  'categories.adopted',
  'retention.started',
  'retention.reviewed',
  'hold.placed',
  'hold.reviewed',
  'hold.lifted',
  'disposal.proposed',
  'disposal.step',
  'book.entered',
  'book.transcribed',
  'book.submitted',
  'register.entered',
  'register.voided',
  'register.closed',
  'erasure.answered',
  'note.entered',
  'note.completed',
] as const satisfies readonly JournalEntryType[];

/** One of those entries. */
export type ActType = (typeof actTypes)[number];

/** The file of an act in its object. */
export const actFile = 'act.json';

/** Whether an entry is one of records management. */
export function isAct(type: JournalEntryType): type is ActType {
  return (actTypes as readonly string[]).includes(type);
}

/** Reads files of the store; undefined where they cannot be read here. */
export interface ActReader {
  readObjectFile(id: string, path: string): Promise<Uint8Array | undefined>;
}

/**
 * Writes into the catalog what an act means: when it is done, and when the catalog is rebuilt.
 * @throws ArchiveError LOCATION_CORRUPT when its act cannot be read, or is not the one that the entry binds: a hold or a
 * category that is forgotten would let records be destroyed
 */
export async function applyAct(
  transaction: Knex.Transaction,
  entry: JournalEntry & { readonly type: ActType },
  reader: ActReader,
): Promise<void> {
  const { institution, subject: id = '', time, actor, detail } = entry;
  const act = detail.object === undefined ? {} : await readAct(entry, reader);
  switch (entry.type) {
    case 'creator.entered':
      return putCreator(transaction, { id, institution, version: Number(detail.version), facts: act, enteredAt: time });
    case 'profile.published':
    case 'profile.withdrawn':
      return putProfileEntry(transaction, {
        institution,
        sequence: entry.sequence,
        kind: entry.type === 'profile.published' ? 'published' : 'withdrawn',
        profile: id,
        version: String(detail.version ?? ''),
        definition: entry.type === 'profile.published' ? JSON.stringify(act) : '',
        time,
        actor,
      });
    case 'fidelity.stated':
      return; // the statement is the act itself, found by its entry
    case 'categories.adopted':
      return putCategoryList(
        transaction,
        {
          id,
          institution,
          creator: String(detail.creator),
          version: Number(detail.version),
          facts: act.facts,
          enteredAt: time,
        },
        act.categories,
      );
    case 'retention.started':
      return putRetentionEvent(transaction, {
        institution,
        scope: act.scope,
        target: act.target,
        event: detail.event as StartEvent,
        date: String(detail.date),
      });
    case 'retention.reviewed':
      return putRetentionReview(transaction, {
        institution,
        record: id,
        sequence: entry.sequence,
        time,
        extendedTo: String(detail.extendedTo),
        reason: String(detail.reason),
        actor,
      });
    case 'erasure.answered':
      return putErasureAnswer(transaction, { id, institution, answeredAt: time, answeredBy: actor, facts: act.facts });
    case 'hold.placed':
      return putHold(transaction, {
        id,
        institution,
        scope: detail.scope as HoldScope,
        target: act.target,
        facts: act.facts,
        reviewOn: String(detail.reviewOn),
        placedAt: time,
        placedBy: actor,
      });
    case 'hold.reviewed':
      return putHoldReview(transaction, id, String(detail.reviewOn));
    case 'hold.lifted':
      return liftHold(transaction, id, { at: time, by: actor, reason: String(detail.reason) });
    case 'disposal.proposed':
      await raiseCounter(
        transaction,
        institution,
        `${detail.kind === 'hand-over' ? 'hand-over' : 'disposal'}-${time.slice(0, 4)}`,
        runningOf(detail.number),
      );
      return putDisposal(
        transaction,
        {
          id,
          institution,
          creator: String(detail.creator),
          kind: detail.kind === 'hand-over' ? 'hand-over' : 'destruction',
          number: String(detail.number),
          state: 'proposed',
          version: 1,
          steps: [],
          proposedBy: actor,
          proposedAt: time,
          ...(detail.early ? { early: String(detail.early) } : {}),
        },
        act.items,
      );
    case 'disposal.step': {
      const step: DisposalStep = {
        step: detail.step as DisposalStep['step'],
        time,
        actor,
        object: String(detail.object),
        facts: act.facts,
      };
      return putDisposalStep(transaction, id, detail.state as DisposalState, step, act.leftOut ?? []);
    }
    case 'book.entered':
      await raiseCounter(transaction, institution, `book-${act.creator}`, act.number);
      return putBookRow(transaction, act);
    case 'book.transcribed':
      return putTranscript(transaction, {
        id,
        institution,
        creator: String(detail.creator),
        year: String(detail.year),
        madeAt: time,
      });
    case 'book.submitted':
      return putTranscriptSubmission(transaction, id, String(detail.submittedOn), {
        letter: String(detail.letter),
        channel: String(detail.channel),
      });
    case 'register.entered': {
      const { creator, book, year, base, sub } = act;
      await raiseCounter(transaction, institution, `register-${creator}-${book}-${year}`, base);
      await raiseCounter(transaction, institution, `register-${creator}-${book}-${year}-${base}`, sub);
      return putRegisterEntry(transaction, { ...act, id, institution, registeredAt: time });
    }
    case 'register.voided':
      return voidRegisterEntry(transaction, id, { at: time, by: actor, reason: String(detail.reason) });
    case 'note.entered':
      return putNote(transaction, {
        id,
        institution,
        creator: String(detail.creator),
        kind: detail.kind as NoteKind,
        date: String(detail.date),
        facts: act.facts,
        enteredAt: time,
        enteredBy: actor,
      });
    case 'note.completed':
      return completeNote(transaction, id, String(detail.on));
    case 'register.closed':
      return closeRegister(transaction, {
        creator: String(detail.creator),
        book: String(detail.book),
        year: String(detail.year),
        entries: Number(detail.entries),
        at: time,
        by: actor,
      });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an act is bound by its digest; what it holds was checked when it was made
async function readAct({ detail, sequence }: JournalEntry, reader: ActReader): Promise<any> {
  const bytes = await reader.readObjectFile(String(detail.object), actFile);
  if (!bytes || sha512Hex(bytes) !== detail.sha512)
    throw new ArchiveError(
      'LOCATION_CORRUPT',
      `The act of journal entry ${sequence} (${detail.object}) cannot be read here. Repair the location with \`trajno audit\`, or rebuild from another one.`,
    );
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

/** The running number of `2026-0001`, or of `P-2026-0001`. */
function runningOf(number: unknown): number {
  return Number(String(number).split('-').at(-1) ?? 0);
}
