import { ArchiveError } from '../../../base/index.ts';
import {
  type BookRow,
  type BookRowFacts,
  type Catalog,
  type Creator,
  findBookRow,
  findCategory,
  findCategoryList,
  findCreator,
  formatsOfGroup,
  type HeldGroup,
  heldGroups,
  listBookRows,
  serbianDay,
  takeNumbers,
} from '../../data-management/index.ts';
import { type ActContext, commitActs, known, type PlannedAct, type Transaction } from '../acts.ts';

/** A row that the book lacks, or one that tells less or more than the store holds. */
export interface ProposedRow {
  readonly list: string;
  readonly mark: string;
  readonly year: string;
  readonly records: number;
  readonly bytes: number;
  readonly facts: BookRowFacts;
  /** The row that is to be corrected; a new one when missing. */
  readonly corrects?: BookRow;
}

/**
 * Rows of electronic material that follow from what is archived and do not stand in the book so (AK-02, AK-03, AK-12): one for
 * each category of a version of the list and year of creation, quantity by format and MB, device and place.
 */
export async function proposeRows(
  { storage }: Pick<ActContext, 'storage'>,
  connection: Catalog,
  creator: Creator,
  year?: string,
): Promise<ProposedRow[]> {
  const place = placeOf(storage);
  const proposed: ProposedRow[] = [];
  for (const group of await groupsOf(connection, creator, year)) {
    const row = await findBookRow(connection, creator.id, group.list, group.mark, group.year);
    const records = group.records + (row?.disposedRecords ?? 0);
    const bytes = group.bytes + (row?.disposedBytes ?? 0);
    if (row && row.records === records && row.bytes === bytes) continue;
    proposed.push({
      list: group.list,
      mark: group.mark,
      year: group.year,
      records,
      bytes,
      facts: await factsOf(connection, creator, group, place),
      ...(row ? { corrects: row } : {}),
    });
  }
  return proposed;
}

/** What is in the store, and the groups that every record has left: by reclassification, or by disposal. */
async function groupsOf(connection: Catalog, creator: Creator, year: string | undefined): Promise<HeldGroup[]> {
  const held = await heldGroups(connection, creator.id, year);
  const key = ({ list, mark, year: of }: Pick<HeldGroup, 'list' | 'mark' | 'year'>) => [list, mark, of].join('\n');
  const known = new Set(held.map(key));
  const rows = await listBookRows(connection, creator.id, year ? { year } : {});
  const left = rows.flatMap(({ carrier, list, mark, yearFrom }): HeldGroup[] =>
    carrier === 'electronic' && list ? [{ list, mark, year: yearFrom, records: 0, bytes: 0 }] : [],
  );
  return [...held, ...left.filter((group) => !known.has(key(group)))];
}

/**
 * Enters the rows that follow from what is archived, once the officer has seen them. Numbers go on and never repeat (AK-04); a row
 * that stood there gets a new version with the reason, the old one stays to be seen (AK-09).
 * @param year of creation; every year when left out
 * @returns how many rows were entered
 * @throws ArchiveError ENTRY_UNKNOWN
 */
export async function enterRows(
  context: ActContext,
  { creator: id, year, actor }: { readonly creator: string; readonly year?: string; readonly actor: string },
): Promise<number> {
  const entries = await commitActs(context, actor, async (transaction, time) => {
    const creator = known(await findCreator(transaction, context.institution.id, id), `creator ${id}`);
    const proposed = await proposeRows(context, transaction, creator, year);
    const fresh = proposed.filter(({ corrects }) => !corrects);
    let next = await firstNumber(transaction, context, creator.id, fresh.length);
    return proposed.map((row): PlannedAct => {
      const { corrects } = row;
      return entered({
        institution: context.institution.id,
        creator: creator.id,
        number: corrects ? corrects.number : next++,
        version: corrects ? corrects.version + 1 : 1,
        carrier: 'electronic',
        list: row.list,
        mark: row.mark,
        yearFrom: row.year,
        yearTo: row.year,
        enteredOn: corrects ? corrects.enteredOn : serbianDay(new Date(time)),
        records: row.records,
        bytes: row.bytes,
        disposedRecords: 0,
        disposedBytes: 0,
        minutes: [],
        facts: corrects
          ? { ...row.facts, reason: `Усклађено са стањем складишта ${serbianDay(new Date(time))}` }
          : row.facts,
      });
    });
  });
  return entries.length;
}

/** A row of paper material, as the officer writes it (AK-05, AK-06), or a correction of one that stands there. */
export interface PaperRow {
  readonly creator: string;
  readonly mark: string;
  readonly yearFrom: string;
  readonly yearTo: string;
  readonly content: string;
  readonly period: string;
  readonly consent: string;
  /** Units: registrators, folders, boxes. */
  readonly quantity: string;
  /** Room and shelf. */
  readonly place: string;
  readonly remark?: string;
  /** The row that is corrected, and why. */
  readonly corrects?: { readonly number: number; readonly reason: string };
  readonly actor: string;
}

/** Enters a row of paper material. @throws ArchiveError ENTRY_UNKNOWN | METADATA_INVALID | STATE_CONFLICT */
export async function enterPaperRow(context: ActContext, row: PaperRow): Promise<number> {
  const { creator: id, corrects } = row;
  if (!/^\d{4}$/.test(row.yearFrom) || !/^\d{4}$/.test(row.yearTo) || row.yearTo < row.yearFrom)
    throw new ArchiveError('METADATA_INVALID', 'The years must be such as 2026, the first not after the last.', {
      places: [{ pointer: '/yearFrom', detail: 'must be a year, not after the last' }],
    });
  const [entry] = await commitActs(context, row.actor, async (transaction, time) => {
    const creator = known(await findCreator(transaction, context.institution.id, id), `creator ${id}`);
    const earlier = corrects && (await rowToCorrect(transaction, creator.id, corrects.number));
    const { content, period, consent, quantity, place, remark } = row;
    return [
      entered({
        institution: context.institution.id,
        creator: creator.id,
        number: earlier ? earlier.number : await firstNumber(transaction, context, creator.id, 1),
        version: earlier ? earlier.version + 1 : 1,
        carrier: 'paper',
        mark: row.mark,
        yearFrom: row.yearFrom,
        yearTo: row.yearTo,
        enteredOn: earlier ? earlier.enteredOn : serbianDay(new Date(time)),
        records: 0,
        bytes: 0,
        disposedRecords: 0,
        disposedBytes: 0,
        minutes: [],
        facts: {
          content,
          period,
          consent,
          quantity,
          place,
          ...(remark ? { remark } : {}),
          ...(corrects ? { reason: corrects.reason } : {}),
        },
      }),
    ];
  });
  return Number(entry?.detail.number);
}

async function rowToCorrect(transaction: Transaction, creator: string, number: number): Promise<BookRow> {
  const rows = await listBookRows(transaction, creator);
  const row = known(
    rows.find((one) => one.number === number),
    `row ${number}`,
  );
  if (row.carrier !== 'paper')
    throw new ArchiveError('STATE_CONFLICT', 'Rows of electronic material follow from the store; enter them anew.');
  return row;
}

function entered(row: BookRow): PlannedAct {
  const id = `urn:trajno:book-row:${row.creator.split(':').at(-1)}:${row.number}:${row.version}`;
  return {
    type: 'book.entered',
    subject: row.creator,
    detail: { number: row.number, version: row.version, mark: row.mark, year: row.yearFrom, records: row.records },
    act: { id, content: row },
  };
}

async function firstNumber(
  transaction: Transaction,
  { institution }: ActContext,
  creator: string,
  count: number,
): Promise<number> {
  return count === 0 ? 0 : takeNumbers(transaction, institution.id, `book-${creator}`, count);
}

async function factsOf(connection: Catalog, creator: Creator, group: HeldGroup, place: string): Promise<BookRowFacts> {
  const list = await findCategoryList(connection, creator.institution, group.list);
  const category = await findCategory(connection, group.list, group.mark);
  const formats = await formatsOfGroup(connection, creator.id, group);
  const { consent } = list?.facts ?? {};
  return {
    content: category?.name ?? group.mark,
    period: category?.period ?? '',
    consent: consent ? `${consent.number}, ${consent.date}` : '',
    quantity: formats.map(({ format, bytes }) => `${format || 'непознат'}: ${megabytes(bytes)} MB`).join('; '),
    place,
  };
}

/** Sizes as the archive book has them. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(3);
}

/** Device and place of every active location, as the operator named them. */
function placeOf(storage: ActContext['storage']): string {
  return storage
    .active()
    .map(({ description: { name, device, site } }) => [name, device, site].filter((part) => part).join(', '))
    .join('; ');
}
