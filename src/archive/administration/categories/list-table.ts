import { ArchiveError, FormatError } from '../../../base/index.ts';
import { readCsv, readXlsx, type Table, writeCsv, writeXlsx } from '../../../standards/formats/table/index.ts';
import { type Category, operational, permanent, type StartEvent, startEvents } from '../../data-management/index.ts';

/** The form of a table in a file. */
export type TableForm = 'csv' | 'xlsx';

/** Columns of a list of categories, as people write and export them: Serbian in either alphabet, or English. */
const columns = {
  number: ['редни број', 'redni broj', 'number', 'р.бр.', 'r.br.', 'rb'],
  mark: ['класификациона ознака', 'klasifikaciona oznaka', 'ознака', 'oznaka', 'mark'],
  name: ['назив категорије', 'naziv kategorije', 'назив', 'naziv', 'категорија', 'kategorija', 'name', 'category'],
  period: ['рок чувања', 'rok čuvanja', 'rok cuvanja', 'рок', 'rok', 'period', 'retention'],
  startEvent: ['рок тече од', 'rok teče od', 'rok tece od', 'догађај', 'događaj', 'start event', 'startevent'],
  carrier: ['носач', 'nosač', 'nosac', 'carrier'],
  purpose: ['сврха обраде', 'svrha obrade', 'purpose'],
  legalBasis: ['правни основ', 'pravni osnov', 'legal basis', 'legalbasis'],
} as const;

type Column = keyof typeof columns;

/** Events by the words people use for them. */
const eventWords: Readonly<Record<StartEvent, readonly string[]>> = {
  created: ['настанак', 'nastanak'],
  archived: ['архивирање', 'arhiviranje'],
  'case-closed': ['завршетак предмета', 'završetak predmeta', 'zavrsetak predmeta'],
  'contract-expired': ['истек уговора', 'istek ugovora'],
  'validity-ended': ['престанак важења', 'prestanak važenja', 'prestanak vazenja'],
  'procedure-ended': ['окончање поступка', 'okončanje postupka', 'okoncanje postupka'],
  'employment-ended': ['престанак радног односа', 'prestanak radnog odnosa'],
  manual: ['ручно', 'ručno', 'rucno'],
};

const carrierWords = {
  paper: ['папир', 'papir', 'папирни', 'papirni'],
  electronic: ['електронски', 'elektronski'],
  both: ['оба', 'oba', 'папирни и електронски', 'papirni i elektronski'],
} as const;

const permanentWords = ['трајно', 'trajno', 'permanent'];
const operationalWords = ['трајно оперативно', 'trajno operativno', 'operational'];

/** A row that a person must look at, and why (LK-06). */
export interface DisputedRow {
  /** As the file counts them, the headings being row 1. */
  readonly row: number;
  readonly problem: string;
}

/**
 * The categories that a spreadsheet lists (LK-01, LK-02).
 * @throws ArchiveError LIST_INVALID when it is no table, lacks a column, or rows are disputed: doubled or missing marks, periods
 *   that are none, one mark with two periods. Nothing is taken then.
 */
export async function readCategoryTable(bytes: Uint8Array, form: TableForm): Promise<Category[]> {
  const table = await readTable(bytes, form);
  const [headings = [], ...rows] = table;
  const places = columnPlaces(headings);
  const missing = (['mark', 'name', 'period'] as const).filter((column) => places[column] === undefined);
  if (missing.length > 0)
    throw new ArchiveError(
      'LIST_INVALID',
      `The first row must name the columns; these are missing: ${missing.map((column) => columns[column][1]).join(', ')}.`,
    );
  const disputed: DisputedRow[] = [];
  const categories = rows.map((row, index) => categoryOf(row, places, index, disputed));
  disputed.push(...doubledMarks(categories));
  if (rows.length === 0) disputed.push({ row: 1, problem: 'there is no category below the headings' });
  if (disputed.length > 0) throw listInvalid(disputed);
  return categories;
}

/** A list as a spreadsheet, by which `readCategoryTable` finds the same categories. */
export async function writeCategoryTable(categories: readonly Category[], form: TableForm): Promise<Uint8Array> {
  const table: Table = [
    (Object.keys(columns) as Column[]).map((column) => capitalized(columns[column][0])),
    ...categories.map((category) => [
      String(category.number),
      category.mark,
      category.name,
      category.period,
      eventWords[category.startEvent][0] ?? category.startEvent,
      category.carrier ? carrierWords[category.carrier][0] : '',
      category.purpose ?? '',
      category.legalBasis ?? '',
    ]),
  ];
  return form === 'csv' ? writeCsv(table) : writeXlsx(table, 'Листа категорија');
}

/** The refusal that names every disputed row. */
export function listInvalid(disputed: readonly DisputedRow[]): ArchiveError {
  const [first] = disputed;
  return new ArchiveError(
    'LIST_INVALID',
    `The list is disputed in ${disputed.length === 1 ? 'one row' : `${disputed.length} rows`}. Row ${first?.row}: ${first?.problem}. Correct it and import it again.`,
    { places: disputed.slice(0, 200).map(({ row, problem }) => ({ pointer: `/${row}`, detail: problem })) },
  );
}

async function readTable(bytes: Uint8Array, form: TableForm): Promise<Table> {
  try {
    return form === 'csv' ? readCsv(bytes) : await readXlsx(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new ArchiveError(
      'LIST_INVALID',
      `The list cannot be read (${error.message}). Save it as CSV or XLSX again.`,
      {
        cause: error,
      },
    );
  }
}

function columnPlaces(headings: readonly string[]): Partial<Record<Column, number>> {
  const said = headings.map((heading) => heading.toLowerCase().replace(/\s+/g, ' ').trim());
  const places: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(columns) as Column[]) {
    const place = said.findIndex((heading) => (columns[column] as readonly string[]).includes(heading));
    if (place >= 0) places[column] = place;
  }
  return places;
}

function categoryOf(
  row: readonly string[],
  places: Partial<Record<Column, number>>,
  index: number,
  disputed: DisputedRow[],
): Category {
  const cell = (column: Column) => (places[column] === undefined ? '' : (row[places[column]] ?? '').trim());
  const dispute = (problem: string) => disputed.push({ row: index + 2, problem });
  const mark = cell('mark');
  const name = cell('name');
  const period = periodOf(cell('period'));
  const startEvent = eventOf(cell('startEvent'));
  const carrier = carrierOf(cell('carrier'));
  if (mark === '') dispute('the mark is missing');
  if (mark.length > 200) dispute('the mark is longer than 200 characters');
  if (name === '') dispute('the name is missing');
  if (!period) dispute(`“${cell('period')}” is no period: a number of years, trajno or trajno operativno`);
  if (!startEvent) dispute(`“${cell('startEvent')}” is no event that starts a period`);
  if (carrier === null) dispute(`“${cell('carrier')}” is no carrier`);
  const number = cell('number') === '' ? index + 1 : Number(cell('number').replace(/\.$/, ''));
  if (!Number.isInteger(number) || number < 1) dispute(`“${cell('number')}” is no ordinal number`);
  return {
    number,
    mark,
    name,
    period: period ?? '',
    startEvent: startEvent ?? 'created',
    ...(carrier ? { carrier } : {}),
    ...(cell('purpose') ? { purpose: cell('purpose') } : {}),
    ...(cell('legalBasis') ? { legalBasis: cell('legalBasis') } : {}),
  };
}

function periodOf(text: string): string | undefined {
  const said = text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (permanentWords.includes(said)) return permanent;
  if (operationalWords.includes(said)) return operational;
  const [, years] = /^([1-9]\d{0,2})(?:\s*(?:г(?:од(?:ин[аеу])?)?|g(?:od(?:in[aeu])?)?|years?)\.?)?$/.exec(said) ?? [];
  return years;
}

function eventOf(text: string): StartEvent | undefined {
  const said = text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (said === '') return 'created';
  return startEvents.find((event) => event === said || eventWords[event].includes(said));
}

function carrierOf(text: string): Category['carrier'] | null {
  const said = text.toLowerCase().trim();
  if (said === '') return undefined;
  const kinds = Object.keys(carrierWords) as (keyof typeof carrierWords)[];
  return kinds.find((kind) => kind === said || (carrierWords[kind] as readonly string[]).includes(said)) ?? null;
}

/** Marks that stand twice; said with both periods where they contradict each other. */
function doubledMarks(categories: readonly Category[]): DisputedRow[] {
  const seen = new Map<string, { row: number; period: string }>();
  return categories.flatMap(({ mark, period }, index) => {
    const row = index + 2;
    const earlier = seen.get(mark);
    if (!earlier || mark === '') {
      seen.set(mark, { row, period });
      return [];
    }
    const conflict = earlier.period === period ? '' : `, with another period (${earlier.period} and ${period})`;
    return [{ row, problem: `“${mark}” stands in row ${earlier.row} already${conflict}` }];
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
