import type { Context } from 'koa';
import { tablePdf } from '../../../archive/administration/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { writeCsv } from '../../../standards/formats/table/index.ts';
import { sendDocument } from '../../http/index.ts';
import type { Speaker } from '../../messages/index.ts';

/** What stands in a cell. */
export interface Cell {
  readonly text: string;
  /** For programs: a time in UTC, a number without separators; the text when left out. */
  readonly raw?: string;
  readonly href?: string;
  readonly tone?: 'good' | 'open' | 'bad' | 'quiet';
  readonly isNumber?: true;
}

/** A table as it is shown on a page, and taken away as CSV or PDF. */
export interface ShownTable {
  /** In the address. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** Shares of the width on paper. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
}

export const textCell = (text: string): Cell => ({ text });
export const timeCell = (t: Speaker, utc: string | undefined): Cell =>
  utc ? { text: t.time(utc), raw: utc } : { text: '–', raw: '' };
export const numberCell = (t: Speaker, value: number): Cell => ({
  text: t.number(value),
  raw: String(value),
  isNumber: true,
});

const form = /^([a-z-]{1,40})\.(csv|pdf)$/;

/** The table and the form that a name such as `coverage.csv` asks for. @throws ArchiveError ADDRESS_UNKNOWN */
export function wantedTable(name: string | undefined): { readonly table: string; readonly form: 'csv' | 'pdf' } {
  const [, table, kind] = form.exec(name ?? '') ?? [];
  if (!table || !kind) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such table.');
  return { table, form: kind as 'csv' | 'pdf' };
}

interface Making {
  readonly form: 'csv' | 'pdf';
  readonly author: string;
  readonly made: Date;
  readonly t: Speaker;
}

/** Answers with the table as a document. */
export async function sendTable(
  ctx: Context,
  table: ShownTable,
  { form: kind, author, made, t }: Making,
): Promise<void> {
  const file = `${table.name}-${made.toISOString().slice(0, 10)}.${kind}`;
  if (kind === 'csv') {
    const rows = table.rows.map((row) => row.map(({ text, raw }) => raw ?? text));
    return sendDocument(ctx, file, 'csv', writeCsv([table.columns, ...rows]));
  }
  const rows = table.rows.map((row) => row.map(({ text }) => text));
  const lines = [`${author}, ${t.time(made.toISOString())}`];
  const { title, columns, widths } = table;
  sendDocument(ctx, file, 'pdf', await tablePdf({ title, lines, columns, widths, rows, made, author }));
}
