import { bytesReader, FormatError } from '../../../base/index.ts';
import { defaultZipLimits, readZip, zipEntryChunks } from '../zip/index.ts';
import { checkTable, type Table, type TableLimits, tableLimits } from './table.ts';

/**
 * The rows of the first sheet of an XLSX workbook (ISO/IEC 29500), as texts; dates as days, numbers as they would be typed.
 * Empty rows are left out.
 * @throws FormatError when it is no workbook, or is over the limits: what it unpacks to, and where its cells say they stand
 */
export async function readXlsx(bytes: Uint8Array, limits = tableLimits): Promise<Table> {
  if (bytes.length > limits.bytes) throw new FormatError('XLSX', `more than ${limits.bytes} bytes`);
  await checkParts(bytes, limits);
  const { readSheet } = await import('read-excel-file/node');
  const rows = await readSheet(Buffer.from(bytes)).catch((cause: unknown) => {
    throw new FormatError('XLSX', cause instanceof Error ? cause.message : 'no workbook that can be read', { cause });
  });
  const table = rows.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ''));
  return checkTable('XLSX', table, limits);
}

/** A table as a workbook of one sheet, every cell a text, the headings bold. */
export async function writeXlsx(table: Table, name: string): Promise<Uint8Array> {
  const [headings = []] = table;
  const data = table.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}), wrap: true })),
  );
  const columns = headings.map((_, index) => ({
    width: Math.min(50, Math.max(10, ...table.slice(0, 200).map((row) => (row[index] ?? '').length + 2))),
  }));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return writeExcelFile(data, { sheet: name.slice(0, 31), columns, stickyRowsCount: 1 }).toBuffer();
}

/** Unpacks every part once, within the limits, and looks where cells say they stand: the library makes room for all of it. */
async function checkParts(bytes: Uint8Array, limits: TableLimits): Promise<void> {
  const reader = bytesReader(bytes);
  const unpackedSize = 16 * limits.bytes;
  const entries = await readZip(reader, { ...defaultZipLimits, entries: 1000, unpackedSize });
  if (!entries.some(({ path }) => path === 'xl/workbook.xml')) throw new FormatError('XLSX', 'no workbook in it');
  for (const entry of entries) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of zipEntryChunks(reader, entry)) if (isSheet(entry.path)) chunks.push(chunk);
    checkPlaces(Buffer.concat(chunks).toString('utf8'), limits);
  }
}

function isSheet(path: string): boolean {
  return path.startsWith('xl/') && !path.startsWith('xl/media/');
}

function checkPlaces(xml: string, { rows, columns }: TableLimits): void {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new FormatError('XLSX', 'a document type');
  let found = 0;
  for (const _ of xml.matchAll(/<(?:\w+:)?row\b/g))
    if (++found > rows + 1) throw new FormatError('XLSX', `more than ${rows} rows`);
  // no `<` stands in an attribute, so that none is missed between the name of a cell or row and the next element
  for (const [, place = ''] of xml.matchAll(/<(?:\w+:)?(?:c|row)\s[^<]*?\br\s*=\s*["']([^"']*)["']/g)) {
    if (place.includes('&')) throw new FormatError('XLSX', 'a cell in no place');
    const [, letters = '', row = ''] = /^\s*\$?([a-z]*)\$?(\d*)\s*$/i.exec(place) ?? [];
    if (letters.length > 3 || row.length > 7 || Number(row) > rows || columnNumber(letters) > columns)
      throw new FormatError('XLSX', `a cell beyond row ${rows} or column ${columns}`);
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)).trim();
}
