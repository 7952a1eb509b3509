import { stringify } from 'csv-stringify/sync';
import type { AccessLine } from '../../../archive/administration/index.ts';

/** The access log as a table that a spreadsheet opens: UTF-8 with its mark, and no cell is a formula. */
export function accessLogCsv(lines: readonly AccessLine[]): string {
  return stringify(
    lines.map(({ time, recordNumber, type, actor, reason = '' }) => [time, recordNumber, type, actor, reason]),
    { header: true, columns: ['time', 'record', 'what', 'who', 'reason'], bom: true, escape_formulas: true },
  );
}
