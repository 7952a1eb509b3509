import { ArchiveError } from '../../../base/index.ts';
import {
  findCreator,
  findRecord,
  findRegisterEntry,
  isRegisterClosed,
  listRegister,
  type RegisterEntry,
  type RegisterFacts,
  serbianDay,
  takeNumbers,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';

/** An act that is to be registered. */
export interface NewRegisterEntry {
  readonly creator: string;
  /** Mark of the book, `01` by default; confidential books have marks of their own. */
  readonly book?: string;
  readonly receivedOn: string;
  /** The base number of a case of this year that the act belongs to; a new case when left out. */
  readonly case?: number;
  /** Id or number of the record that holds the act. */
  readonly record?: string;
  readonly facts: RegisterFacts;
  readonly actor: string;
}

/**
 * Enters an act in the register (delovodnik) of the year of its receipt: the next base number, or the next act of a case. Numbers
 * are given under the catalog's lock, without gap or repetition (DEL-01); the day of receipt and the moment of entry are both
 * kept (DEL-03).
 * @throws ArchiveError ENTRY_UNKNOWN | RECORD_UNKNOWN | METADATA_INVALID; STATE_CONFLICT when the book is closed
 */
export async function registerAct(context: ActContext, entry: NewRegisterEntry): Promise<RegisterEntry> {
  const { creator: creatorId, book = '01', receivedOn, case: base, facts, actor } = entry;
  const { institution } = context;
  requireDay(receivedOn, '/receivedOn');
  if (!/^[\p{L}\p{N}.-]{1,20}$/u.test(book)) throw invalid('/book', 'must be a short mark of letters and digits');
  if (facts.subject.trim() === '') throw invalid('/facts/subject', 'is missing');
  const year = receivedOn.slice(0, 4);
  const id = newActId(context, 'register-entry');
  await commitAct(context, actor, async (transaction, time) => {
    if (receivedOn > serbianDay(new Date(time))) throw invalid('/receivedOn', 'lies in the future');
    const creator = known(await findCreator(transaction, institution.id, creatorId), `creator ${creatorId}`);
    if (await isRegisterClosed(transaction, creator.id, book, year))
      throw new ArchiveError('STATE_CONFLICT', `Book ${book} of ${year} is closed.`);
    const record = entry.record === undefined ? undefined : await findRecord(transaction, institution.id, entry.record);
    if (entry.record !== undefined && !record)
      throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${entry.record}.`);
    const series = `register-${creator.id}-${book}-${year}`;
    if (base !== undefined) {
      const query = { institution: institution.id, creator: creator.id, book, year, base, limit: 1 };
      known((await listRegister(transaction, query))[0], `case ${base} in book ${book} of ${year}`);
    }
    const given = base ?? (await takeNumbers(transaction, institution.id, series, 1));
    const sub = await takeNumbers(transaction, institution.id, `${series}-${given}`, 1);
    return {
      type: 'register.entered',
      subject: id,
      detail: { book, year, base: given, sub },
      act: {
        id,
        content: {
          creator: creator.id,
          book,
          year,
          base: given,
          sub,
          receivedOn,
          ...(record ? { record: record.id } : {}),
          facts,
        },
      },
    };
  });
  return known(await findRegisterEntry(context.catalog, institution.id, id), 'such entry');
}

/** Voids an entry (storno) with a reason; its number stays taken (DEL-04). @throws ArchiveError ENTRY_UNKNOWN | STATE_CONFLICT */
export async function voidEntry(
  context: ActContext,
  { entry: id, reason, actor }: { readonly entry: string; readonly reason: string; readonly actor: string },
): Promise<RegisterEntry> {
  const { institution } = context;
  if (reason.trim() === '') throw invalid('/reason', 'is missing');
  await commitAct(context, actor, async (transaction) => {
    const entry = known(await findRegisterEntry(transaction, institution.id, id), `register entry ${id}`);
    if (entry.voided) throw new ArchiveError('STATE_CONFLICT', 'This entry was voided before.');
    if (await isRegisterClosed(transaction, entry.creator, entry.book, entry.year))
      throw new ArchiveError('STATE_CONFLICT', `Book ${entry.book} of ${entry.year} is closed.`);
    return { type: 'register.voided', subject: id, detail: { reason } };
  });
  return known(await findRegisterEntry(context.catalog, institution.id, id), 'such entry');
}

/**
 * Closes a book at the end of its year, with the number of its entries (DEL-05): it can only be read from then on.
 * @returns how many entries it has
 * @throws ArchiveError ENTRY_UNKNOWN; STATE_CONFLICT before 31 December, or when it is closed
 */
export async function closeBook(
  context: ActContext,
  closing: { readonly creator: string; readonly book: string; readonly year: string; readonly actor: string },
): Promise<number> {
  const { creator: id, book, year, actor } = closing;
  const { institution } = context;
  const entry = await commitAct(context, actor, async (transaction, time) => {
    const creator = known(await findCreator(transaction, institution.id, id), `creator ${id}`);
    if (serbianDay(new Date(time)) < `${year}-12-31`)
      throw new ArchiveError('STATE_CONFLICT', `The book of ${year} is closed on 31 December.`);
    if (await isRegisterClosed(transaction, creator.id, book, year))
      throw new ArchiveError('STATE_CONFLICT', `Book ${book} of ${year} is closed.`);
    const query = { institution: institution.id, creator: creator.id, book, year, limit: 10_000_000 };
    const entries = (await listRegister(transaction, query)).length;
    return { type: 'register.closed', subject: creator.id, detail: { creator: creator.id, book, year, entries } };
  });
  return Number(entry.detail.entries);
}

function invalid(pointer: string, detail: string): ArchiveError {
  return new ArchiveError('METADATA_INVALID', `“${pointer}” ${detail}.`, { places: [{ pointer, detail }] });
}
