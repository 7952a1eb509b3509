import { toLatin } from '../../../base/index.ts';
import { type Table, writeCsv, writeXlsx } from '../../../standards/formats/table/index.ts';
import { type BookRow, findCreator, listBookRows, permanent } from '../../data-management/index.ts';
import { type ActContext, detachedSeal, known } from '../acts.ts';
import { sealedTable } from '../paper/sealed-table.ts';

/** The 11 columns of form AK, in their order (PAK 34/2022, Formats F3). */
export const bookColumns = [
  'Редни број',
  'Датум уписа',
  'Година настанка',
  'Садржај',
  'Класификациона ознака',
  'Рок чувања из листе категорија',
  'Број сагласности на листу категорија',
  'Количина документарног материјала',
  'Просторије и полице / уређаји за складиштење са локацијом',
  'Број и датум записника',
  'Примедба',
] as const;

/** Shares of the width. */
export const bookWidths = [4, 7, 7, 18, 9, 8, 10, 16, 16, 12, 10];

/** The form in which the book is given away. */
export type BookForm = 'pdf' | 'xlsx' | 'csv' | 'json';

/**
 * The archive book (AK-01, AK-10): PDF/A with the institution's seal, XLSX, CSV, or sealed JSON; in either
 * alphabet.
 * @param year of creation; the whole book when left out
 * @throws ArchiveError ENTRY_UNKNOWN
 */
export async function printBook(
  context: ActContext,
  {
    creator: id,
    year,
    form,
    script = 'Cyrl',
  }: { readonly creator: string; readonly year?: string; readonly form: BookForm; readonly script?: 'Cyrl' | 'Latn' },
): Promise<Uint8Array> {
  const creator = known(await findCreator(context.catalog, context.institution.id, id), `creator ${id}`);
  const written = (text: string) => (script === 'Latn' ? toLatin(text) : text);
  const rows = (await listBookRows(context.catalog, creator.id, year ? { year } : {})).map((row) =>
    bookCells(row).map(written),
  );
  const columns = bookColumns.map(written);
  const title = written('АРХИВСКА КЊИГА');
  const { name, seat } = creator.facts;
  if (form === 'json')
    return sealedJson(context, { title, creator: name, seat, ...(year ? { year } : {}), columns, rows });
  const table: Table = [columns, ...rows];
  if (form === 'csv') return writeCsv(table);
  if (form === 'xlsx') return writeXlsx(table, written('Архивска књига'));
  return sealedTable(context, {
    title,
    lines: [written(name), written(seat), ...(year ? [written(`Година настанка: ${year}`)] : [])],
    columns,
    widths: bookWidths,
    rows,
  });
}

/** The book as data, with the institution's seal beside it in one JSON: `book` as text, `seal` a detached CAdES over its UTF-8. */
async function sealedJson(context: ActContext, book: object): Promise<Uint8Array> {
  const text = JSON.stringify(book);
  const seal = await detachedSeal(context, Buffer.from(text));
  return Buffer.from(`${JSON.stringify({ book: text, seal: Buffer.from(seal).toString('base64') })}\n`);
}

/** A row of the book as form AK has it. */
export function bookCells(row: BookRow): string[] {
  const { facts } = row;
  return [
    String(row.number),
    serbianDate(row.enteredOn),
    row.yearFrom === row.yearTo ? row.yearFrom : `${row.yearFrom}–${row.yearTo}`,
    facts.content,
    row.mark,
    facts.period === 'trajno' ? 'трајно' : facts.period === 'trajno operativno' ? 'трајно оперативно' : facts.period,
    facts.consent,
    facts.quantity,
    facts.place,
    row.minutes.join('; '),
    [facts.remark, remarkOn(row), facts.reason].filter((part) => part).join('; '),
  ];
}

/** Permanent material leaves in one way only: to a public archive. */
function remarkOn({ records, disposedRecords, facts }: BookRow): string | undefined {
  if (disposedRecords === 0) return undefined;
  const what = facts.period === permanent ? 'предато јавном архиву' : 'уништено';
  return disposedRecords === records ? what : `${what} ${disposedRecords} од ${records}`;
}

/** `25.11.2026.` */
export function serbianDate(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}.${month}.${year}.`;
}
