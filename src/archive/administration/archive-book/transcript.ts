import { ArchiveError, readWhole } from '../../../base/index.ts';
import {
  type BookTranscript,
  type Catalog,
  findCreator,
  listBookRows,
  listCreators,
  listTranscripts,
  serbianDay,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';
import { sealedTable } from '../paper/sealed-table.ts';
import { bookCells, bookColumns, bookWidths, serbianDate } from './print-book.ts';

const transcriptPdf = 'transcript.pdf';

/**
 * Makes the transcript (prepis) of the book for a year of creation, sealed and kept in the store (AK-11, ZAG 9(2)7).
 * @throws ArchiveError ENTRY_UNKNOWN; STATE_CONFLICT while the book has no row of that year
 */
export async function makeTranscript(
  context: ActContext,
  { creator: id, year, actor }: { readonly creator: string; readonly year: string; readonly actor: string },
): Promise<BookTranscript> {
  const creator = known(await findCreator(context.catalog, context.institution.id, id), `creator ${id}`);
  const rows = await listBookRows(context.catalog, creator.id, { year });
  if (rows.length === 0)
    throw new ArchiveError('STATE_CONFLICT', `The archive book has no row of ${year}. Enter the rows first.`);
  const { facts } = creator;
  const pdf = await sealedTable(context, {
    title: `ПРЕПИС АРХИВСКЕ КЊИГЕ за ${year}. годину`,
    lines: [
      `Стваралац: ${facts.name}, ${facts.seat}`,
      `Надлежни јавни архив: ${facts.competentArchive}`,
      ...(facts.responsiblePerson ? [`Одговорно стручно лице: ${facts.responsiblePerson.name}`] : []),
      `Сачињено: ${serbianDate(serbianDay(context.clock()))}`,
    ],
    columns: bookColumns,
    widths: bookWidths,
    rows: rows.map(bookCells),
  });
  const transcript = newActId(context, 'transcript');
  await commitAct(context, actor, async () => ({
    type: 'book.transcribed',
    subject: transcript,
    detail: { creator: creator.id, year, rows: rows.length },
    act: {
      id: transcript,
      content: { creator: facts.name, year, columns: bookColumns, rows: rows.map(bookCells) },
      files: [{ path: transcriptPdf, content: pdf }],
      sealed: true,
    },
  }));
  const made = (await listTranscripts(context.catalog, creator.id)).find(({ id: one }) => one === transcript);
  return known(made, 'such transcript');
}

/** Enters that a transcript was handed in: when, with what letter, by what channel. @throws ArchiveError ENTRY_UNKNOWN | METADATA_INVALID */
export async function submitTranscript(
  context: ActContext,
  submission: {
    readonly transcript: string;
    readonly submittedOn: string;
    readonly letter: string;
    readonly channel: string;
    readonly actor: string;
  },
): Promise<BookTranscript> {
  const { transcript, submittedOn, letter, channel, actor } = submission;
  requireDay(submittedOn, '/submittedOn');
  const { creator } = known(await findTranscript(context, transcript), `transcript ${transcript}`);
  await commitAct(context, actor, async () => ({
    type: 'book.submitted',
    subject: transcript,
    detail: { submittedOn, letter, channel },
  }));
  const submitted = (await listTranscripts(context.catalog, creator)).find(({ id }) => id === transcript);
  return known(submitted, 'such transcript');
}

/** The transcript as it was printed and sealed. @throws ArchiveError ENTRY_UNKNOWN */
export async function transcriptFile(context: ActContext, id: string): Promise<Uint8Array> {
  known(await findTranscript(context, id), `transcript ${id}`);
  return readWhole(await context.storage.openState(id, transcriptPdf), 64 << 20);
}

async function findTranscript(
  { catalog, institution }: Pick<ActContext, 'institution'> & { readonly catalog: Catalog },
  id: string,
): Promise<BookTranscript | undefined> {
  for (const { id: creator } of await listCreators(catalog, institution.id)) {
    const found = (await listTranscripts(catalog, creator)).find((one) => one.id === id);
    if (found) return found;
  }
  return undefined;
}

/** What is owed to the competent archive for a year. */
export interface TranscriptDue {
  readonly creator: string;
  readonly year: string;
  readonly dueOn: string;
  readonly state: 'nothing-to-send' | 'due' | 'overdue' | 'submitted';
  readonly submittedOn?: string;
}

/** Whether last year's transcript was handed in; it is due by 30 April (ZAG 9(2)7, ZAG-08). */
export async function transcriptsDue({ catalog, clock, institution }: ActContext): Promise<TranscriptDue[]> {
  const today = serbianDay(clock());
  const year = String(Number(today.slice(0, 4)) - 1);
  const dueOn = `${today.slice(0, 4)}-04-30`;
  const due: TranscriptDue[] = [];
  for (const creator of await listCreators(catalog, institution.id)) {
    const sent = (await listTranscripts(catalog, creator.id)).find((one) => one.year === year && one.submittedOn);
    const rows = await listBookRows(catalog, creator.id, { year });
    const state = sent ? 'submitted' : rows.length === 0 ? 'nothing-to-send' : today > dueOn ? 'overdue' : 'due';
    due.push({
      creator: creator.id,
      year,
      dueOn,
      state,
      ...(sent?.submittedOn ? { submittedOn: sent.submittedOn } : {}),
    });
  }
  return due;
}
