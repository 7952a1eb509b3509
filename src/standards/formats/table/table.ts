import { FormatError } from '../../../base/index.ts';

/** Rows of cells, the headings first. */
export type Table = readonly (readonly string[])[];

/** What a reader of tables is ready to bear: whoever sends one may be a stranger. */
export interface TableLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  readonly cellLength: number;
}

/** Enough for any list of categories. */
export const tableLimits: TableLimits = { bytes: 4 << 20, rows: 20_000, columns: 64, cellLength: 4_000 };

/** @throws FormatError when there is more than the limits allow */
export function checkTable(format: string, table: Table, limits: TableLimits): Table {
  if (table.length > limits.rows) throw new FormatError(format, `more than ${limits.rows} rows`);
  for (const row of table) {
    if (row.length > limits.columns) throw new FormatError(format, `more than ${limits.columns} columns`);
    if (row.some((cell) => cell.length > limits.cellLength))
      throw new FormatError(format, `a cell of more than ${limits.cellLength} characters`);
  }
  return table;
}
