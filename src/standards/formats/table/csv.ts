import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FormatError } from '../../../base/index.ts';
import { checkTable, type Table, tableLimits } from './table.ts';

export interface CsvOptions {
  readonly orElse?: 'windows-1250';
  readonly keepsEmptyRows?: boolean;
}

/**
 * The rows of a CSV file (RFC 4180) in UTF-8, with or without a mark of byte order; cells are parted by commas, semicolons
 * or tabs, whichever the first line has most of. Empty rows are left out unless they are to be counted, cells are trimmed.
 * @param options.orElse what it is in when it is no UTF-8
 * @throws FormatError when it is in neither, quotes do not close, or it is over the limits
 */
export function readCsv(bytes: Uint8Array, limits = tableLimits, { orElse, keepsEmptyRows }: CsvOptions = {}): Table {
  if (bytes.length > limits.bytes) throw new FormatError('CSV', `more than ${limits.bytes} bytes`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (!orElse) throw new FormatError('CSV', 'not in UTF-8', { cause });
    text = new TextDecoder(orElse).decode(bytes);
  }
  try {
    const rows: string[][] = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: !keepsEmptyRows,
      skip_records_with_empty_values: !keepsEmptyRows,
      trim: true,
      to: limits.rows + 1,
      max_record_size: limits.columns * limits.cellLength,
    });
    return checkTable(
      'CSV',
      rows.map((row) => row.map(unguarded)),
      limits,
    );
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new FormatError('CSV', cause.message, { cause });
  }
}

/**
 * A table as CSV: commas, UTF-8 with a mark of byte order, by which spreadsheets know the letters. What a spreadsheet would
 * take for a formula is guarded by an apostrophe, which `readCsv` takes away again.
 */
export function writeCsv(table: Table): Uint8Array {
  return Buffer.from(stringify([...table.map((row) => row.map(guarded))], { bom: true, record_delimiter: 'windows' }));
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

function guarded(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
