import { writeCsv } from '../../../standards/formats/table/index.ts';
import type { SipFile } from '../../../standards/packages/index.ts';
import {
  type BookRow,
  type Creator,
  categoriesOf,
  type Disposal,
  type DisposalItem,
  findCategoryList,
  listBookRows,
  listRegister,
  type RegisterEntry,
  registerNumber,
} from '../../data-management/index.ts';
import type { ActContext } from '../acts.ts';
import { bookCells, bookColumns, bookWidths } from '../archive-book/print-book.ts';
import { writeCategoryTable } from '../categories/list-table.ts';
import { inventoryTable } from '../disposal/disposal-documents.ts';
import { sealedTable } from '../paper/sealed-table.ts';

const mostEntries = 100_000;

/**
 * The basic registers for the years that are handed over (UTT-19): rows of the archive book (PDF/A with the seal, CSV, JSON),
 * entries of the register, the lists of categories, the creator's data and the inventory.
 */
export async function handOverRegisters(
  context: ActContext,
  disposal: Disposal,
  creator: Creator,
  items: readonly DisposalItem[],
): Promise<SipFile[]> {
  const years = [...new Set(items.map(({ year }) => year))].sort();
  const rows = await rowsOf(context, creator, years);
  const entries = await entriesOf(context, creator, years);
  const book = await sealedTable(context, {
    title: 'АРХИВСКА КЊИГА – редови за године које се предају',
    lines: [
      creator.facts.name,
      creator.facts.seat,
      `Предаја: ${disposal.number}`,
      `Године настанка: ${years.join(', ')}`,
    ],
    columns: bookColumns,
    widths: bookWidths,
    rows: rows.map(bookCells),
  });
  return [
    file('archive-book.pdf', 'application/pdf', book),
    file('archive-book.csv', 'text/csv', writeCsv([bookColumns, ...rows.map(bookCells)])),
    json('archive-book.json', rows),
    file('register.csv', 'text/csv', writeCsv([registerColumns, ...entries.map(registerCells)])),
    json('register.json', entries),
    ...(await categoryLists(context, items)),
    json('creator.json', { id: creator.id, version: creator.version, ...creator.facts }),
    file('inventory.csv', 'text/csv', writeCsv(inventoryTable(items))),
    json('inventory.json', items),
  ];
}

const file = (path: string, mimeType: string, content: Uint8Array): SipFile => ({ path, mimeType, content });

function json(path: string, value: unknown): SipFile {
  return file(path, 'application/json', Buffer.from(`${JSON.stringify(value, undefined, 1)}\n`));
}

async function rowsOf({ catalog }: ActContext, creator: Creator, years: readonly string[]): Promise<BookRow[]> {
  const rows = await listBookRows(catalog, creator.id);
  return rows.filter(({ yearFrom, yearTo }) => years.some((year) => yearFrom <= year && year <= yearTo));
}

async function entriesOf(
  { catalog, institution }: ActContext,
  creator: Creator,
  years: readonly string[],
): Promise<RegisterEntry[]> {
  const entries: RegisterEntry[] = [];
  for (const year of years)
    entries.push(
      ...(await listRegister(catalog, { institution: institution.id, creator: creator.id, year, limit: mostEntries })),
    );
  return entries;
}

async function categoryLists({ catalog, institution }: ActContext, items: readonly DisposalItem[]): Promise<SipFile[]> {
  const files: SipFile[] = [];
  for (const id of new Set(items.map(({ list }) => list))) {
    const list = await findCategoryList(catalog, institution.id, id);
    if (!list) continue;
    const table = await writeCategoryTable(await categoriesOf(catalog, id), 'csv');
    files.push(
      file(`categories-${list.version}.csv`, 'text/csv', table),
      json(`categories-${list.version}.json`, list),
    );
  }
  return files;
}

/** Headings of the register (DEL-02). */
export const registerColumns = [
  'Број',
  'Датум пријема',
  'Предмет',
  'Пошиљалац',
  'Број и датум пошиљаоца',
  'Организациона јединица',
  'Развод',
  'Пренос',
  'Поништен',
] as const;

/** An entry of the register as a row. */
export function registerCells(entry: RegisterEntry): string[] {
  const { facts, voided } = entry;
  const { subject, sender, senderNumber, senderDate, unit, routing, continues } = facts;
  return [
    registerNumber(entry),
    entry.receivedOn,
    subject,
    sender ?? '',
    [senderNumber, senderDate].filter((part) => part).join(', '),
    unit ?? '',
    routing ? `${routing.mark}, ${routing.date}` : '',
    continues ?? '',
    voided ? `${voided.at.slice(0, 10)}: ${voided.reason}` : '',
  ];
}
